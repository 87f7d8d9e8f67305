using ChainSpace.Journal;
using ChainSpace.Journal.Check;
using ChainSpace.Protocol.Merkle;

namespace ChainSpace.Node.Audit;

/// <summary>
/// Where an audit gets a journal from. Nothing it hands out is trusted. Any number of threads read; one opens it before.
/// </summary>
/// <exception cref="UnreadableJournalException">Any member: there is no journal, or it does not answer.</exception>
public interface IJournalSource : IDisposable
{
    /// <summary>How many entries there are now, as the source says; what comes later is not looked at.</summary>
    Task<long> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Entries in order; fewer than asked for where one is missing.</summary>
    Task<EntryBatch> ReadAsync(long from, int count, CancellationToken cancellationToken);

    /// <summary>The checkpoint of the smallest size not below this one; null where there is none.</summary>
    SavedCheckpoint? CheckpointAtOrAfter(long size);

    /// <summary>
    /// A check of the tree kept beside the entries, for whoever passes it the hashes of all entries there were when the
    /// source was opened; null where there is no such tree.
    /// </summary>
    JournalCheck? BeginTreeCheck(NoteVerifier verifier);

    /// <summary>Reads everything once more for what contradicts itself; without a verifier, but for signatures.</summary>
    JournalFault? CheckTree(NoteVerifier? verifier);
}

/// <summary>There is no journal to audit, or it cannot be reached. Says nothing about the journal itself.</summary>
public sealed class UnreadableJournalException(string message, Exception? cause = null) : IOException(message, cause);
