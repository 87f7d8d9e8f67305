using System.Globalization;
using ChainSpace.Chains;
using ChainSpace.Chains.Abi;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Networks;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Sending;
using ChainSpace.Chains.Transactions;
using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Node.Settlement;

/// <summary>
/// A wallet that pays on the chain of a space. What it sends is remembered in a file, so an act that was interrupted leaves
/// no doubt about what was paid.
/// </summary>
internal sealed class PayingWallet : IDisposable
{
    private const int ObjectionsToBelieve = 5;

    private static readonly AbiSignature Mint = AbiSignature.Parse("mint(address,uint256)");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    private readonly HttpClient http;
    private readonly Sender sender;

    private PayingWallet(VaultView view, RpcPool pool, (HttpClient, Sender) parts)
    {
        (View, Pool) = (view, pool);
        (http, sender) = parts;
        (Vault, Asset) = (Address.Parse(view.Vault), Address.Parse(view.Asset));
    }

    public VaultView View { get; }

    public RpcPool Pool { get; }

    public Address Vault { get; }

    /// <summary>The ERC-20 that is the space's money; zero: the chain's coin.</summary>
    public Address Asset { get; }

    public Address Payer => sender.Account;

    /// <summary>Opens the chain of a vault with a wallet that stays the caller's.</summary>
    /// <param name="view">What the node says of the vault.</param>
    /// <param name="wallet">Pays for everything.</param>
    /// <param name="file">Remembers what was sent; one process at a time.</param>
    public static PayingWallet Open(VaultView view, WalletSigner wallet, string file)
    {
        ChainId chain = new(ulong.Parse(view.ChainId, NumberStyles.None, CultureInfo.InvariantCulture));
        HttpClient http = RpcEndpoint.CreateClient();
        RpcEndpoint endpoint = new(new Uri(view.Rpc), http, new RpcLimits(), TimeProvider.System);
        RpcPool pool = new(chain, [endpoint], 1, TimeProvider.System, new Random());
        SenderOptions options = new()
        {
            FeeCeiling = Wei.FromGwei(1_000),
            Finality = new FinalityRule.Confirmations(0),
        };
        return new PayingWallet(view, pool, (http, Sender.Open(file, wallet, pool, options, TimeProvider.System)));
    }

    /// <summary>Pays into the vault for an account; its transaction.</summary>
    public async Task<TransactionHash> DepositAsync(AccountId to, Amount money, CancellationToken cancellationToken)
    {
        VaultCalls vault = new(Vault);
        if (Asset == Address.Zero)
            return await SendAsync("deposit", vault.Deposit(to, new Wei(money.Units)), cancellationToken);
        await SendAsync("approve", new Erc20(Asset).Approve(Vault, money.Units), cancellationToken);
        return await SendAsync("deposit", vault.DepositTokens(to, money.Units), cancellationToken);
    }

    /// <summary>Makes coins and test money out of nothing, which only a local network does.</summary>
    public async Task GiveAsync(Amount money, CancellationToken cancellationToken)
    {
        await LocalCoins.GiveAsync(new Uri(View.Rpc), Payer, cancellationToken);
        if (Asset == Address.Zero) return;
        await SendAsync("mint", new ChainCall(Asset, Wei.Zero, Mint.Encode(Payer, money.Units)), cancellationToken);
    }

    /// <summary>Sends a call and waits until a block has it; its transaction.</summary>
    public async Task<TransactionHash> SendAsync(string what, ChainCall call, CancellationToken cancellationToken)
    {
        Answer<Gas> gas = await sender.EstimateAsync(call, cancellationToken);
        if (!gas.IsGood) throw new ChainException($"The chain does not take it ({what}): {gas.Fault}");
        string key = $"{what}:{Guid.NewGuid():n}";
        sender.Submit(new Intent(key, call, gas.Value));
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(Patience);
        int objections = 0;
        while (true)
        {
            SenderReport report = await sender.StepAsync(late.Token);
            switch (sender.StateOf(key))
            {
                case IntentState.Final { Succeeded: true } final: return final.Transaction;
                case IntentState.Final final: throw new ChainException($"The transaction {final.Transaction} failed ({what}).");
                case IntentState.Displaced:
                    throw new ChainException($"Another transaction of this wallet took its place ({what}).");
            }

            // What is mined between two looks is objected to once; the next look finds it in its block.
            objections = report.Objection is null ? 0 : objections + 1;
            if (objections == ObjectionsToBelieve)
                throw new ChainException($"The chain does not take it ({what}): {report.Objection}");
            await Task.Delay(Beat, late.Token);
        }
    }

    public void Dispose()
    {
        sender.Dispose();
        http.Dispose();
    }
}
