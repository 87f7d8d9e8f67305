using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Audit;

/// <summary>What an audit is told.</summary>
public sealed record AuditOptions
{
    /// <summary>The space the journal must be of; null takes the one it founds.</summary>
    public SpaceId? Space { get; init; }

    /// <summary>Whether signatures are verified; they are most of the work. Default true.</summary>
    public bool HasSignatures { get; init; } = true;

    /// <summary>A signed checkpoint from before, which the journal must still begin with.</summary>
    public ReadOnlyMemory<byte>? Since { get; init; }

    /// <summary>What the journal was found to be before, and must still begin with; null: nothing is known.</summary>
    public (long Size, Bytes32 Root)? Kept { get; init; }

    /// <summary>A size at which root and payouts are taken down as well; null: none.</summary>
    public long? MarkAt { get; init; }
}

/// <summary>What an audit has found; without a fault everything in the journal is as its rules say.</summary>
/// <param name="Space">The space the journal founds.</param>
/// <param name="Genesis">Its first message; null where the first entry is none that founds a space.</param>
public sealed record AuditReport(SpaceId Space, CreateSpace? Genesis)
{
    /// <summary>Entries that were found right.</summary>
    public long Entries { get; init; }

    /// <summary>Checkpoints whose signature, root and state were compared.</summary>
    public long Checkpoints { get; init; }

    /// <summary>Size of the newest of them; null where the journal has none.</summary>
    public long? Checkpoint { get; init; }

    /// <summary>Hash of the state that all entries give; null where there is a fault.</summary>
    public Bytes32? StateHash { get; init; }

    /// <summary>What the entries give at the size asked for; null where something is wrong, or they are fewer.</summary>
    public AuditMark? Mark { get; init; }

    /// <summary>What the operator has reported of the chain; empty where there is a fault, or no chain.</summary>
    public ChainReports Reports { get; init; } = new();

    /// <summary>All that is said to have been paid in; empty likewise.</summary>
    public IReadOnlyList<ReportedDeposit> Deposits { get; init; } = [];

    public TimeSpan Elapsed { get; init; }

    public AuditFault? Fault { get; init; }

    public double EntriesPerSecond => Elapsed > TimeSpan.Zero ? Entries / Elapsed.TotalSeconds : 0;
}
