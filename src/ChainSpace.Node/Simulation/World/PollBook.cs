using ChainSpace.Node.Views;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;

namespace ChainSpace.Node.Simulation.World;

/// <summary>The polls one can do something about, in the order they were posted, and some that are over.</summary>
internal sealed class PollBook
{
    private const int OverLimit = 64;

    private readonly List<KnownPoll> live = [];
    private readonly Queue<KnownPoll> over = new();

    public IReadOnlyList<KnownPoll> Live => live;

    public IReadOnlyList<KnownPoll> Over => [.. over];

    public void See(CommittedEntry entry)
    {
        if (entry.Entry.Message is PostPoll post) live.Add(new KnownPoll(new TaskId(entry.Id.Value), post));
        foreach (Fact fact in entry.Facts)
        {
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
