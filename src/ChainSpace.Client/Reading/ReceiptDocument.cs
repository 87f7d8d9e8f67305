namespace ChainSpace.Client.Reading;

/// <summary>A portable proof that the journal holds an entry; spec/receipt.md says how to check it.</summary>
public sealed record ReceiptDocument
{
    public const string CurrentFormat = "chainspace-receipt/v1";

    public required string Format { get; init; }
    public required string Space { get; init; }
    public required string Index { get; init; }

    /// <summary>The journal's leaf, as text.</summary>
    public required string Entry { get; init; }

    /// <summary>Inclusion proof from leaf to root, 32-byte hashes.</summary>
    public required IReadOnlyList<string> Proof { get; init; }

    /// <summary>Signed note (C2SP tlog-checkpoint).</summary>
    public required string Checkpoint { get; init; }
    public required ProvenEntry Genesis { get; init; }

    /// <summary>The delegation, where a session key signed.</summary>
    public ProvenEntry? Delegation { get; init; }

    /// <summary>
    /// How far the proof had come when it was fetched: <c>checkpointed</c>, <c>witnessed</c>, <c>anchored</c> or
    /// <c>final</c>. The node's word, for people; what is proved follows from the rest.
    /// </summary>
    public string? State { get; init; }

    /// <summary>The space's witnesses who vouch for the checkpoint, as <c>Anchor</c> of spec/settlement.md; null: none.</summary>
    public VouchProof? Witnesses { get; init; }

    /// <summary>Where the checkpoint's root stands on a chain; null while it does not.</summary>
    public AnchorProof? Anchor { get; init; }

    /// <summary>P-256 key (x ‖ y) of the signer; null for wallets.</summary>
    public string? Key { get; init; }

    /// <summary>P-256 key (x ‖ y) of the account that delegated; null for wallets and without delegation.</summary>
    public string? AccountKey { get; init; }
}

/// <summary>Who vouches for a checkpoint.</summary>
/// <param name="Set">Addresses of all the space's witnesses, ascending: their hash stands in the vault's terms.</param>
/// <param name="Signatures">Of those who do.</param>
public sealed record VouchProof(IReadOnlyList<string> Set, IReadOnlyList<WitnessSignature> Signatures);

/// <summary>
/// A block that holds the checkpoint's root, and the transaction that put it there. Chain and vault follow from the
/// genesis, unless the root is shared; anybody with an endpoint of that chain can look.
/// </summary>
public sealed record AnchorProof(string Height, string Transaction)
{
    /// <summary>How the checkpoint is proved by a super-root; null where it stands in the space's own vault.</summary>
    public SharedProof? Shared { get; init; }
}

/// <summary>A checkpoint under a super-root: a leaf of space, size, root and these two roots, and the path up to it.</summary>
/// <param name="ChainId">The chain whose block it is (EIP-155).</param>
/// <param name="Anchorage">The contract that says so.</param>
/// <param name="SuperRoot">What it says.</param>
/// <param name="PayoutRoot">Root of the payout tree; zero for a space without a vault.</param>
/// <param name="ReputationRoot">Root of the score tree.</param>
/// <param name="Proof">Sibling hashes from the leaf up to the super-root.</param>
public sealed record SharedProof(
    string ChainId, string Anchorage, string SuperRoot, string PayoutRoot, string ReputationRoot, IReadOnlyList<string> Proof);

/// <summary>Another entry of the same journal with its proof in the same checkpoint.</summary>
public sealed record ProvenEntry(string Index, string Entry, IReadOnlyList<string> Proof);
