using System.CommandLine;
using ChainSpace.Chains.Networks;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Node.Intake;
using ChainSpace.Protocol;
using ChainSpace.Rules.Payouts;

namespace ChainSpace.Node.Commands;

/// <summary>How long work takes, as its requester states it, and what that pays an hour.</summary>
internal sealed class TimeOption
{
    public Option<string?> Option { get; } = new("--time")
    {
        Description = "How long it takes, such as 45s or 2h, shown with what that pays an hour; some nodes ask for it.",
    };

    public int? Read(ParseResult parsed)
    {
        if (parsed.GetValue(Option) is not { } text) return null;
        return Duration.Read(text) is { TotalSeconds: >= 1 and <= StatedTime.MostSeconds } span
            ? (int)span.TotalSeconds
            : throw new Complaint($"'{text}' is no time that work takes; write one such as 45s, 20m or 3h.");
    }

    /// <summary>What is shown to those who might do it; null where no time is stated.</summary>
    public static string? Words(PollContent? content, Amount pay, SpaceView space)
    {
        if (content?.Seconds is not (> 0 and { } seconds)) return null;
        string hourly = Wording.Amount(HourlyPay.Of(pay, seconds), space);
        return $"{Spans.OfSeconds(seconds)} stated, {hourly} an hour by that";
    }
}
