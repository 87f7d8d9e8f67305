using ChainSpace.Journal;
using ChainSpace.Journal.Check;
using ChainSpace.Protocol.Merkle;
using static ChainSpace.Tests.Journal.JournalFixture;

namespace ChainSpace.Tests.Journal;

public sealed class JournalCheckTests : IDisposable
{
    private readonly JournalFixture fixture = new();

    public JournalCheckTests()
    {
        using JournalStore store = fixture.Open();
        foreach (long size in (long[])[1000, 66_000, 66_060, 66_070, 66_090])
        {
            Fill(store, size, batch: 1000);
            if (size != 66_090) store.SaveCheckpoint(fixture.Sign(store.Head), size);
        }
    }

    public void Dispose() => fixture.Dispose();

    // A flipped bit is planted by exchanging the first byte of a blob.
    public static TheoryData<string, JournalFault> Table() => new()
    {
        { Flip("entry", "bytes", "idx = 0"), new JournalFault.EntryChanged(0) },
        { Flip("entry", "bytes", "idx = 4711"), new JournalFault.EntryChanged(4711) },
        { "UPDATE entry SET bytes = x'' WHERE idx = 777", new JournalFault.EntryChanged(777) },
        { "DELETE FROM entry WHERE idx = 0", new JournalFault.EntryMissing(0) },
        { "DELETE FROM entry WHERE idx = 4711", new JournalFault.EntryMissing(4711) },
        { "DELETE FROM entry WHERE idx = 66089", new JournalFault.EntryMissing(66_089) },
        { "UPDATE entry SET idx = -5 WHERE idx = 66089", new JournalFault.EntryMissing(66_089) },
        { "INSERT INTO entry VALUES(66090, x'00')", new JournalFault.EntryBeyondHead(66_090) },
        { "INSERT INTO entry VALUES(-1, x'00')", new JournalFault.EntryBeyondHead(-1) },
        { Flip("tile", "hashes", "level = 0 AND n = 9"), new JournalFault.TileChanged(new Tile(0, 9, 256), 0) },
        { Flip("tile", "hashes", "level = 1"), new JournalFault.TileChanged(new Tile(1, 0, 256), 0) },
        { Flip("tile", "root", "level = 0 AND n = 9"), new JournalFault.TileRootChanged(new Tile(0, 9, 256)) },
        { "DELETE FROM tile WHERE level = 0 AND n = 256", new JournalFault.TileMissing(new Tile(0, 256, 256)) },
        { "DELETE FROM tile WHERE level = 1", new JournalFault.TileMissing(new Tile(1, 0, 256)) },
        { "UPDATE tile SET n = 300 WHERE level = 0 AND n = 256", new JournalFault.TileMissing(new Tile(0, 256, 256)) },
        {
            "INSERT INTO tile SELECT 0, 258, root, hashes FROM tile WHERE n = 1",
            new JournalFault.TileBeyondHead(new Tile(0, 258, 256))
        },
        {
            "INSERT INTO tile SELECT 2, 0, root, hashes FROM tile WHERE n = 1",
            new JournalFault.TileBeyondHead(new Tile(2, 0, 256))
        },
        { Flip("entry", "bytes", "idx = 65999"), new JournalFault.EntryChanged(65_999) },
        { Flip("entry", "bytes", "idx = 66050"), new JournalFault.CheckpointDiffers(66_048, 66_060) },
        { Flip("entry", "bytes", "idx = 66060"), new JournalFault.CheckpointDiffers(66_060, 66_070) },
        { Flip("entry", "bytes", "idx = 66089"), new JournalFault.RootDiffers(66_070, 66_090) },
        { Flip("head", "root", "id = 1"), new JournalFault.RootDiffers(66_070, 66_090) },
        { "UPDATE head SET size = 66091", new JournalFault.EntryMissing(66_090) },
        { "UPDATE head SET size = 66080", new JournalFault.RootDiffers(66_070, 66_080) },
        { "UPDATE checkpoint SET note = x'' WHERE size = 1000", new JournalFault.CheckpointUnreadable(1000) },
        { "UPDATE checkpoint SET size = 1001 WHERE size = 1000", new JournalFault.CheckpointUnreadable(1001) },
        {
            "UPDATE checkpoint SET note = CAST(replace(CAST(note AS TEXT), ' ', ' A') AS BLOB) WHERE size = 1000",
            new JournalFault.CheckpointUnreadable(1000)
        },
        {
            "UPDATE checkpoint SET note = CAST(replace(CAST(note AS TEXT), '/1', '/2') AS BLOB)",
            new JournalFault.CheckpointUnsigned(1000)
        },
        {
            "INSERT INTO checkpoint SELECT 70000, note FROM checkpoint WHERE size = 1000",
            new JournalFault.CheckpointBeyondHead(70_000)
        },
    };

    [Fact]
    public void A_journal_nobody_touched_is_whole()
    {
        List<long> seen = [];
        JournalReport report = JournalCheck.Run(fixture.Directory, fixture.Signer.Verifier, new Seen(seen));
        Assert.Equal((66_090, 259, 4, null), (report.Entries, report.Tiles, report.Checkpoints, report.Fault));
        Assert.Equal(66_090, seen[^1]);
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Every_change_is_found_where_it_is(string change, JournalFault expected)
    {
        fixture.Tamper(change);
        Assert.Equal(expected, JournalCheck.Run(fixture.Directory, fixture.Signer.Verifier).Fault);
    }

    [Fact]
    public void A_changed_entry_with_its_tile_made_to_fit_is_found_by_the_level_above()
    {
        using (JournalFixture other = new())
        {
            using JournalStore store = other.Open();
            List<ReadOnlyMemory<byte>> entries = [.. Entries(0, 256)];
            entries[40] = "forged"u8.ToArray();
            store.Append(0, entries);
            string hashes = Convert.ToHexString(store.ReadTile(new Tile(0, 0, 256))!);
            string root = Convert.ToHexString(store.Root.ToArray());
            fixture.Tamper($"UPDATE tile SET hashes = x'{hashes}', root = x'{root}' WHERE level = 0 AND n = 0");
            fixture.Tamper($"UPDATE entry SET bytes = x'{Convert.ToHexString(entries[40].Span)}' WHERE idx = 40");
        }

        Assert.Equal(
            new JournalFault.CheckpointDiffers(768, 1000),
            JournalCheck.Run(fixture.Directory, fixture.Signer.Verifier).Fault);
        fixture.Tamper("DELETE FROM checkpoint");
        Assert.Equal(new JournalFault.TileChanged(new Tile(1, 0, 256), 0), JournalCheck.Run(fixture.Directory).Fault);
    }

    [Fact]
    public void A_damaged_end_of_the_journal_is_refused_when_it_is_opened()
    {
        fixture.Tamper(Flip("entry", "bytes", "idx = 66089"));
        Assert.Throws<JournalCorruptException>(fixture.Open);
    }

    [Fact]
    public void A_file_that_is_no_database_is_reported()
    {
        File.WriteAllBytes(Path.Combine(fixture.Directory, "journal.db"), new byte[70_000].Select(_ => (byte)7).ToArray());
        Assert.IsType<JournalFault.Unreadable>(JournalCheck.Run(fixture.Directory).Fault);
    }

    private static string Flip(string table, string column, string where) =>
        $"UPDATE {table} SET {column} = CAST(x'a5' || substr({column}, 2) AS BLOB) WHERE {where}";

    private sealed class Seen(List<long> sizes) : IProgress<long>
    {
        public void Report(long value) => sizes.Add(value);
    }
}
