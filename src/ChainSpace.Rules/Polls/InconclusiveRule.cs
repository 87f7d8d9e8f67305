using System.Globalization;

namespace ChainSpace.Rules.Polls;

/// <summary>
/// What the requester wants where the deadline finds no answer: first, once, more time, if it says so; then the reward to all
/// voters or back. Written <c>equal</c>, <c>refund</c>, <c>extend:86400000,equal</c> or <c>extend:86400000,refund</c>, with the
/// time in milliseconds.
/// </summary>
/// <param name="Milliseconds">How long voting goes on once; 0: it does not.</param>
/// <param name="Paid">Whether voters share the reward in the end; else it goes back.</param>
public readonly record struct InconclusiveRule(long Milliseconds, bool Paid)
{
    /// <summary>What a refusal says is allowed.</summary>
    public const string Allowed = "equal, refund, or such as extend:86400000,equal with 60000 to 31622400000 milliseconds";

    private const long Shortest = 60_000;
    private const string Extend = "extend:";

    /// <summary>Null where the text is not exactly one of the forms.</summary>
    public static InconclusiveRule? TryRead(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        long time = 0;
        if (text.StartsWith(Extend, StringComparison.Ordinal))
        {
            int comma = text.IndexOf(',', StringComparison.Ordinal);
            if (comma < 0 || !long.TryParse(text.AsSpan(Extend.Length, comma - Extend.Length), NumberStyles.None,
                CultureInfo.InvariantCulture, out time)) return null;
            if (text[Extend.Length] == '0' || time is < Shortest or > Limits.PollMilliseconds) return null;
            text = text[(comma + 1)..];
        }

        return text is "equal" or "refund" ? new InconclusiveRule(time, text == "equal") : null;
    }

    /// <summary>The rule once voting has been extended.</summary>
    public InconclusiveRule Rest => this with { Milliseconds = 0 };

    public override string ToString()
    {
        string last = Paid ? "equal" : "refund";
        return Milliseconds == 0 ? last : string.Create(CultureInfo.InvariantCulture, $"{Extend}{Milliseconds},{last}");
    }
}
