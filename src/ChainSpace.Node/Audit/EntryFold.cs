using ChainSpace.Journal.Check;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Protocol.Settlement;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.Settlement;
using ChainSpace.Rules.State;
using static ChainSpace.Node.Audit.AuditFault;

namespace ChainSpace.Node.Audit;

/// <summary>Everything about an entry that depends on those before it: moments, rules, blocks, the operator's duties.</summary>
internal sealed class EntryFold(Examiner examiner)
{
    private readonly Rulebook rulebook = new(new SpaceState());
    private readonly StateHash stateHash = new();

    // Sealed polls whose votes are being opened.
    private readonly HashSet<TaskId> opening = [];

    public SpaceState State => rulebook.State;

    /// <summary>What was reported of the chain; nothing of a space without one.</summary>
    public ChainReports Reports { get; } = new();

    /// <summary>Entries folded so far.</summary>
    public long Size => State.Size;

    /// <summary>What was claimed of roots and is still to be compared; whoever compares it empties the list.</summary>
    public List<RootClaim> Claims { get; } = [];

    /// <summary>Takes the next entry, or says what is wrong with it.</summary>
    public AuditFault? Take(in Examined examined)
    {
        EntryIndex index = new(Size);
        if (!examined.IsInTile) return new WrongTree(new JournalFault.EntryChanged(index.Value));
        if (examined.Entry is not { } entry) return new NotCanonical(index);
        if (AnswerOf(examined) is not SignatureAnswer.Valid and var answer) return new BadSignature(index, answer);
        if (entry.Moment < State.Now) return new BackDated(index, entry.Moment, State.Now);
        if (opening.Count > 0 && entry.Message is Tick && FindWithheld(index, entry.Moment) is { } withheld) return withheld;
        EntryIndex? awaited = State.IsOnChain ? State.OldestAwaiting : null;
        if (Rule(examined, index) is { } fault) return fault;
        if (State.IsOnChain) Reports.Follow(index, entry, awaited, State.NeedsBlock);
        if (!State.IsOnChain && entry.Message is ReportBlock { Size: var size, Root: var root })
            Claims.Add(new RootClaim(index.Value, (long)size, root, new WrongBlock(index, (long)size)));
        if (entry.Message is ReportAnchor anchor)
            Claims.Add(new RootClaim(index.Value, (long)anchor.Size, anchor.Root, new WrongAnchor(index, (long)anchor.Size)));
        return null;
    }

    /// <summary>Hash of the state as it is now.</summary>
    public Bytes32 HashState() => stateHash.Compute(State);

    /// <summary>The payout tree as it is now.</summary>
    public PayoutTree Payouts() => PayoutTree.Of([.. PayoutLeaves.Of(State)]);

    /// <summary>Whether all money is where it should be.</summary>
    public WrongSum? CheckSum()
    {
        Amount sum = State.Fund;
        foreach (Rules.Accounts.Account account in State.Accounts) sum += account.Balance.Total;
        return sum == State.Supply ? null : new WrongSum(Size, sum, State.Supply);
    }

    // A key shown in a batch that was examined at the same time is known by now.
    private SignatureAnswer AnswerOf(in Examined examined) =>
        examined.Answer == SignatureAnswer.UnknownKey ? examiner.Verify(examined) : examined.Answer;

    private AuditFault? Rule(in Examined examined, EntryIndex index)
    {
        Entry entry = examined.Entry!;
        try
        {
            if (rulebook.Apply(entry.Signed, examined.Id, entry.Moment) is { } refusal) return new Refused(index, refusal);
        }
        catch (Exception exception) when (exception is ArithmeticException or ArgumentException or InvalidOperationException)
        {
            // The rules take their own node's entries for granted, such as moments within the calendar. Here a liar may
            // have written them, and an audit that dies of a lie has not named it.
            return new Unruly(index, exception.Message);
        }

        foreach (Fact fact in rulebook.Facts)
        {
            if (fact is Fact.StageChanged { Stage: Stage.Opening } started) opening.Add(started.Poll);
            if (fact is Fact.StageChanged { Stage: Stage.Raffle or Stage.Waiting } counted) opening.Remove(counted.Poll);
            if (fact is Fact.Ended ended) opening.Remove(ended.Poll);
        }

        return null;
    }

    // Sealed votes nobody opens in time are counted as none, so an operator could drop votes by saying nothing.
    private Withheld? FindWithheld(EntryIndex index, Moment now)
    {
        foreach (TaskId id in opening)
        {
            if (State.FindPoll(id) is not { Stage: Stage.Opening stage } poll || poll.Due > now) continue;
            if (stage.Next < poll.Ballots.Count) return new Withheld(index, id, stage.Next, poll.Ballots.Count);
        }

        return null;
    }
}
