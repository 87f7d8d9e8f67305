using System.CommandLine;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Chains.Networks;
using ChainSpace.Rules.Polls;

namespace ChainSpace.Node.Commands;

/// <summary>What the requester wants where the deadline finds no answer.</summary>
internal sealed class InconclusiveOptions
{
    public InconclusiveOptions() => Last.AcceptOnlyFromAmong("equal", "refund");

    public Option<string> Last { get; } = new("--inconclusive")
    {
        Description = "Without an answer the reward goes to all (equal) or back (refund).",
        DefaultValueFactory = static _ => "equal",
    };

    public Option<string?> Extend { get; } = new("--extend")
    {
        Description = "Where the deadline finds no answer, voting goes on once for so long, such as 12h.",
    };

    /// <summary>The rule as the message says it, given what happens in the end.</summary>
    public string Read(ParseResult parsed, string last)
    {
        if (parsed.GetValue(Extend) is not { } text) return last;
        return Duration.Read(text) is { TotalMinutes: >= 1 } span
            ? new InconclusiveRule((long)span.TotalMilliseconds, last == "equal").ToString()
            : throw new Complaint($"'{text}' is no time to go on for; write one such as 30m, 12h or 2d.");
    }
}
