using System.Globalization;

namespace ChainSpace.Chains.Networks;

/// <summary>A network's finality, and what one must believe in there, in words.</summary>
public static class NetworkWords
{
    /// <summary>When a transaction counts, and after how long as a rule.</summary>
    public static string Finality(FinalityTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        string when = terms.Rule switch
        {
            FinalityRule.Confirmations(0) => "in its block",
            FinalityRule.Confirmations(1) => "one block later",
            FinalityRule.Confirmations(var blocks) => $"{blocks.ToString(CultureInfo.InvariantCulture)} blocks later",
            FinalityRule.Safe => "in a block the network calls safe",
            FinalityRule.Finalized => "in a block the network has finalized",
        };
        return $"{when}, about {Duration.Write(terms.BlockTime + terms.Delay)}";
    }

    /// <summary>What one must believe in to settle here, in a phrase.</summary>
    public static string Trust(NetworkOptions network)
    {
        ArgumentNullException.ThrowIfNull(network);
        string makers = network.Finality.Rule switch
        {
            FinalityRule.Confirmations(0) => "nobody takes a block back",
            FinalityRule.Confirmations(1) => "nobody takes two blocks back",
            FinalityRule.Confirmations(var blocks) =>
                $"nobody takes {(blocks + 1).ToString(CultureInfo.InvariantCulture)} blocks back",
            FinalityRule.Safe => "most who secure the network are honest",
            FinalityRule.Finalized => "a third of those who secure the network keep their stake rather than cheat",
        };
        string readers = network.Rpc.Agreement == 1
            ? "the RPC endpoint asked tells the truth"
            : string.Create(CultureInfo.InvariantCulture, $"not all of {network.Rpc.Agreement} RPC endpoints lie together");
        return $"{makers}; {readers}";
    }
}
