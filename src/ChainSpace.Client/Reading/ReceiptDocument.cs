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

    /// <summary>Where the checkpoint's root stands on the space's chain for good; null while it does not.</summary>
    public AnchorProof? Anchor { get; init; }

    /// <summary>P-256 key (x ‖ y) of the signer; null for wallets.</summary>
    public string? Key { get; init; }

    /// <summary>P-256 key (x ‖ y) of the account that delegated; null for wallets and without delegation.</summary>
    public string? AccountKey { get; init; }
}

/// <summary>
/// A final block that holds the checkpoint's root, and the transaction that put it there. Chain and vault follow from the
/// genesis, so anybody with an endpoint of that chain can look.
/// </summary>
public sealed record AnchorProof(string Height, string Transaction);

/// <summary>Another entry of the same journal with its proof in the same checkpoint.</summary>
public sealed record ProvenEntry(string Index, string Entry, IReadOnlyList<string> Proof);
