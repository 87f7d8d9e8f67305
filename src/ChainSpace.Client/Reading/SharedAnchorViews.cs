namespace ChainSpace.Client.Reading;

/// <summary>
/// A space's newest head under the super-root that stands on a network, with all that its anchorage wants to see
/// (<c>IAnchorage.verify</c> of spec/settlement.md).
/// </summary>
public sealed record SharedAnchorView
{
    public required string Network { get; init; }
    public required string ChainId { get; init; }

    /// <summary>An endpoint of the network that a client may use; null where the operator names none.</summary>
    public string? Rpc { get; init; }

    /// <summary>The contract that holds the super-root, 20 bytes.</summary>
    public required string Anchorage { get; init; }

    /// <summary>Whose slot it is in, 20 bytes.</summary>
    public required string Operator { get; init; }

    /// <summary>The slot before.</summary>
    public required string PreviousHead { get; init; }
    public required string SuperRoot { get; init; }

    /// <summary>Entries of the space that it covers.</summary>
    public required string Size { get; init; }

    /// <summary>The journal's root at that size.</summary>
    public required string Root { get; init; }

    /// <summary>Root of the payout tree; zero for a space without a vault.</summary>
    public required string PayoutRoot { get; init; }

    /// <summary>Root of the score tree.</summary>
    public required string ReputationRoot { get; init; }

    /// <summary>Sibling hashes from the space's leaf up to the super-root.</summary>
    public required IReadOnlyList<string> Proof { get; init; }

    /// <summary>The final block that holds it.</summary>
    public required string Height { get; init; }

    /// <summary>Hash of its transaction.</summary>
    public required string Transaction { get; init; }
}

/// <summary>An account's reputation as it stands on a network, with the proofs that a contract there checks.</summary>
public sealed record ScoresView(SharedAnchorView Anchor, IReadOnlyList<ScoreView> Scores);

/// <summary>A score in one category (<c>Score</c> of spec/settlement.md).</summary>
/// <param name="Score">Expected share of good outcomes, in parts per million.</param>
/// <param name="Bound">What it exceeds with 95 % confidence, likewise.</param>
/// <param name="Count">Weight of the settled answers behind it, in parts per million of a new one; falls with age.</param>
/// <param name="Proof">Sibling hashes up to the reputation root.</param>
public sealed record ScoreView(string Category, string Score, string Bound, string Count, IReadOnlyList<string> Proof);
