using System.Collections.Immutable;
using System.Globalization;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Eligibility;

namespace ChainSpace.Rules.Jobs;

/// <summary>A time-consuming task, as long as the space keeps it in its live state. docs/jobs.md draws the transitions.</summary>
/// <param name="Terms">What was agreed.</param>
/// <param name="Left">What is left of the locked rewards.</param>
/// <param name="Assignments">Everybody who has or had a part in it, in the order they came; the reserve in its order.</param>
public sealed record Job(JobTerms Terms, Amount Left, ImmutableArray<Assignment> Assignments)
{
    /// <summary>When it ended; null while it goes on.</summary>
    public Moment? Ended { get; init; }

    /// <summary>When something about it falls due; null while a jury is awaited.</summary>
    public Moment? Due { get; init; }

    /// <summary>Who voted in a case that has been decided; they cannot take the place they have freed.</summary>
    public ImmutableArray<AccountId> Judges { get; init; } = [];

    /// <summary>Rewards that are paid, or promised to somebody at work. Never more than there are winners.</summary>
    public int Taken => Assignments.Count(Takes);

    public bool HasRoom => Taken < Terms.Message.Winners;

    /// <summary>The place of a worker in <see cref="Assignments"/>; -1 where the account has no part.</summary>
    public int PlaceOf(AccountId worker)
    {
        for (int place = 0; place < Assignments.Length; place++)
        {
            if (Assignments[place].Worker == worker) return place;
        }

        return -1;
    }

    /// <summary>A worker's part; null where the account has none.</summary>
    public Assignment? Find(AccountId worker) => PlaceOf(worker) is >= 0 and int place ? Assignments[place] : null;

    internal Job With(int place, Assignment assignment) => this with { Assignments = Assignments.SetItem(place, assignment) };

    // In a contest all hand in for the same rewards, so only what is paid or before a jury takes one.
    private bool Takes(Assignment each) => each.Phase switch
    {
        Phase.Done => each.Paid > Amount.Zero,
        Phase.Declined => true,
        Phase.Working or Phase.Checking or Phase.Review or Phase.Offered => !Terms.IsContest,
        Phase.Applied or Phase.Reserved or Phase.Committed => false,
        _ => throw new ArgumentOutOfRangeException(nameof(each)),
    };
}

/// <summary>What was agreed when the job was posted.</summary>
public sealed record JobTerms(TaskId Id, Account Requester, EntryIndex Posted, PostJob Message, VoterFilter? Filter)
{
    /// <summary>Percents of the reward by milestone; a message without readable ones is never accepted.</summary>
    public ImmutableArray<uint> Parts { get; } = Milestones.TryRead(Message.Milestones)
        ?? throw new ArgumentException("The message has no milestones.", nameof(Message));

    public bool IsContest => Message.Mode == "contest";

    /// <summary>Evidence from work is kept apart from that of votes, or paying oneself for work would weigh in polls.</summary>
    public string Category => WorkCategory(Message.Category);

    /// <summary>Last moment to show what a contest's commitment hides.</summary>
    public Moment RevealBy => new(Message.Deadline.Milliseconds + Limits.RevealMilliseconds);

    /// <summary>What a worker locks. Units of the currency, rounded up.</summary>
    public Amount Bond => Milestones.Part(Message.Reward, Message.Bond);

    /// <summary>The condition on workers; null where the job is open, and for text that is none.</summary>
    public static VoterFilter? FilterOf(PostJob message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Workers == "open" ? null : VoterFilter.TryRead(message.Workers);
    }

    /// <summary>What posting locks for all winners; more than there is of any money where terms are out of range.</summary>
    public static Amount RewardsOf(PostJob message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Reward.Units < Limits.Supply
            ? new Amount(message.Reward.Units * Math.Min(message.Winners, Limits.Winners + 1))
            : new Amount(Limits.Supply);
    }

    /// <summary>Who may judge, by the term <c>jury</c>.</summary>
    public static string JurorsOf(uint jury) =>
        jury == 0 ? "open" : "reputation>=0." + jury.ToString("D4", CultureInfo.InvariantCulture);

    public static string WorkCategory(string category) => "work/" + category;

    /// <summary>What a milestone pays: its percent of the reward, rounded down, and the last one what is left.</summary>
    public Amount PartOf(uint number)
    {
        if (number < Parts.Length - 1) return Percent(Message.Reward, Parts[(int)number]);
        Amount rest = Message.Reward;
        for (int before = 0; before < Parts.Length - 1; before++) rest -= Percent(Message.Reward, Parts[before]);
        return rest;
    }

    /// <summary>
    /// What a decline locks and the jury is paid from: 12 % of the milestone, rounded up; at least a unit for each juror.
    /// </summary>
    public Amount JuryFee(uint part)
    {
        Amount share = Milestones.Part(PartOf(part), Limits.JuryFee);
        Amount least = new(Limits.Jurors);
        return share > least ? share : least;
    }

    /// <summary>
    /// What a worker can lose in a case to the space's fund: the bond as far as it is above the jury's fee, which it pays first.
    /// </summary>
    public Amount AtRisk(Assignment assignment)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        Amount fee = JuryFee(assignment.Part);
        return assignment.Bond > fee ? assignment.Bond - fee : Amount.Zero;
    }

    /// <summary>Units, rounded down; sums below 2^120 cannot overflow.</summary>
    public static Amount Percent(Amount whole, uint percent) => new(whole.Units * percent / 100);
}

/// <summary>How a reward is cut into milestones.</summary>
public static class Milestones
{
    /// <summary>Percents from 1 to 100 that sum to 100, joined by commas; null for other text.</summary>
    public static ImmutableArray<uint>? TryRead(string text)
    {
        ImmutableArray<uint>.Builder parts = ImmutableArray.CreateBuilder<uint>();
        uint sum = 0;
        foreach (string word in text.Split(','))
        {
            bool isNumber = word.Length is >= 1 and <= 3 && word[0] != '0' && word.All(char.IsAsciiDigit);
            if (!isNumber || parts.Count == Limits.Milestones) return null;
            parts.Add(uint.Parse(word, System.Globalization.CultureInfo.InvariantCulture));
            sum += parts[^1];
        }

        return sum == 100 ? parts.ToImmutable() : null;
    }

    /// <summary>Hundredths of a percent of an amount, rounded up.</summary>
    internal static Amount Part(Amount whole, uint hundredths) => new((whole.Units * hundredths + 9_999) / 10_000);
}
