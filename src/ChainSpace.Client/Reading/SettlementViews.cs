namespace ChainSpace.Client.Reading;

/// <summary>A settlement network of a node.</summary>
public sealed record NetworkView
{
    public required string Name { get; init; }

    /// <summary>Chain id (EIP-155); 0 on Sovereign.</summary>
    public required string ChainId { get; init; }

    /// <summary><c>fast</c>, <c>standard</c> or <c>strong</c>.</summary>
    public required string FinalityClass { get; init; }

    /// <summary>Seconds until a transaction sent now is final, as a rule.</summary>
    public required double SecondsToFinality { get; init; }

    /// <summary>When a transaction is final, in words.</summary>
    public required string Finality { get; init; }

    /// <summary>Seconds that a payout root waits for a challenge, in spaces without witnesses; 0 on Sovereign.</summary>
    public required long WindowSeconds { get; init; }

    /// <summary>
    /// Cost of an anchor at the fees of now, in the coin's smallest unit, as are all costs; null where it is unknown.
    /// </summary>
    public string? AnchorCost { get; init; }

    /// <summary>Cost of making an anchor good, beside the anchor's own: to propose it and to promote it.</summary>
    public string? GoodCost { get; init; }

    /// <summary>Cost of a repeated claim, for whoever claims.</summary>
    public string? ClaimCost { get; init; }

    /// <summary>Cost of founding a space: its vault.</summary>
    public string? VaultCost { get; init; }

    /// <summary>The chain's coin.</summary>
    public required string Coin { get; init; }

    /// <summary>Whom one must trust there, in a phrase.</summary>
    public required string Trust { get; init; }

    /// <summary>Page about a transaction, with <c>{transaction}</c> in place of its hash; null where there is none.</summary>
    public string? Explorer { get; init; }

    /// <summary>True where the node can reach it now.</summary>
    public required bool IsUp { get; init; }

    /// <summary>Why the node cannot use it, in a sentence; null where it can, or was not asked to.</summary>
    public string? Complaint { get; init; }
}

/// <summary>A space's vault and how far the chain has come with it.</summary>
public sealed record VaultView
{
    public required string Network { get; init; }
    public required string ChainId { get; init; }

    /// <summary>The vault's address, 20 bytes.</summary>
    public required string Vault { get; init; }

    /// <summary>The ERC-20 that is the space's money; the zero address: the chain's own coin.</summary>
    public required string Asset { get; init; }

    /// <summary>An endpoint of the network that a client may use; null where the operator names none.</summary>
    public string? Rpc { get; init; }

    /// <summary>What <c>Expedite</c> must offer in all so that this node anchors at once, in minor units.</summary>
    public string? PriorityPrice { get; init; }

    /// <summary>The anchor that may be claimed against; null before the first.</summary>
    public AnchorView? Good { get; init; }

    /// <summary>Anchors, newest first, at most 50.</summary>
    public required IReadOnlyList<AnchorView> Anchors { get; init; }
}

/// <summary>An anchor of a space.</summary>
/// <param name="Size">Entries it covers.</param>
/// <param name="State"><c>signing</c>, <c>sending</c>, <c>anchored</c>, <c>final</c>, <c>proposed</c> or <c>good</c>.</param>
/// <param name="PayoutRoot">What may be claimed by it once it is good.</param>
/// <param name="Transaction">Hash of the transaction that sent it; null while there is none.</param>
/// <param name="Height">Block of that transaction; null while there is none.</param>
public sealed record AnchorView(string Size, string State, string PayoutRoot, string? Transaction, string? Height);

/// <summary>What an account may claim by the good anchor, with the proof.</summary>
public sealed record PayoutView
{
    public required string Account { get; init; }

    /// <summary>Entries the anchor covers.</summary>
    public required string Size { get; init; }
    public required string PayoutRoot { get; init; }

    /// <summary>All it may claim, ever, in minor units.</summary>
    public required string Claimable { get; init; }

    /// <summary>What the space moved to it, or from it where negative.</summary>
    public required string Net { get; init; }

    /// <summary>Sibling hashes from the leaf to the root.</summary>
    public required IReadOnlyList<string> Proof { get; init; }
}

/// <summary>An account's money on its way between a space and its chain, all in minor units.</summary>
public sealed record MoneyView
{
    public required string Account { get; init; }

    /// <summary>Free to lock in rewards or to withdraw.</summary>
    public required string Available { get; init; }

    /// <summary>Locked in tasks.</summary>
    public required string Escrowed { get; init; }

    /// <summary>
    /// Deposits the chain shows and does not yet hold for final, oldest first, at most 50: one endpoint's word, and any may
    /// vanish.
    /// </summary>
    public required IReadOnlyList<PendingDepositView> Deposits { get; init; }

    /// <summary>Withdrawn, and waiting for an anchor that covers it to become good.</summary>
    public required string Waiting { get; init; }

    /// <summary>May be claimed from the vault now.</summary>
    public required string Claimable { get; init; }

    /// <summary>Claimed from the vault so far.</summary>
    public required string Claimed { get; init; }
}

/// <summary>A deposit that is not final.</summary>
/// <param name="Amount">What came in, in minor units.</param>
/// <param name="Height">Block of its transaction.</param>
/// <param name="Transaction">Hash of its transaction.</param>
public sealed record PendingDepositView(string Amount, string Height, string Transaction);
