using ChainSpace.Node.Views;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;

namespace ChainSpace.Node.Simulation.World;

/// <summary>
/// The polls one can do something about, in the order they were posted, and some that are over; and batches that take items.
/// </summary>
internal sealed class PollBook
{
    private const int OverLimit = 64;

    private readonly List<KnownPoll> live = [];
    private readonly Queue<KnownPoll> over = new();
    private readonly List<KnownBatch> batches = [];

    public IReadOnlyList<KnownPoll> Live => live;

    public IReadOnlyList<KnownPoll> Over => [.. over];

    public IReadOnlyList<KnownBatch> Batches => batches;

    public void See(CommittedEntry entry)
    {
        if (entry.Entry.Message is PostPoll post) live.Add(new KnownPoll(new TaskId(entry.Id.Value), post));
        if (entry.Entry.Message is PostBatch batch) batches.Add(new KnownBatch(new TaskId(entry.Id.Value), batch));
        foreach (Fact fact in entry.Facts)
        {
            if (fact is Fact.BatchEnded closed) batches.RemoveAll(each => each.Id == closed.Batch);
            if (fact is Fact.Ended ended) Close(ended.Poll);
        }
    }

    private void Close(TaskId id)
    {
        int at = live.FindIndex(poll => poll.Id == id);
        over.Enqueue(live[at]);
        live.RemoveAt(at);
        if (over.Count > OverLimit) over.Dequeue();
    }
}

/// <summary>A poll and its words.</summary>
internal sealed record KnownPoll(TaskId Id, PostPoll Message)
{
    public bool IsSealed => Message.Voting == "sealed";
}

/// <summary>A batch and its words.</summary>
internal sealed record KnownBatch(TaskId Id, PostBatch Message);
