using ChainSpace.Journal;
using ChainSpace.Journal.Check;
using ChainSpace.Journal.Media;
using static ChainSpace.Tests.Journal.JournalFixture;

namespace ChainSpace.Tests.Journal;

public sealed class JournalFaultTests : IDisposable
{
    private readonly JournalFixture fixture = new();

    public static TheoryData<JournalWrite, FaultyMedium.Fault, bool> Table()
    {
        TheoryData<JournalWrite, FaultyMedium.Fault, bool> rows = [];
        foreach (JournalWrite write in Enum.GetValues<JournalWrite>())
            foreach (FaultyMedium.Fault fault in Enum.GetValues<FaultyMedium.Fault>())
                foreach (bool isOnDisk in (bool[])[false, true])
                    rows.Add(write, fault, isOnDisk);
        return rows;
    }

    public void Dispose() => fixture.Dispose();

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_write_fails_and_the_reopened_journal_is_whole(JournalWrite write, FaultyMedium.Fault fault, bool isOnDisk)
    {
        MemoryMedium memory = new();
        FaultyMedium OpenMedium() => new(isOnDisk ? fixture.OpenWithoutLock() : memory);
        bool isPersisted = fault == FaultyMedium.Fault.PersistedButUnanswered;

        using (JournalStore first = JournalStore.Open(OpenMedium())) Fill(first, 700);
        FaultyMedium medium = OpenMedium();
        medium.FailNext(write, fault);
        if (write == JournalWrite.TakeOver)
        {
            Assert.Throws<IOException>(() => JournalStore.Open(medium));
            medium.Dispose();
        }
        else
        {
            using JournalStore failing = JournalStore.Open(medium);
            Assert.Throws<JournalStoppedException>(() => Strike(failing, write));
            Assert.Throws<JournalStoppedException>(() => Strike(failing, write));
            Assert.Throws<JournalStoppedException>(() => failing.Head);
            Assert.Throws<JournalStoppedException>(() => failing.ProveInclusion(0, 1));
        }

        using JournalStore reopened = JournalStore.Open(OpenMedium());
        Assert.Equal(write == JournalWrite.Commit && isPersisted ? 1300 : 700, reopened.Size);
        Assert.Equal(write == JournalWrite.Checkpoint && isPersisted, reopened.LatestCheckpoint() is not null);
        JournalReport report = JournalCheck.Run(reopened, fixture.Signer.Verifier);
        Assert.True(report.IsWhole, report.ToString());
        Fill(reopened, 2000);
        Assert.True(JournalCheck.Run(reopened).IsWhole);
    }

    [Fact]
    public void A_writer_on_memory_is_fenced_like_one_on_disk()
    {
        MemoryMedium memory = new();
        using JournalStore older = JournalStore.Open(memory);
        Fill(older, 300);
        using JournalStore newer = JournalStore.Open(memory);
        Assert.Throws<JournalFencedException>(() => older.Append(300, Entries(900, 5)));
        Fill(newer, 600);
        Assert.Throws<JournalStoppedException>(() => older.Append(600, Entries(600, 5)));
        Assert.True(JournalCheck.Run(newer).IsWhole);
    }

    // The canary: a medium that breaks its promise must not pass the check the table above relies on.
    [Fact]
    public void A_medium_that_writes_half_a_batch_is_found_out()
    {
        MemoryMedium memory = new();
        using JournalStore store = JournalStore.Open(memory);
        Fill(store, 500);
        JournalBatch half = new(500, Entries(500, 1), [], store.Head with { Size = 502 });
        memory.Commit(half);
        Assert.Equal(new JournalFault.EntryMissing(501), JournalCheck.Run(memory).Fault);
        Assert.Throws<JournalCorruptException>(() => JournalStore.Open(memory));
    }

    [Fact]
    public void A_commit_that_fails_half_way_leaves_nothing_of_it()
    {
        using (JournalStore store = fixture.Open())
        {
            Fill(store, 1000);
            Assert.True(JournalCheck.Run(store).IsWhole);
        }

        // The same tile twice is refused inside the transaction, after the head was swapped and rows were written.
        SqliteMedium medium = fixture.OpenWithoutLock();
        JournalHead head = medium.TakeOver();
        JournalBatch batch = new(1000, Entries(1000, 10), [Broken(0), Broken(0)], head with { Size = 1010 });
        Assert.ThrowsAny<Exception>(() => medium.Commit(batch));
        medium.Dispose();

        using JournalStore reopened = fixture.Open();
        Assert.Equal(1000, reopened.Size);
        Assert.True(JournalCheck.Run(reopened).IsWhole);
    }

    [Fact]
    public void Cut_anywhere_the_write_ahead_log_leaves_a_whole_journal_of_a_committed_size()
    {
        string log = Path.Combine(fixture.Directory, "journal.db-wal");
        List<(byte[] Database, byte[] Log)> crashes = [];
        HashSet<long> committed = [0];
        using (JournalStore store = JournalStore.Open(fixture.Directory, new() { CopyInterval = TimeSpan.FromHours(1) }))
        {
            for (int batch = 1; batch <= 12; batch++) committed.Add(store.Append(store.Size, Entries(store.Size, 97)).Size);
            crashes.Add((Bytes(Path.Combine(fixture.Directory, "journal.db")), Bytes(log)));
        }

        HashSet<long> seen = [];
        byte[] whole = crashes[0].Log;
        for (int cut = 1; cut <= 60; cut++)
        {
            using JournalFixture crashed = new();
            File.WriteAllBytes(Path.Combine(crashed.Directory, "journal.db"), crashes[0].Database);
            File.WriteAllBytes(Path.Combine(crashed.Directory, "journal.db-wal"), whole[..(int)((long)whole.Length * cut / 60)]);
            using JournalStore store = crashed.Open();
            Assert.Contains(store.Size, committed);
            Assert.True(JournalCheck.Run(store).IsWhole);
            seen.Add(store.Size);
        }

        Assert.True(seen.Count > 5 && seen.Contains(12 * 97), string.Join(' ', seen));
    }

    private static StoredTile Broken(long index) => new(0, index, new byte[32], new byte[32 * 256]);

    private static byte[] Bytes(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private void Strike(JournalStore store, JournalWrite write)
    {
        if (write == JournalWrite.Commit) store.Append(700, Entries(700, 600));
        else store.SaveCheckpoint(fixture.Sign(store.Head), 700);
    }
}
