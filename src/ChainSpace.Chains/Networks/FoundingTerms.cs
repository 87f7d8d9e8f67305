namespace ChainSpace.Chains.Networks;

/// <summary>What new spaces of a network are founded with, as far as its operator chooses.</summary>
public sealed record FoundingTerms
{
    /// <summary>Most digits after the point that a space's money has.</summary>
    public const uint DecimalsMax = 18;

    /// <summary>Longest name of a space's money.</summary>
    public const int SymbolMax = 12;

    /// <summary>Longest window and wait for the end that a vault's terms can hold, in seconds.</summary>
    internal const uint SecondsMax = uint.MaxValue;

    /// <summary>Whether a space's money may be called this.</summary>
    public static bool IsCurrency(string? text) =>
        text is { Length: >= 1 and <= SymbolMax } && text.All(char.IsAsciiLetterOrDigit);

    /// <summary>An existing vault factory of ours; null: the node deploys one.</summary>
    public Address? Factory { get; init; }

    /// <summary>The ERC-20 that is the money of new spaces; null: the network's own coin.</summary>
    public AssetTerms? Asset { get; init; }

    /// <summary>How long a proposed root waits for a challenge. Default a day.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long after the last good root anybody may end a space. Default seven days.</summary>
    public TimeSpan ExitAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Price of the first challenge, in the coin's smallest unit. Default a hundredth of a coin.</summary>
    public Wei Bond { get; init; } = new(10_000_000_000_000_000);
}

/// <summary>A token as the operator names it; what is left out, the contract says.</summary>
/// <param name="Address">Where it stands.</param>
/// <param name="Symbol">What it must call itself; null: anything a space can call its money.</param>
/// <param name="Decimals">Digits after the point it must have; null: whatever it has.</param>
public sealed record AssetTerms(Address Address, string? Symbol, uint? Decimals);

/// <summary>How often spaces of a network anchor.</summary>
/// <param name="LongestWait">Longest that anything new waits for an anchor; null: as the node has it.</param>
/// <param name="ShortestPause">Shortest time between two anchors; null: as the node has it.</param>
public sealed record AnchorPace(TimeSpan? LongestWait, TimeSpan? ShortestPause);
