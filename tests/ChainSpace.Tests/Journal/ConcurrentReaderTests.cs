using ChainSpace.Journal;
using ChainSpace.Journal.Check;
using ChainSpace.Protocol.Merkle;
using static ChainSpace.Tests.Journal.JournalFixture;

namespace ChainSpace.Tests.Journal;

public sealed class ConcurrentReaderTests
{
    private const long Target = 80_000;

    [Fact]
    public async Task Readers_beside_the_writer_see_only_whole_committed_trees()
    {
        using JournalFixture fixture = new();
        using JournalStore store = JournalStore.Open(
            fixture.Directory, new() { CachedTiles = 8, CopyInterval = TimeSpan.FromMilliseconds(5), WriteAheadLimit = 1 << 20 });
        Fill(store, 1);

        Task[] readers = [.. Enumerable.Range(1, 3).Select(seed => Task.Run(() => ReadUntilFull(store, seed)))];
        Fill(store, Target, batch: 173);
        await Task.WhenAll(readers);
        Assert.True(JournalCheck.Run(store).IsWhole);
    }

    private static void ReadUntilFull(JournalStore store, int seed)
    {
        Random random = new(seed);
        JournalHead before = store.Head;
        for (JournalHead now = before; now.Size < Target; now = store.Head)
        {
            Assert.True(store.ProveConsistency(before.Size, now.Size).Proves(before.Root, now.Root));
            long index = random.NextInt64(Math.Max(0, now.Size - random.Next(1, 70_000)), now.Size);
            Assert.Equal(Entry(index), store.ReadEntry(index).ToArray());
            Assert.True(store.ProveInclusion(index, now.Size).Proves(MerkleHash.Leaf(Entry(index)), now.Root));
            int width = (int)Math.Min(Tile.FullWidth, now.Size - index / Tile.FullWidth * Tile.FullWidth);
            Assert.Equal(width * 32, store.ReadTile(new Tile(0, index / Tile.FullWidth, width))?.Length);
            before = now;
        }
    }
}
