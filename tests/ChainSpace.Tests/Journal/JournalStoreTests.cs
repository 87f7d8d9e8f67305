using System.Collections.Immutable;
using ChainSpace.Journal;
using ChainSpace.Journal.Check;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Tests.Merkle;
using static ChainSpace.Tests.Journal.JournalFixture;

namespace ChainSpace.Tests.Journal;

public sealed class JournalStoreTests : IDisposable
{
    private readonly JournalFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void Size_root_and_entries_are_the_same_after_reopening_at_any_size()
    {
        MerkleFrontier expected = new();
        foreach (int step in (int[])[0, 1, 1, 253, 1, 1, 255, 300, 1024, 1, 0, 65536, 7])
        {
            using JournalStore store = fixture.Open();
            Assert.Equal((expected.Size, expected.Root()), (store.Size, store.Root));
            JournalHead head = store.Append(store.Size, Entries(store.Size, step));
            for (int place = 0; place < step; place++) expected.Append(MerkleHash.Leaf(Entry(expected.Size)));
            Assert.Equal((expected.Size, expected.Root()), (head.Size, head.Root));
            Assert.Equal(head, store.Head);
        }

        using JournalStore last = fixture.Open();
        long index = 0;
        foreach (ReadOnlyMemory<byte> entry in last.ReadEntries(0, last.Size)) Assert.Equal(Entry(index++), entry.ToArray());
        Assert.Equal(expected.Size, index);
        Assert.True(JournalCheck.Run(last).IsWhole);
    }

    [Fact]
    public void Proofs_of_every_kind_verify_against_the_roots_of_their_sizes()
    {
        using JournalStore store = fixture.Open();
        Dictionary<long, Bytes32> roots = new() { [0] = store.Root };
        while (store.Size < 70_000)
        {
            JournalHead head = store.Append(store.Size, Entries(store.Size, store.Size < 600 ? 37 : 5_001));
            roots[head.Size] = head.Root;
        }

        foreach ((long second, Bytes32 root) in roots)
        {
            Assert.Equal(root, store.RootAt(second));
            foreach ((long first, Bytes32 older) in roots.Where(pair => pair.Key <= second))
                Assert.True(store.ProveConsistency(first, second).Proves(older, root));
            for (long index = second % 13; index < second; index += 1 + second / 20)
                Assert.True(store.ProveInclusion(index, second).Proves(MerkleHash.Leaf(Entry(index)), root));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => store.ProveInclusion(0, store.Size + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => store.ProveInclusion(store.Size, store.Size));
        Assert.Throws<ArgumentOutOfRangeException>(() => store.ProveConsistency(5, store.Size + 1));
    }

    [Fact]
    public void Tiles_and_bundles_alone_give_the_root()
    {
        using JournalStore store = fixture.Open();
        Fill(store, 66_000, batch: 6_000);
        List<Bytes32> hashes = [];
        for (long index = 0; index * Tile.FullWidth < store.Size; index++)
        {
            int width = (int)Math.Min(Tile.FullWidth, store.Size - index * Tile.FullWidth);
            Assert.True(EntryBundle.TryRead(
                store.ReadBundle(new EntryBundle(index, width)), out ImmutableArray<ReadOnlyMemory<byte>> entries));
            hashes.AddRange(entries.Select(entry => MerkleHash.Leaf(entry.Span)));
        }

        for (int level = 0; hashes.Count > 0; level++)
        {
            Assert.Equal(hashes, TilesOf(store, level, hashes.Count));
            Assert.Null(store.ReadTile(new Tile(level, hashes.Count / Tile.FullWidth, hashes.Count % Tile.FullWidth + 1)));
            hashes = [.. hashes.Chunk(Tile.FullWidth).Where(tile => tile.Length == Tile.FullWidth)
                .Select(tile => new LeavesInMemory(tile).Root(tile.Length))];
        }

        Assert.Null(store.ReadTile(new Tile(9, 0, 1)));
        Assert.Null(store.ReadTile(new Tile(0, long.MaxValue, 1)));
        Assert.Null(store.ReadTile(new Tile(0, -1, 1)));
        Assert.Null(store.ReadBundle(new EntryBundle(long.MaxValue, 256)));
        Assert.Null(store.ReadBundle(new EntryBundle(257, 209)));
        Assert.Equal(32 * 3, store.ReadTile(new Tile(0, 5, 3))?.Length);
    }

    [Fact]
    public void Every_checkpoint_is_kept_and_found_by_size()
    {
        using JournalStore store = fixture.Open();
        Assert.Null(store.LatestCheckpoint());
        foreach (long size in (long[])[0, 10, 500])
        {
            Fill(store, size);
            store.SaveCheckpoint(fixture.Sign(store.Head), size);
        }

        Fill(store, 600);
        Assert.Equal(500, store.LatestCheckpoint()?.Size);
        Assert.Equal(500, store.CheckpointAtOrAfter(11)?.Size);
        Assert.Equal(10, store.CheckpointAt(10)?.Size);
        Assert.Null(store.CheckpointAt(11));
        Assert.Null(store.CheckpointAtOrAfter(501));
        Assert.Equal(3, JournalCheck.Run(store, fixture.Signer.Verifier).Checkpoints);
    }

    [Fact]
    public void A_checkpoint_of_another_tree_is_never_kept()
    {
        using JournalStore store = fixture.Open();
        Fill(store, 10);
        byte[] early = fixture.Sign(store.Head);
        Fill(store, 20);
        Assert.Throws<ArgumentException>(() => store.SaveCheckpoint(early, 20));
        Assert.Throws<ArgumentException>(() => store.SaveCheckpoint(fixture.Sign(store.Head with { Size = 10 }), 10));
        Assert.Throws<ArgumentException>(() => store.SaveCheckpoint("nonsense\n"u8, 20));
        Assert.Throws<ArgumentOutOfRangeException>(() => store.SaveCheckpoint(fixture.Sign(store.Head with { Size = 21 }), 21));
        store.SaveCheckpoint(early, 10);
        Assert.Equal(10, store.LatestCheckpoint()?.Size);
    }

    [Fact]
    public void Two_processes_cannot_open_one_journal()
    {
        using (fixture.Open()) Assert.Throws<JournalInUseException>(fixture.Open);
        using JournalStore again = fixture.Open();
        Assert.Equal(2, again.Head.Epoch);
    }

    [Fact]
    public void A_writer_that_was_taken_over_from_cannot_write_any_more()
    {
        using JournalStore older = fixture.Open();
        Fill(older, 300);
        using JournalStore newer = JournalStore.Open(fixture.OpenWithoutLock());
        Assert.Throws<JournalFencedException>(() => older.Append(300, Entries(900, 5)));
        Assert.Throws<JournalStoppedException>(() => older.Append(300, Entries(900, 5)));
        Assert.Throws<JournalStoppedException>(() => older.Size);
        newer.Append(300, Entries(300, 300));
        Assert.True(JournalCheck.Run(newer).IsWhole);
    }

    [Fact]
    public void A_writer_that_was_taken_over_from_cannot_save_a_checkpoint_either()
    {
        using JournalStore older = fixture.Open();
        Fill(older, 3);
        using JournalStore newer = JournalStore.Open(fixture.OpenWithoutLock());
        Assert.Throws<JournalFencedException>(() => older.SaveCheckpoint(fixture.Sign(older.Head), 3));
        Assert.Null(newer.LatestCheckpoint());
    }

    [Fact]
    public void An_append_at_another_size_than_expected_stops_the_writer()
    {
        using JournalStore store = fixture.Open();
        Fill(store, 5);
        Assert.Throws<JournalFencedException>(() => store.Append(4, Entries(4, 1)));
        Assert.Throws<JournalStoppedException>(() => store.ReadEntry(0));
    }

    [Fact]
    public void An_entry_too_long_for_a_bundle_is_refused_and_harms_nothing()
    {
        using JournalStore store = fixture.Open();
        Assert.Throws<ArgumentOutOfRangeException>(() => store.Append(0, [new byte[EntryBundle.EntryLimit + 1]]));
        store.Append(0, [new byte[EntryBundle.EntryLimit], ReadOnlyMemory<byte>.Empty]);
        Assert.Equal(2, store.Size);
        Assert.Equal(0, store.ReadEntry(1).Length);
        Assert.True(JournalCheck.Run(store).IsWhole);
    }

    private static IEnumerable<Bytes32> TilesOf(JournalStore store, int level, int count)
    {
        for (int start = 0; start < count; start += Tile.FullWidth)
        {
            byte[]? tile = store.ReadTile(new Tile(level, start / Tile.FullWidth, Math.Min(Tile.FullWidth, count - start)));
            Assert.NotNull(tile);
            for (int place = 0; place < tile.Length; place += Bytes32.Size)
                yield return Bytes32.Read(tile.AsSpan(place, Bytes32.Size));
        }
    }
}
