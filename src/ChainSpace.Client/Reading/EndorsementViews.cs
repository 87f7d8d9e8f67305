namespace ChainSpace.Client.Reading;

/// <summary>An anchor as the witnesses of a space sign it, and who has: <c>Anchor</c> of spec/settlement.md.</summary>
public sealed record EndorsementView
{
    /// <summary>Entries the anchor covers.</summary>
    public required string Size { get; init; }

    /// <summary>The journal's root at that size.</summary>
    public required string Root { get; init; }

    /// <summary>Root of the payout tree at that size.</summary>
    public required string PayoutRoot { get; init; }

    /// <summary>The contract in whose domain it is signed.</summary>
    public required string Vault { get; init; }

    public required string ChainId { get; init; }

    /// <summary>Signatures that make the root good.</summary>
    public required int Threshold { get; init; }

    /// <summary>Addresses of all who may sign, ascending.</summary>
    public required IReadOnlyList<string> Witnesses { get; init; }

    /// <summary>What the node has so far.</summary>
    public required IReadOnlyList<WitnessSignature> Signatures { get; init; }
}

/// <summary>One witness's word for an anchor.</summary>
/// <param name="Witness">Its address, 20 bytes.</param>
/// <param name="Signature">65 bytes r ‖ s ‖ v over the EIP-712 digest, in hexadecimal after <c>0x</c>.</param>
public sealed record WitnessSignature(string Witness, string Signature);
