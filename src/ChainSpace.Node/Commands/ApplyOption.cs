using System.CommandLine;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Protocol;
using ChainSpace.Rules.Eligibility;

namespace ChainSpace.Node.Commands;

/// <summary>Until when accounts can apply to a draw among those who show that they meet a filter.</summary>
internal sealed class ApplyOption
{
    private const long MostMilliseconds = 24L * 60 * 60 * 1000;

    public Option<string?> Option { get; } = new("--apply-until")
    {
        Description = "With --filter and --sample: when the time to apply ends and the draw begins, such as 2h; "
            + "else half the time to the deadline, a day at most.",
    };

    /// <summary>The draft with its time to apply, where it draws among admitted accounts.</summary>
    /// <param name="hasPanel">Whether it is an item that the panel of its batch answers.</param>
    public PollDraft Apply(ParseResult parsed, PollDraft draft, bool hasPanel = false)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        string? said = parsed.GetValue(Option);
        if (hasPanel && said is not null)
        {
            throw new Complaint("Nobody applies to a panel: it is drawn by the next block among all who meet --voters. "
                + "Leave out --apply-until, or draw each item's voters by --filter and --sample instead of --panel.");
        }

        if (!draft.Named.IsEmpty || draft is not { Voters: AdmissionRules.Voters, Sample: > 0 })
        {
            return said is null
                ? draft
                : throw new Complaint("Nobody applies: --apply-until needs a --filter that the node decides, and a --sample.");
        }

        return draft with { Gather = said is null ? Half(now, draft.Deadline) : Wording.ReadMoment(said, now) };
    }

    private static Moment Half(DateTimeOffset now, Moment deadline)
    {
        long from = now.ToUnixTimeMilliseconds();
        return new Moment(from + Math.Clamp((deadline.Milliseconds - from) / 2, 1, MostMilliseconds));
    }
}
