using ChainSpace.Journal;
using ChainSpace.Journal.Media;
using ChainSpace.Protocol.Merkle;
using Microsoft.Data.Sqlite;

namespace ChainSpace.Tests.Journal;

// A folder for one test, and the few words the journal's tests are told in.
internal sealed class JournalFixture : IDisposable
{
    public const string Origin = "node.example/space/1";

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("journal-").FullName;

    public NoteSigner Signer { get; } = new(Origin, new byte[32]);

    public static byte[] Entry(long index) => [.. BitConverter.GetBytes(index), .. new byte[index % 50]];

    public static IReadOnlyList<ReadOnlyMemory<byte>> Entries(long from, int count) =>
        [.. Enumerable.Range(0, count).Select(place => (ReadOnlyMemory<byte>)Entry(from + place))];

    public static void Fill(JournalStore store, long size, int batch = 100)
    {
        while (store.Size < size)
            store.Append(store.Size, Entries(store.Size, (int)Math.Min(batch, size - store.Size)));
    }

    public JournalStore Open() => JournalStore.Open(Directory);

    // Beside whoever holds the folder's lock, as if the lock had failed.
    public SqliteMedium OpenWithoutLock() => SqliteMedium.Open(Directory);

    public byte[] Sign(JournalHead head, string? origin = null) =>
        Signer.Sign(new Checkpoint(origin ?? Origin, head.Size, head.Root, []).Text).Write();

    // What a fault of the disk or a stranger with a shell would do to the closed journal.
    public void Tamper(string sql)
    {
        using SqliteConnection connection = new($"Data Source={Path.Combine(Directory, "journal.db")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements stand in the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        Assert.True(command.ExecuteNonQuery() > 0, sql);
    }

    public void Dispose()
    {
        Signer.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
