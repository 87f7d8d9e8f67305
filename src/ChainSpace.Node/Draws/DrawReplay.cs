using System.Collections.Immutable;
using ChainSpace.Node.Audit;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Batches;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.Selection;
using ChainSpace.Rules.State;

namespace ChainSpace.Node.Draws;

/// <summary>
/// Repeats the draw of one poll or of one batch from the journal: folds it to the beacon, takes the eligible set from the
/// state there, and computes all keys anew. Signatures and checkpoints are what <c>audit</c> is for.
/// </summary>
internal sealed class DrawReplay(IJournalSource source, Func<TaskId, bool> isWanted)
{
    private const int BatchSize = 2048;

    private readonly Rulebook rulebook = new(new SpaceState());
    private readonly List<Bytes32> leaves = [];
    private readonly List<string> differences = [];
    private readonly HashSet<TaskId> items = [];
    private DrawReport? report;
    private Applications? applications;
    private Domain? domain;

    /// <summary>Null where the journal holds no such poll or batch.</summary>
    /// <exception cref="UnreadableJournalException">There is no journal, or it cannot be reached.</exception>
    public async Task<DrawReport?> RunAsync(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        long size = await source.OpenAsync(cancellationToken);
        for (long from = 0; from < size; from = leaves.Count)
        {
            EntryBatch batch = await source.ReadAsync(from, (int)Math.Min(BatchSize, size - from), cancellationToken);
            if (batch.Count == 0) throw new UnreadableJournalException($"Entry {from} is missing.");
            for (int place = 0; place < batch.Count; place++)
            {
                if (!Take(batch[place])) return Result();
            }

            progress?.Report(leaves.Count);
        }

        return Result();
    }

    private DrawReport? Result() => report is null ? null : report with { Differences = [.. differences] };

    // False where the rest cannot matter, or cannot be read.
    private bool Take(ReadOnlySpan<byte> bytes)
    {
        EntryIndex index = new(leaves.Count);
        if (!Entry.TryRead(bytes, out Entry? entry, out _)) throw new UnreadableJournalException($"Entry {index} is none.");
        domain ??= entry.Message is CreateSpace genesis ? Domain.Of(genesis) : throw new UnreadableJournalException("No space.");
        MessageId id = TypedData.Digest(domain, entry.Message);
        IReadOnlyList<Candidate>? eligible = entry.Message is ReportBlock ? EligibleNow(entry.Moment) : null;
        if (rulebook.Apply(entry.Signed, id, entry.Moment) is { } refusal)
        {
            string code = Explain.Code(refusal);
            differences.Add($"Entry {index} is not accepted by the rules ({code}); nothing behind it was looked at.");
            return false;
        }

        if (DrawTerms.Of(entry.Message) is { } terms && isWanted(new TaskId(id.Value)))
        {
            if (report is not null) throw new UnreadableJournalException("More than one task begins so; give more digits.");
            report = new DrawReport(new TaskId(id.Value), index, terms);
            if (!terms.IsOfBatch) items.Add(report.Task);
            if (terms.Gather != default) applications = new Applications(report.Task, terms.Gather);
        }
        else if (applications?.See(entry, index) is { } fault)
        {
            differences.Add(fault);
        }

        leaves.Add(MerkleHash.Leaf(bytes));
        if (eligible is not null && Seated() is { } seating) Draw(eligible, seating, entry);
        return Follow(entry.Message);
    }

    // Who stands in the draw, while it has not been made.
    private IReadOnlyList<Candidate>? EligibleNow(Moment now)
    {
        if (report is null) return null;
        SpaceState state = rulebook.State;
        if (state.FindPoll(report.Task) is { Stage: Stage.Drawing } poll)
            return [.. Electorate.Of(Electorate.AccountsOf(state, poll), poll, now)];
        return report is { Terms: { IsOfBatch: true, Sample: > 0 }, DrawnBy: null } && state.FindBatch(report.Task) is { } batch
            ? [.. PanelRules.Eligible(state.Accounts, batch.Terms, now)]
            : null;
    }

    // What the rules have drawn; null while they have not.
    private Seating? Seated()
    {
        if (rulebook.State.FindPoll(report!.Task) is { Stage: Stage.Voting voting })
            return new Seating(voting.Seats, voting.Places);
        return rulebook.State.FindBatch(report.Task) is { Panel: { } panel } ? new Seating(panel.Seats, []) : null;
    }

    private void Draw(IReadOnlyList<Candidate> eligible, Seating seating, Entry entry)
    {
        ReportBlock block = (ReportBlock)entry.Message;
        ImmutableArray<DrawnPlace> places = KeyList.Of((block.Root, report!.Task), report.Terms, eligible);
        AccountId[] seats = [.. places.Where(static one => one.IsSeat).Select(static one => one.Account).Order()];
        if (!seats.SequenceEqual(seating.Seats)) differences.Add("The rules seat others than the keys computed anew.");
        bool isOrdered = seating.Places.IsEmpty
            || seating.Places.Select(static one => one.Account).SequenceEqual(places.Select(static one => one.Account));
        if (!isOrdered) differences.Add("The rules keep another reserve than the keys computed anew.");
        if (applications is not null && rulebook.State.FindPoll(report.Task) is { } poll)
            differences.AddRange(applications.Faults((poll.Terms, block.Size), eligible, rulebook.State.FindAccount));
        bool isOwn = !rulebook.State.IsOnChain;
        if (isOwn && RootAt((long)block.Size) != block.Root)
            differences.Add($"The beacon of entry {leaves.Count - 1} is not the journal's root at size {block.Size}.");
        report = report with
        {
            DrawnBy = new EntryIndex(leaves.Count - 1),
            Beacon = block.Root,
            Block = (block.Height, block.Size),
            IsBeaconChecked = isOwn,
            Eligible = eligible.Count,
            Applied = applications is { End: { } end } ? (applications.Count, end) : null,
            Places = places,
            Seats = seats.ToImmutableSortedDictionary(static one => one, static _ => true),
        };
    }

    private bool Follow(Message message)
    {
        if (report is null) return true;
        TaskId voted = message switch { Vote open => open.Poll, SealedVote hidden => hidden.Poll, _ => default };
        if (items.Contains(voted)) report = report with { Votes = report.Votes + 1 };
        foreach (Fact fact in rulebook.Facts)
        {
            if (fact is Fact.BatchJoined joined && joined.Batch == report.Task) items.Add(joined.Poll);
            if (fact is Fact.SeatsChanged changed && changed.Poll == report.Task)
            {
                report = report with
                {
                    Seats = report.Seats
                        .SetItems(changed.Lapsed.Select(static one => KeyValuePair.Create(one, false)))
                        .SetItems(changed.Seated.Select(static one => KeyValuePair.Create(one, true))),
                };
            }

            if (fact is Fact.Ended ended && ended.Poll == report.Task) return false;
        }

        return true;
    }

    private Bytes32 RootAt(long size)
    {
        MerkleFrontier frontier = new();
        foreach (Bytes32 leaf in leaves.Take((int)size)) frontier.Append(leaf);
        return frontier.Root();
    }
}
