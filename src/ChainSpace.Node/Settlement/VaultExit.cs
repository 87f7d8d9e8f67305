using System.Collections.Immutable;
using System.Numerics;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Transactions;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using PayoutTree = ChainSpace.Protocol.Settlement.PayoutTree;

namespace ChainSpace.Node.Settlement;

/// <summary>How far a vault is from its end.</summary>
internal sealed record ExitLook(GoodRoot Good, Proposal Proposal, bool IsEnded, Chains.Contracts.VaultTerms Terms, ulong Now)
{
    /// <summary>When anybody may end the space, in seconds since 1970.</summary>
    public ulong EndsFrom => Good.At + Terms.ExitAfter;

    /// <summary>Whether a root waits that nobody can challenge any more: the vault has it promoted before it ends.</summary>
    public bool IsPromotionDue =>
        Proposal.Size > Good.Size && Proposal.Challenger == Address.Zero && Now >= Proposal.Until;
}

/// <summary>
/// The way out of a vault whose space has nobody any more. Whatever is asked for is looked up first, so each step can be
/// repeated, by anybody and after any crash, and is taken once.
/// </summary>
internal sealed class VaultExit(PayingWallet wallet)
{
    private const int LookedUpAtOnce = 100;

    private readonly VaultCalls calls = new(wallet.Vault);
    private readonly VaultViews views = new(wallet.Vault);

    public Task<ExitLook> LookAsync(CancellationToken cancellationToken)
    {
        var roots = views.Good().With(views.Proposal());
        var terms = views.IsEnded().With(views.Terms()).With(Chain.Block(new BlockTag.Latest()));
        return wallet.AskAsync(roots.With(terms).Then<ExitLook>(static all =>
        {
            ((GoodRoot good, Proposal proposal), ((bool isEnded, Chains.Contracts.VaultTerms terms), BlockHeader newest)) = all;
            return new ExitLook(good, proposal, isEnded, terms, newest.Seconds);
        }), cancellationToken);
    }

    public Task PromoteAsync(Proposal proposal, CancellationToken cancellationToken) =>
        wallet.SendOnceAsync($"promotion:{wallet.Vault}:{proposal.Size}", calls.Promote(), cancellationToken);

    public Task EndAsync(CancellationToken cancellationToken) =>
        wallet.SendOnceAsync($"end:{wallet.Vault}", calls.End(), cancellationToken);

    /// <summary>
    /// Fixes what these accounts are due, those who have spent most first: who is settled cannot leave with what it spent.
    /// How many it were; the others had been settled before.
    /// </summary>
    public async Task<int> SettleAsync(
        PayoutTree payouts, IEnumerable<AccountId> accounts, CancellationToken cancellationToken)
    {
        AccountId[] order = [.. accounts.OrderBy(each => payouts.Find(each)!.Value.Net)];
        int settled = 0;
        foreach (AccountId[] some in order.Chunk(LookedUpAtOnce))
        {
            ChainCall[] all = [.. some.Select(each => Settlement(payouts, each))];
            ImmutableArray<Answer<ReadOnlyMemory<byte>>> tried = await wallet.AskAsync(
                RpcCalls.Each([.. all.Select(each => Chain.Run(each, new BlockTag.Latest(), wallet.Payer))]), cancellationToken);
            List<(string, ChainCall)> open = [];
            for (int place = 0; place < some.Length; place++)
            {
                if (VaultRefusal.TryRead(tried[place].Fault) is VaultRefusal.SettledAlready) continue;
                if (tried[place].Fault is { } fault)
                    throw new ChainException($"The vault does not settle {some[place]}: {fault}");
                open.Add(($"settlement:{wallet.Vault}:{some[place]}", all[place]));
            }

            await wallet.SendManyOnceAsync(open, cancellationToken);
            settled += open.Count;
        }

        return settled;
    }

    /// <summary>What was paid, in the asset's smallest unit, or why nothing can be paid now.</summary>
    /// <param name="payee">Where the money of a P-256 account goes; a wallet account is paid at its own address.</param>
    public async Task<(BigInteger Paid, VaultRefusal? Refusal)> LeaveAsync(
        Signer owner, Address payee, CancellationToken cancellationToken)
    {
        AccountId account = owner.Account;
        ChainCall call = owner is P256Signer key
            ? calls.LeaveTo(
                payee, key.Key.ToArray(), key.Sign(new VaultDomain(wallet.Pool.ChainId, wallet.Vault).Leave(account, payee)))
            : calls.Leave(account);
        RpcCall<ReadOnlyMemory<byte>> trial = Chain.Run(call, new BlockTag.Latest(), wallet.Payer);
        Answer<ReadOnlyMemory<byte>> tried = await wallet.Pool.AskAsync(trial, cancellationToken);
        if (VaultRefusal.TryRead(tried.Fault) is { } refusal) return (BigInteger.Zero, refusal);
        if (!tried.IsGood) throw new ChainException($"The vault does not let {account} leave: {tried.Fault}");

        // An account can leave again, with what came in later; what it has had until now tells one time from the next.
        BigInteger before = await wallet.AskAsync(views.Claimed(account), cancellationToken);
        await wallet.SendOnceAsync($"leave:{wallet.Vault}:{account}:{payee}:{before}", call, cancellationToken);
        return (await wallet.AskAsync(views.Claimed(account), cancellationToken) - before, null);
    }

    /// <summary>All that was ever paid in for the account.</summary>
    public Task<BigInteger> DepositedAsync(AccountId account, CancellationToken cancellationToken) =>
        wallet.AskAsync(views.Deposited(account), cancellationToken);

    private ChainCall Settlement(PayoutTree payouts, AccountId account) =>
        calls.Settle(OnChain.Leaf(payouts.Find(account)!.Value), payouts.Prove(account));
}
