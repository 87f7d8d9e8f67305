using System.Diagnostics;
using System.Globalization;
using ChainSpace.Chains;
using ChainSpace.Chains.Abi;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Networks;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Sending;
using ChainSpace.Chains.Transactions;
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
    private const int Tries = 8;

    private static readonly AbiSignature Mint = AbiSignature.Parse("mint(address,uint256)");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    private readonly HttpClient http;
    private readonly Sender sender;

    private PayingWallet(VaultPlace place, RpcPool pool, (HttpClient, Sender) parts)
    {
        (Place, Pool) = (place, pool);
        (http, sender) = parts;
    }

    public VaultPlace Place { get; }

    public RpcPool Pool { get; }

    public Address Vault => Place.Vault;

    /// <summary>The ERC-20 that is the space's money; zero: the chain's coin.</summary>
    public Address Asset => Place.Asset;

    public Address Payer => sender.Account;

    /// <summary>Opens the chain of a vault with a wallet that stays the caller's.</summary>
    /// <param name="place">Where the vault stands.</param>
    /// <param name="wallet">Pays for everything.</param>
    /// <param name="file">Remembers what was sent; one process at a time.</param>
    public static PayingWallet Open(VaultPlace place, WalletSigner wallet, string file)
    {
        HttpClient http = RpcEndpoint.CreateClient();
        RpcEndpoint endpoint = new(place.Rpc, http, new RpcLimits(), TimeProvider.System);
        RpcPool pool = new(place.Chain, [endpoint], 1, TimeProvider.System, new Random());
        SenderOptions options = new()
        {
            FeeCeiling = Wei.FromGwei(1_000),
            Finality = new FinalityRule.Confirmations(0),
        };
        return new PayingWallet(place, pool, (http, Sender.Open(file, wallet, pool, options, TimeProvider.System)));
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
        await LocalCoins.GiveAsync(Place.Rpc, Payer, cancellationToken);
        if (Asset == Address.Zero) return;
        await SendAsync("mint", new ChainCall(Asset, Wei.Zero, Mint.Encode(Payer, money.Units)), cancellationToken);
    }

    /// <summary>What the chain answers.</summary>
    /// <exception cref="ChainException">It does not.</exception>
    public async Task<T> AskAsync<T>(RpcCall<T> question, CancellationToken cancellationToken)
        where T : notnull
    {
        Answer<T> answer = await Pool.AskAsync(question, cancellationToken);
        return answer.IsGood ? answer.Value : throw new ChainException($"The chain does not answer: {answer.Fault}");
    }

    /// <summary>Sends a call and waits until a block has it; its transaction.</summary>
    public async Task<TransactionHash> SendAsync(string what, ChainCall call, CancellationToken cancellationToken)
    {
        string key = $"{what}:{Guid.NewGuid():n}";
        await SubmitAsync(key, call, cancellationToken);
        return await FinishAsync(key, cancellationToken);
    }

    /// <summary>
    /// Sends a call that this wallet may have begun before: what a crash left under way is waited for, not sent a second
    /// time. Whoever calls has looked at the chain: what is over already has not done it.
    /// </summary>
    /// <param name="key">Names for ever what is to be done.</param>
    public async Task<TransactionHash> SendOnceAsync(string key, ChainCall call, CancellationToken cancellationToken) =>
        await FinishAsync(await SubmitOnceAsync(key, call, cancellationToken), cancellationToken);

    /// <summary>The same with many calls at once, in their order.</summary>
    public async Task SendManyOnceAsync(
        IReadOnlyList<(string Key, ChainCall Call)> calls, CancellationToken cancellationToken)
    {
        List<string> keys = [];
        foreach ((string key, ChainCall call) in calls) keys.Add(await SubmitOnceAsync(key, call, cancellationToken));
        foreach (string key in keys) await FinishAsync(key, cancellationToken);
    }

    private async Task<string> SubmitOnceAsync(string key, ChainCall call, CancellationToken cancellationToken)
    {
        for (int tries = 0; tries < Tries; tries++)
        {
            string name = tries == 0 ? key : string.Create(CultureInfo.InvariantCulture, $"{key}:{tries}");
            IntentState? state = sender.StateOf(name);
            if (state is IntentState.Final or IntentState.Displaced) continue;
            if (state is null) await SubmitAsync(name, call, cancellationToken);
            return name;
        }

        throw new ChainException($"It was tried {Tries} times, and the chain does not show it ({key}).");
    }

    private async Task SubmitAsync(string key, ChainCall call, CancellationToken cancellationToken)
    {
        Answer<Gas> gas = await sender.EstimateAsync(call, cancellationToken);
        if (!gas.IsGood) throw new ChainException($"The chain does not take it ({WhatOf(key)}): {gas.Fault}");
        sender.Submit(new Intent(key, call, gas.Value));
    }

    private async Task<TransactionHash> FinishAsync(string key, CancellationToken cancellationToken)
    {
        string what = WhatOf(key);
        long start = Stopwatch.GetTimestamp();
        int objections = 0;
        while (true)
        {
            SenderReport report = await sender.StepAsync(cancellationToken);
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
            if (Stopwatch.GetElapsedTime(start) > Patience)
                throw new ChainException($"No block has it yet ({what}); it stays on its way, and the same again waits for it.");
            await Task.Delay(Beat, cancellationToken);
        }
    }

    private static string WhatOf(string key) => key.Split(':')[0];

    public void Dispose()
    {
        sender.Dispose();
        http.Dispose();
    }
}
