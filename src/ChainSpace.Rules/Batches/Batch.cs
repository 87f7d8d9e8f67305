using System.Security.Cryptography;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Eligibility;
using ChainSpace.Rules.Selection;

namespace ChainSpace.Rules.Batches;

/// <summary>What was agreed when a batch was announced.</summary>
/// <param name="Id">The batch.</param>
/// <param name="Requester">Who alone posts its items.</param>
/// <param name="Posted">The entry that announced it.</param>
/// <param name="Message">Its words.</param>
public sealed record BatchTerms(TaskId Id, Account Requester, EntryIndex Posted, PostBatch Message)
{
    /// <summary>Whether all items are answered by the same accounts, drawn once.</summary>
    public bool HasPanel => Message.Sample > 0;

    /// <summary>The condition on who stands in the draw, where there is one.</summary>
    public VoterFilter? Filter { get; } = Message.Voters == "open" ? null : VoterFilter.TryRead(Message.Voters)
        ?? throw new ArgumentException("The message has no readable condition.", nameof(Message));

    /// <summary>Seats by group; a message with unreadable ones is never accepted.</summary>
    public Quotas Quotas { get; } = Quotas.TryRead(Message.Quotas)
        ?? throw new ArgumentException("The message has no readable quotas.", nameof(Message));
}

/// <summary>
/// A batch as long as the space keeps it: which of its items are still to be counted or paid. Items are ordinary polls;
/// those that are done with are forgotten here. Owned by the writer.
/// </summary>
public sealed class Batch(BatchTerms terms)
{
    private readonly SortedDictionary<int, BatchGroup> groups = [];
    private readonly List<TaskId> training = [];

    public BatchTerms Terms { get; } = terms;

    /// <summary>Items so far.</summary>
    public int Items { get; internal set; }

    /// <summary>Whether no more items join.</summary>
    public bool IsClosed { get; internal set; }

    /// <summary>When something happens by itself: its deadline, and then the end of its retention.</summary>
    public Moment Due { get; internal set; } = terms.Message.Deadline;

    /// <summary>Digest of all items in order: SHA-256 of the one before and the item's id.</summary>
    public Bytes32 Chain { get; internal set; }

    /// <summary>Who may answer the items, once that is drawn; null before, and where no panel is drawn.</summary>
    public Panel? Panel { get; internal set; }

    /// <summary>Whether it waits for the block that draws its panel. After its deadline nobody could vote any more.</summary>
    internal bool AwaitsBlock => Terms.HasPanel && Panel is null && !IsOver && Due <= Terms.Message.Deadline;

    /// <summary>Whether nothing is voted on any more, and nothing will be.</summary>
    internal bool IsOver => IsClosed && groups.Count == 0;

    /// <summary>Groups of which an item is not settled yet, by number.</summary>
    public IReadOnlyDictionary<int, BatchGroup> Groups => groups;

    /// <summary>The items that teach, in order.</summary>
    public IReadOnlyList<TaskId> Training => training;

    /// <summary>Takes in the next item; its place among all of them.</summary>
    internal BatchPlace Enter(TaskId item)
    {
        int number = Items++, group = number / (int)Terms.Message.Group;
        Chain = Link(Chain, item);
        if (number < Terms.Message.Training) training.Add(item);
        if (!groups.TryGetValue(group, out BatchGroup? found)) groups.Add(group, found = new BatchGroup(group));
        found.Items.Add(item);
        return new BatchPlace(this, number);
    }

    internal void Forget(BatchGroup group) => groups.Remove(group.Number);

    internal void Resume(IEnumerable<BatchGroup> open, IEnumerable<TaskId> taught)
    {
        foreach (BatchGroup group in open) groups.Add(group.Number, group);
        training.AddRange(taught);
    }

    /// <summary>Whether no further item can join the group.</summary>
    internal bool IsFull(BatchGroup group) => IsClosed || group.Items.Count == Terms.Message.Group;

    private static Bytes32 Link(Bytes32 before, TaskId item)
    {
        Span<byte> bytes = stackalloc byte[2 * Bytes32.Size];
        before.CopyTo(bytes);
        item.Value.CopyTo(bytes[Bytes32.Size..]);
        return Bytes32.Read(SHA256.HashData(bytes));
    }
}

/// <summary>Items that are settled together.</summary>
public sealed class BatchGroup(int number)
{
    /// <summary>Counted from zero.</summary>
    public int Number { get; } = number;

    /// <summary>Its items in order.</summary>
    public List<TaskId> Items { get; } = [];
}

/// <summary>Where an item stands in its batch.</summary>
/// <param name="Number">Items before it.</param>
public sealed record BatchPlace(Batch Batch, int Number)
{
    /// <summary>The group with which it is settled.</summary>
    public int Group => Number / (int)Batch.Terms.Message.Group;

    /// <summary>Whether it is among the items that teach.</summary>
    public bool IsTraining => Number < Batch.Terms.Message.Training;
}
