using ChainSpace.Journal;
using ChainSpace.Node.Audit;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;
using Microsoft.Data.Sqlite;

namespace ChainSpace.Tests.Audit;

/// <summary>What an operator who holds the keys can make of a journal: entries, a tree over them, a checkpoint.</summary>
internal sealed class Forgery : IDisposable
{
    private readonly AuditedSpace _space;

    private Forgery(AuditedSpace space) => _space = space;

    public string Folder { get; } = Directory.CreateTempSubdirectory("forgery-").FullName;

    /// <summary>Tree and checkpoint made anew over other entries; the checkpoint vouches for the state given.</summary>
    public static Forgery Rebuilt(AuditedSpace space, IEnumerable<byte[]> entries, Bytes32? state = null)
    {
        Forgery forgery = new(space);
        using JournalStore journal = JournalStore.Open(forgery.Folder);
        journal.Append(0, [.. entries.Select(static entry => (ReadOnlyMemory<byte>)entry)]);
        journal.SaveCheckpoint(forgery.Sign(journal.Head, state ?? space.StateHash), journal.Size);
        return forgery;
    }

    /// <summary>The journal's file with something done to it behind everyone's back.</summary>
    public static Forgery Tampered(AuditedSpace space, params string[] changes)
    {
        Forgery forgery = new(space);
        foreach (string file in Directory.EnumerateFiles(space.Folder, "journal.db*"))
            File.Copy(file, Path.Combine(forgery.Folder, Path.GetFileName(file)));
        using SqliteConnection connection = new($"Data Source={Path.Combine(forgery.Folder, "journal.db")};Pooling=False");
        connection.Open();
        foreach (string change in changes)
        {
            using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements stand in the tests.
            command.CommandText = change;
#pragma warning restore CA2100
            Assert.True(command.ExecuteNonQuery() > 0, change);
        }

        return forgery;
    }

    public async Task<AuditReport> AuditAsync(AuditOptions? options = null)
    {
        using FolderSource source = new(Folder);
        return await Auditor.RunAsync(source, options ?? new AuditOptions(), null, default);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private byte[] Sign(JournalHead head, Bytes32 state)
    {
        NoteSigner signer = _space.Keys.Checkpoints;
        Checkpoint checkpoint = new(signer.Verifier.Name, head.Size, head.Root, [Checkpoint.StateLine(state)]);
        return signer.Sign(checkpoint.Text).Write();
    }
}
