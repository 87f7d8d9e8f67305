using System.Globalization;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Networks;
using ChainSpace.Chains.Rpc;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Node.Settlement;

/// <summary>What the contracts that an operator named are found to be.</summary>
public abstract record ContractFinding
{
    private ContractFinding()
    {
    }

    /// <summary>They are what they should be; the money of new spaces, null for none that was named.</summary>
    public sealed record Fit(AssetSetup? Asset) : ContractFinding;

    /// <summary>Nothing can be founded with them now; one sentence says why.</summary>
    public sealed record Unusable(string Sentence) : ContractFinding;
}

/// <summary>
/// Looks at the factory and the token that an operator named, before anything is founded with them: a vault of another
/// factory could be anybody's, and decimals that are wrong make every amount wrong.
/// </summary>
public static class NetworkContracts
{
    private static readonly Bytes32 Ours = Keccak256.Hash(ContractCode.DeployedVaultFactory.Span);
    private static readonly Bytes32 Nothing = Keccak256.Hash([]);

    public static async Task<ContractFinding> LookAsync(
        RpcPool pool, NetworkSetup setup, CancellationToken cancellationToken)
    {
        // Whether anybody answers, for this chain, is said even where no contract is named.
        Answer<BlockNumber> head = await pool.AskAsync(Chain.Head, cancellationToken);
        if (!head.IsGood) return Silent(setup, head.Fault);
        if (setup.Factory is { } factory)
        {
            Answer<Bytes32> code = await CodeAsync(pool, factory, cancellationToken);
            if (!code.IsGood) return Silent(setup, code.Fault);
            if (Wrong(code.Value, factory) is { } wrong) return Refuse(setup, wrong);
        }

        return setup.Asset is { } asset
            ? await LookAsync(pool, setup, asset, cancellationToken)
            : new ContractFinding.Fit(null);
    }

    private static string? Wrong(Bytes32 code, Address factory)
    {
        if (code == Ours) return null;
        return code == Nothing
            ? $"there is no contract at the 'factory' {factory}"
            : $"the contract at the 'factory' {factory} is not the vault factory of this version";
    }

    private static async Task<ContractFinding> LookAsync(
        RpcPool pool, NetworkSetup setup, AssetTerms terms, CancellationToken cancellationToken)
    {
        Answer<Bytes32> code = await CodeAsync(pool, terms.Address, cancellationToken);
        if (!code.IsGood) return Silent(setup, code.Fault);
        if (code.Value == Nothing) return Refuse(setup, $"there is no contract at the 'asset' {terms.Address}");
        Erc20 token = new(terms.Address);
        Answer<string> symbol = await pool.AskSurelyAsync(token.Symbol(), cancellationToken);
        Answer<int> decimals = await pool.AskSurelyAsync(token.Decimals(), cancellationToken);
        RpcFault? fault = symbol.Fault ?? decimals.Fault;
        if (IsNoToken(fault)) return Refuse(setup, $"the 'asset' {terms.Address} does not say its symbol and decimals");
        return fault is null ? Judge(setup, terms, (symbol.Value!, decimals.Value)) : Silent(setup, fault);
    }

    private static ContractFinding Judge(NetworkSetup setup, AssetTerms terms, (string Symbol, int Decimals) found)
    {
        string symbol = Cut(found.Symbol);
        string decimals = found.Decimals.ToString(CultureInfo.InvariantCulture);
        if (terms.Symbol is { } name && name != found.Symbol)
            return Refuse(setup, $"the 'asset' {terms.Address} calls itself '{symbol}', and the 'symbol' is '{name}'");
        if (terms.Decimals is { } digits && digits != found.Decimals)
            return Refuse(setup, $"the 'asset' {terms.Address} has {decimals} decimals, and the 'decimals' are {digits}");
        if (!FoundingTerms.IsCurrency(found.Symbol))
            return Refuse(setup, $"the 'asset' calls itself '{symbol}'; a space's money has 1 to 12 letters or digits");
        return found.Decimals <= FoundingTerms.DecimalsMax
            ? new ContractFinding.Fit(new AssetSetup(terms.Address, found.Symbol, (uint)found.Decimals))
            : Refuse(setup, $"the 'asset' has {decimals} decimals; a space's money has at most {FoundingTerms.DecimalsMax}");
    }

    // A contract that has no such function reverts, or answers with something else.
    private static bool IsNoToken(RpcFault? fault) => fault switch
    {
        RpcFault.Reverted or RpcFault.Malformed => true,
        RpcFault.AllFailed failed => failed.Faults.All(IsNoToken),
        RpcFault.Disagreement { Answers: 0, Last: var last } => IsNoToken(last),
        _ => false,
    };

    // A stranger's text, as long as the stranger likes.
    private static string Cut(string symbol) =>
        string.Concat(symbol.Where(static letter => !char.IsControl(letter)).Take(FoundingTerms.SymbolMax));

    private static Task<Answer<Bytes32>> CodeAsync(RpcPool pool, Address contract, CancellationToken cancellationToken) =>
        pool.AskSurelyAsync(
            Chain.Code(contract, new BlockTag.Latest()).Then<Bytes32>(code => Keccak256.Hash(code.Span)), cancellationToken);

    private static ContractFinding.Unusable Refuse(NetworkSetup setup, string why) =>
        new($"Network '{setup.Name}' cannot be used: {why}.");

    private static ContractFinding.Unusable Silent(NetworkSetup setup, RpcFault fault) => new(fault is RpcFault.WrongChain wrong
        ? $"Network '{setup.Name}' cannot be used: its endpoint serves chain {wrong.Found}, not {wrong.Expected}."
        : $"Network '{setup.Name}' does not answer yet: {fault}.");
}
