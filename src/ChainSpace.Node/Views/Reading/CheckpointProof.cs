using ChainSpace.Client.Reading;

namespace ChainSpace.Node.Views.Reading;

/// <summary>What witnesses or a chain say of a checkpoint.</summary>
/// <param name="Size">Entries the checkpoint covers.</param>
public sealed record CheckpointProof(long Size, ProofState State)
{
    /// <summary>The block that holds it.</summary>
    public AnchorProof? Anchor { get; init; }

    /// <summary>Who vouches for it.</summary>
    public VouchProof? Witnesses { get; init; }
}

/// <summary>How far the proof of an entry has come; each is worth more than those before it.</summary>
public enum ProofState
{
    /// <summary>The space's key has signed a journal with it.</summary>
    Checkpointed,

    /// <summary>As many witnesses as the space wants vouch for that.</summary>
    Witnessed,

    /// <summary>A chain's block holds that, and may still be replaced.</summary>
    Anchored,

    /// <summary>A block that is final by the network's rule holds that.</summary>
    Final,
}
