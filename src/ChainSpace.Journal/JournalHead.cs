using ChainSpace.Protocol;

namespace ChainSpace.Journal;

/// <summary>What the journal holds and who may extend it: every opening raises the epoch, which fences older writers.</summary>
public readonly record struct JournalHead(long Size, Bytes32 Root, long Epoch);

/// <summary>A signed note kept for good, with the size its checkpoint speaks about.</summary>
public sealed record SavedCheckpoint(long Size, ReadOnlyMemory<byte> Note);
