using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Networks;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Transactions;
using ChainSpace.Node.Settlement;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Tests.Chains;

namespace ChainSpace.Tests.Settlement;

/// <summary>What an operator says of contracts is believed by nobody: the chain is asked.</summary>
public sealed class NetworkContractsTests
{
    private static readonly Address _nobody = Address.Parse("0x00000000000000000000000000000000000000aa");

    [Fact]
    public async Task Contracts_are_taken_for_what_the_chain_says_they_are()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner wallet = await chain.WalletAsync();
        Address factory = (await chain.CallAsync(wallet, VaultFactory.Deploy())).Created!.Value;
        Address token = (await SixDigits.DeployAsync(chain, wallet, "EURX")).Address;
        Address odd = (await SixDigits.DeployAsync(chain, wallet, "EUR-X\n")).Address;
        ChainCall almost = new(null, Wei.Zero, Almost(ContractCode.VaultFactory));
        Address other = (await chain.CallAsync(wallet, almost)).Created!.Value;

        Assert.Equal(new AssetSetup(token, "EURX", 6), await FitAsync(chain, factory, new AssetTerms(token, null, null)));
        Assert.Equal(new AssetSetup(token, "EURX", 6), await FitAsync(chain, null, new AssetTerms(token, "EURX", 6)));
        Assert.Null(await FitAsync(chain, factory, null));

        await RefusedAsync($"there is no contract at the 'factory' {_nobody}", chain, _nobody, null);
        await RefusedAsync($"the contract at the 'factory' {token} is not the vault factory of this version", chain, token, null);
        await RefusedAsync($"the contract at the 'factory' {other} is not the vault factory of this version", chain, other, null);
        await RefusedAsync($"there is no contract at the 'asset' {_nobody}", chain, factory, new(_nobody, null, null));
        await RefusedAsync($"the 'asset' {factory} does not say its symbol and decimals", chain, null, new(factory, null, null));
        await RefusedAsync($"the 'asset' {token} has 6 decimals, and the 'decimals' are 18", chain, null, new(token, "EURX", 18));
        await RefusedAsync(
            $"the 'asset' {token} calls itself 'EURX', and the 'symbol' is 'USDC'", chain, null, new(token, "USDC", 6));
        await RefusedAsync(
            "the 'asset' calls itself 'EUR-X'; a space's money has 1 to 12 letters or digits", chain, null, new(odd, null, 6));
    }

    [Fact]
    public async Task A_chain_of_another_id_and_one_that_is_silent_are_said()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        NetworkSetup setup = Setup(null, null) with { ChainId = new ChainId(5) };
        Assert.Equal(
            new ContractFinding.Unusable(
                "Network 'far' cannot be used: its endpoint serves chain 31337, not 5."),
            await NetworkContracts.LookAsync(Pool(new ChainId(5), chain.Endpoint), setup, default));

        using HttpClient http = RpcEndpoint.CreateClient();
        Uri nowhere = new($"http://127.0.0.1:{FaultyServer.FreePort()}/");
        RpcEndpoint silent = new(nowhere, http, new RpcLimits(), TimeProvider.System);
        ContractFinding finding = await NetworkContracts.LookAsync(Pool(LocalChain.Id, silent), Setup(null, null), default);
        string sentence = Assert.IsType<ContractFinding.Unusable>(finding).Sentence;
        Assert.StartsWith("Network 'far' does not answer yet: ", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_endpoints_must_agree_on_what_stands_there()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner wallet = await chain.WalletAsync();
        Address token = (await SixDigits.DeployAsync(chain, wallet, "EURX")).Address;
        using FaultyServer liar = new(chain.Url);
        RpcPool pool = new(LocalChain.Id, [chain.Endpoint, liar.Endpoint], 2, TimeProvider.System, new Random(1));
        NetworkSetup setup = Setup(null, new AssetTerms(token, null, null));
        Assert.Equal(
            new ContractFinding.Fit(new AssetSetup(token, "EURX", 6)), await NetworkContracts.LookAsync(pool, setup, default));

        // The decimals are the last call; a word of 32 bytes with another last digit.
        liar.Lie = static (method, _, truth) => method == "eth_call" && truth!.GetValue<string>() is { Length: 66 } word
            ? word[..^1] + "8"
            : truth;
        Assert.IsType<ContractFinding.Unusable>(await NetworkContracts.LookAsync(pool, setup, default));
    }

    private static async Task<AssetSetup?> FitAsync(LocalChain chain, Address? factory, AssetTerms? asset) =>
        Assert.IsType<ContractFinding.Fit>(await LookAsync(chain, factory, asset)).Asset;

    private static async Task RefusedAsync(string why, LocalChain chain, Address? factory, AssetTerms? asset) => Assert.Equal(
        new ContractFinding.Unusable($"Network 'far' cannot be used: {why}."), await LookAsync(chain, factory, asset));

    private static Task<ContractFinding> LookAsync(LocalChain chain, Address? factory, AssetTerms? asset) =>
        NetworkContracts.LookAsync(Pool(LocalChain.Id, chain.Endpoint), Setup(factory, asset), default);

    private static RpcPool Pool(ChainId id, RpcEndpoint endpoint) => new(id, [endpoint], 1, TimeProvider.System, new Random(1));

    // The last byte of the code is of its metadata, which nobody runs.
    private static byte[] Almost(ReadOnlyMemory<byte> code)
    {
        byte[] bytes = code.ToArray();
        bytes[^1] ^= 1;
        return bytes;
    }

    private static NetworkSetup Setup(Address? factory, AssetTerms? asset) => new()
    {
        Name = "far",
        ChainId = LocalChain.Id,
        Terms = new FinalityTerms(
            new FinalityRule.Confirmations(0), FinalityClass.Fast, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)),
        FeeCeiling = Wei.FromGwei(100),
        Coin = "ETH",
        Factory = factory,
        Asset = asset,
    };
}
