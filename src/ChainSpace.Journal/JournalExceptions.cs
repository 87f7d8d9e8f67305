namespace ChainSpace.Journal;

/// <summary>Another process on this machine holds the journal's folder.</summary>
public sealed class JournalInUseException(string directory, Exception cause)
    : IOException($"Another process has the journal in '{directory}' open.", cause);

/// <summary>The journal is no longer as this writer left it: somebody else has opened or extended it.</summary>
public sealed class JournalFencedException(string message) : InvalidOperationException(message);

/// <summary>
/// A write failed, so nobody here knows what the disk holds. This store answers nothing any more; opening the journal
/// again finds out and goes on.
/// </summary>
public sealed class JournalStoppedException(Exception cause)
    : InvalidOperationException($"The journal stopped when a write failed: {cause.Message}", cause);

/// <summary>Stored rows contradict each other. <see cref="Check.JournalCheck"/> names the first one that does.</summary>
public sealed class JournalCorruptException(string message) : InvalidOperationException(message);
