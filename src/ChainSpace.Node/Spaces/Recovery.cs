using ChainSpace.Journal;
using ChainSpace.Node.Views;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.State;

namespace ChainSpace.Node.Spaces;

/// <summary>
/// The state at the journal's end: the last snapshot and the entries behind it. The journal is the truth; a snapshot that
/// is missing, damaged or ahead of the views is passed over, and the fold starts from the first entry.
/// </summary>
internal static class Recovery
{
    private const string FileName = "snapshot.bin";
    private const int EntriesAtOnce = 4_096;

    /// <summary>
    /// Folds what is not in the snapshot, tells the views what they have not seen, and erases again what was to be erased,
    /// for a crash may have come between an entry and the erasing it asks for.
    /// </summary>
    public static SpaceState Restore(string directory, JournalStore journal, (ViewStore Views, ContentStore Contents) sides)
    {
        (ViewStore views, ContentStore contents) = sides;
        if (views.Position > journal.Size) views.Drop();
        SpaceState state = ReadSnapshot(directory, Math.Min(journal.Size, views.Position)) ?? new SpaceState();
        Rulebook rulebook = new(state);
        List<CommittedEntry> batch = new(EntriesAtOnce);
        foreach (ReadOnlyMemory<byte> leaf in journal.ReadEntries(state.Size, journal.Size - state.Size))
        {
            CommittedEntry entry = Fold(rulebook, leaf);
            Erase(contents, [entry]);
            if (entry.Index.Value >= views.Position) batch.Add(entry);
            if (batch.Count == EntriesAtOnce) Flush(views, batch);
        }

        Flush(views, batch);
        return state;
    }

    /// <summary>Forgets the contents that the entries have erased.</summary>
    public static void Erase(ContentStore contents, IReadOnlyList<CommittedEntry> entries)
    {
        foreach (CommittedEntry entry in entries)
        {
            foreach (Fact fact in entry.Facts)
            {
                if (fact is Fact.ContentErased erased) contents.Erase(erased.Content);
            }
        }
    }

    /// <summary>Writes the state beside the last snapshot, then puts it in its place; a crash leaves one of them.</summary>
    public static void WriteSnapshot(string directory, SpaceState state)
    {
        string path = Path.Combine(directory, FileName), next = path + ".next";
        using (FileStream file = new(next, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
        {
            Snapshot.Write(state, file);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }

    private static SpaceState? ReadSnapshot(string directory, long limit)
    {
        string path = Path.Combine(directory, FileName);
        if (!File.Exists(path)) return null;
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
        return ReadSnapshot(file, limit);
    }

    /// <summary>The state in a snapshot; null where it is damaged, or speaks of more entries than there are.</summary>
    public static SpaceState? ReadSnapshot(Stream source, long limit)
    {
        try
        {
            SpaceState state = Snapshot.Read(source);
            return state.Size <= limit ? state : null;
        }
        catch (InvalidDataException)
        {
            // A damaged snapshot costs time, never entries: the fold starts from the first.
            return null;
        }
    }

    /// <summary>Rules once more on an entry of the journal, which cannot be refused the second time.</summary>
    public static CommittedEntry Fold(Rulebook rulebook, ReadOnlyMemory<byte> leaf)
    {
        EntryIndex index = new(rulebook.State.Size);
        if (!Entry.TryRead(leaf.Span, out Entry? entry, out WireFault? fault))
            throw new InvalidDataException($"Entry {index} of the journal is no entry: {fault}.");
        Domain domain = rulebook.State.Domain ?? Domain.Of((CreateSpace)entry.Message);
        MessageId id = TypedData.Digest(domain, entry.Message);
        if (rulebook.Apply(entry.Signed, id, entry.Moment) is { } refusal)
            throw new InvalidDataException($"The rules refuse entry {index} of the journal: {refusal}.");
        return new CommittedEntry(index, entry, id, [.. rulebook.Facts]);
    }

    private static void Flush(ViewStore views, List<CommittedEntry> batch)
    {
        if (batch.Count > 0) views.Fold(batch);
        batch.Clear();
    }
}
