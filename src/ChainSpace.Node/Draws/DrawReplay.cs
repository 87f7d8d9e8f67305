using System.Collections.Immutable;
using ChainSpace.Node.Audit;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.Selection;
using ChainSpace.Rules.State;

namespace ChainSpace.Node.Draws;

/// <summary>
/// Repeats the draw of one poll from the journal: folds it to the beacon, takes the eligible set from the state there, and
/// computes all keys anew. Signatures and checkpoints are what <c>audit</c> is for.
/// </summary>
internal sealed class DrawReplay(IJournalSource source, Func<TaskId, bool> isWanted)
{
    private const int BatchSize = 2048;

    private readonly Rulebook rulebook = new(new SpaceState());
    private readonly List<Bytes32> leaves = [];
    private readonly List<string> differences = [];
    private DrawReport? report;
    private Applications? applications;
    private Domain? domain;

    /// <summary>Null where the journal holds no such poll.</summary>
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
        Poll? before = entry.Message is ReportBlock ? Find() : null;
        Waiting? waiting = before is { Stage: Stage.Drawing } ? new Waiting(before, Eligible(before, entry.Moment)) : null;
        if (rulebook.Apply(entry.Signed, id, entry.Moment) is { } refusal)
        {
            string code = Explain.Code(refusal);
            differences.Add($"Entry {index} is not accepted by the rules ({code}); nothing behind it was looked at.");
            return false;
        }

        if (entry.Message is PostPoll post && isWanted(new TaskId(id.Value)))
        {
            if (report is not null) throw new UnreadableJournalException("More than one poll begins so; give more digits.");
            report = new DrawReport(new TaskId(id.Value), index, post);
            if (post.Gather != default) applications = new Applications(report.Poll, post.Gather);
        }
        else if (applications?.See(entry, index) is { } fault)
        {
            differences.Add(fault);
        }

        leaves.Add(MerkleHash.Leaf(bytes));
        if (waiting is not null && waiting.Poll.Stage is Stage.Voting voting) Draw(waiting, voting, entry);
        return Follow(entry.Message);
    }

    private Poll? Find() => report is null ? null : rulebook.State.FindPoll(report.Poll);

    private IReadOnlyList<Candidate> Eligible(Poll poll, Moment now) =>
        [.. Electorate.Of(Electorate.AccountsOf(rulebook.State, poll), poll, now)];

    private void Draw(Waiting waiting, Stage.Voting voting, Entry entry)
    {
        ReportBlock block = (ReportBlock)entry.Message;
        ImmutableArray<DrawnPlace> places = KeyList.Of(block.Root, waiting.Poll.Terms, waiting.Eligible);
        AccountId[] seats = [.. places.Where(static one => one.IsSeat).Select(static one => one.Account).Order()];
        if (!seats.SequenceEqual(voting.Seats)) differences.Add("The rules seat others than the keys computed anew.");
        bool isOrdered = voting.Places.IsEmpty
            || voting.Places.Select(static one => one.Account).SequenceEqual(places.Select(static one => one.Account));
        if (!isOrdered) differences.Add("The rules keep another reserve than the keys computed anew.");
        (PollTerms, ulong) drawn = (waiting.Poll.Terms, block.Size);
        if (applications is not null)
            differences.AddRange(applications.Faults(drawn, waiting.Eligible, rulebook.State.FindAccount));
        bool isOwn = !rulebook.State.IsOnChain;
        if (isOwn && RootAt((long)block.Size) != block.Root)
            differences.Add($"The beacon of entry {leaves.Count - 1} is not the journal's root at size {block.Size}.");
        report = report! with
        {
            DrawnBy = new EntryIndex(leaves.Count - 1),
            Beacon = block.Root,
            Block = (block.Height, block.Size),
            IsBeaconChecked = isOwn,
            Eligible = waiting.Eligible.Count,
            Applied = applications is { End: { } end } ? (applications.Count, end) : null,
            Places = places,
            Seats = seats.ToImmutableSortedDictionary(static one => one, static _ => true),
        };
    }

    private bool Follow(Message message)
    {
        if (report is null) return true;
        bool isVote = message is Vote { Poll: var open } && open == report.Poll
            || message is SealedVote { Poll: var hidden } && hidden == report.Poll;
        if (isVote) report = report with { Votes = report.Votes + 1 };
        foreach (Fact fact in rulebook.Facts)
        {
            if (fact is Fact.SeatsChanged changed && changed.Poll == report.Poll)
            {
                report = report with
                {
                    Seats = report.Seats
                        .SetItems(changed.Lapsed.Select(static one => KeyValuePair.Create(one, false)))
                        .SetItems(changed.Seated.Select(static one => KeyValuePair.Create(one, true))),
                };
            }

            if (fact is Fact.Ended ended && ended.Poll == report.Poll) return false;
        }

        return true;
    }

    private Bytes32 RootAt(long size)
    {
        MerkleFrontier frontier = new();
        foreach (Bytes32 leaf in leaves.Take((int)size)) frontier.Append(leaf);
        return frontier.Root();
    }

    private sealed record Waiting(Poll Poll, IReadOnlyList<Candidate> Eligible);
}
