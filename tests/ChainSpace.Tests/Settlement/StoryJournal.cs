using ChainSpace.Node.Audit;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Messages;
using ChainSpace.Protocol.Settlement;
using ChainSpace.Rules;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Settlement;
using ChainSpace.Rules.State;

namespace ChainSpace.Tests.Settlement;

/// <summary>A journal read from its folder and folded here, whatever its node says of it, alive or dead.</summary>
internal sealed class StoryJournal
{
    private readonly List<(MessageId Id, Bytes32 Root, PayoutTree Payouts)> after = [];
    private readonly Rulebook rulebook = new(new SpaceState());

    private StoryJournal()
    {
    }

    public int Size => after.Count;

    public SpaceState State => rulebook.State;

    public static async Task<StoryJournal> ReadAsync(string folder)
    {
        StoryJournal journal = new();
        using FolderSource source = new(folder);
        int size = (int)await source.OpenAsync(default);
        EntryBatch batch = await source.ReadAsync(0, size, default);
        MerkleFrontier tree = new();
        for (int place = 0; place < batch.Count; place++) journal.Take(batch[place], tree);
        return journal;
    }

    public MessageId IdOf(long index) => after[(int)index].Id;

    /// <summary>Root of the journal when it had this size.</summary>
    public Bytes32 RootAt(ulong size) => after[(int)size - 1].Root;

    /// <summary>What accounts could take out when the journal had this size.</summary>
    public PayoutTree PayoutsAt(ulong size) => size == 0 ? PayoutTree.Of([]) : after[(int)size - 1].Payouts;

    public Balance BalanceOf(AccountId account) => State.FindAccount(account)?.Balance ?? default;

    private void Take(ReadOnlySpan<byte> leaf, MerkleFrontier tree)
    {
        Assert.True(Entry.TryRead(leaf, out Entry? entry, out _));
        Domain domain = State.Domain ?? Domain.Of((CreateSpace)entry.Message);
        MessageId id = TypedData.Digest(domain, entry.Message);
        Assert.Null(rulebook.Apply(entry.Signed, id, entry.Moment));
        tree.Append(MerkleHash.Leaf(leaf));
        after.Add((id, tree.Root(), PayoutTree.Of([.. PayoutLeaves.Of(State)])));
    }
}
