using System.Globalization;
using System.Numerics;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Rpc;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Settlement;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Settlement;

namespace ChainSpace.Node.Replay;

/// <summary>
/// The money of a replay on a chain: the requester's is paid in before, and everybody's is withdrawn, claimed and compared
/// with the journal, to the unit, afterwards. The network must be a local one, for the money is made out of nothing.
/// </summary>
internal sealed class ChainMoney(ChainSpaceClient client, SpaceView space, Cast cast, TimeProvider time) : IDisposable
{
    private const int ClaimsAtOnce = 200;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string file = Path.Combine(Path.GetTempPath(), $"chainspace-{Guid.NewGuid():n}.db");
    private readonly WalletSigner payer = WalletSigner.Create();
    private PayingWallet? wallet;

    /// <summary>Pays in what the requester needs, and waits until the space has credited it.</summary>
    public async Task PayInAsync(Amount money, CancellationToken cancellationToken)
    {
        VaultView? view = null;
        await WaitAsync(
            async () => (view = await client.VaultAsync(space.Id, cancellationToken)) is not null,
            "The space has no vault", cancellationToken);
        wallet = PayingWallet.Open(VaultPlace.Of(view!), payer, file);
        await wallet.GiveAsync(money, cancellationToken);
        AccountId requester = cast.Requesters[0].Account;
        await wallet.DepositAsync(requester, money, cancellationToken);
        await WaitAsync(
            async () => await AvailableAsync(requester, cancellationToken) >= money.Units,
            "The deposit is not credited", cancellationToken);
    }

    /// <summary>Withdraws everything, claims everything, and looks at what lies on the chain then.</summary>
    public async Task<ChainReport> PayOutAsync(Dispatch dispatch, CancellationToken cancellationToken)
    {
        Persona[] people = [.. cast.Requesters, .. cast.Workers];
        Dictionary<AccountId, UInt128> owed = [];
        foreach (Persona person in people)
        {
            UInt128 money = await AvailableAsync(person.Account, cancellationToken);
            if (money > 0) owed.Add(person.Account, money);
        }

        Persona[] owners = [.. people.Where(person => owed.ContainsKey(person.Account))];
        long last = 0;
        await dispatch.SendAsync(
            owners.Length,
            i => owners[i].Write(author => author.Withdraw(new Amount(owed[owners[i].Account]))),
            (_, sent) => last = Cast.Demand(sent, "withdraw").Index.Value,
            cancellationToken);
        PayoutTree payouts = await GoodTreeAsync(last, cancellationToken);
        int transactions = await ClaimAsync(payouts, owed.Keys, cancellationToken);
        return await CompareAsync(owed, transactions, cancellationToken);
    }

    public void Dispose()
    {
        wallet?.Dispose();
        payer.Dispose();
        foreach (string ending in (string[])["", "-wal", "-shm", ".lock"]) File.Delete(file + ending);
    }

    private async Task<UInt128> AvailableAsync(AccountId account, CancellationToken cancellationToken) =>
        await client.AccountAsync(space.Id, account.ToString(), cancellationToken) is { } view
            ? UInt128.Parse(view.Available, NumberStyles.None, CultureInfo.InvariantCulture)
            : 0;

    // The published tree, checked against what the vault itself says is good.
    private async Task<PayoutTree> GoodTreeAsync(long entry, CancellationToken cancellationToken)
    {
        await WaitAsync(
            async () => await client.VaultAsync(space.Id, cancellationToken) is { Good: { } good }
                && long.Parse(good.Size, CultureInfo.InvariantCulture) > entry,
            "No root that covers the withdrawals has become good", cancellationToken);
        PayoutTree payouts = PayoutFiles.Read(
            await client.PayoutsAsync(space.Id, cancellationToken) ?? throw new ReplayException("The node shows no payouts."));
        Answer<GoodRoot> good = await wallet!.Pool.AskAsync(new VaultViews(wallet.Vault).Good(), cancellationToken);
        return good.IsGood && good.Value.PayoutRoot == payouts.Root
            ? payouts
            : throw new ReplayException("The payouts that the node shows are not those of the vault's good root.");
    }

    private async Task<int> ClaimAsync(
        PayoutTree payouts, IEnumerable<AccountId> accounts, CancellationToken cancellationToken)
    {
        int transactions = 0;
        foreach (AccountId[] some in accounts.Chunk(ClaimsAtOnce))
        {
            MultiProof proof = payouts.ProveMany(some);
            await wallet!.SendAsync(
                "claims",
                new VaultCalls(wallet.Vault).ClaimMulti(proof.Leaves.Select(OnChain.Leaf), proof.Proof, proof.Flags),
                cancellationToken);
            transactions++;
        }

        return transactions;
    }

    private async Task<ChainReport> CompareAsync(
        Dictionary<AccountId, UInt128> owed, int transactions, CancellationToken cancellationToken)
    {
        int wrong = 0;
        foreach ((AccountId account, UInt128 money) in owed)
            if (await BalanceAsync(Address.Of(account), cancellationToken) != money) wrong++;
        BigInteger left = await BalanceAsync(wallet!.Vault, cancellationToken);
        return new ChainReport
        {
            Network = space.Network,
            Accounts = owed.Count,
            Claimed = Sum(owed.Values).ToString(CultureInfo.InvariantCulture),
            ClaimTransactions = transactions,
            VaultLeft = left.ToString(CultureInfo.InvariantCulture),
            WrongBalances = wrong,
        };
    }

    private static UInt128 Sum(IEnumerable<UInt128> amounts) =>
        amounts.Aggregate(UInt128.Zero, static (sum, each) => sum + each);

    private async Task<BigInteger> BalanceAsync(Address owner, CancellationToken cancellationToken)
    {
        Answer<BigInteger> answer = await wallet!.Pool.AskAsync(new Erc20(wallet.Asset).BalanceOf(owner), cancellationToken);
        return answer.IsGood ? answer.Value : throw new ReplayException($"The chain does not answer: {answer.Fault}.");
    }

    private async Task WaitAsync(Func<Task<bool>> isDone, string complaint, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        while (!await isDone())
        {
            if (time.GetElapsedTime(start) > Patience)
                throw new ReplayException($"{complaint} after {Patience.TotalMinutes} minutes.");
            await Task.Delay(Pause, time, cancellationToken);
        }
    }
}

/// <summary>What lies on the chain when everybody has claimed.</summary>
internal sealed record ChainReport
{
    public required string Network { get; init; }

    /// <summary>Accounts that had money to claim.</summary>
    public required int Accounts { get; init; }

    /// <summary>Minor units that they claimed.</summary>
    public required string Claimed { get; init; }
    public required int ClaimTransactions { get; init; }

    /// <summary>Minor units left in the vault; 0 where sums on chain and journal are equal.</summary>
    public required string VaultLeft { get; init; }

    /// <summary>Accounts whose balance on the chain is not what the journal owed them.</summary>
    public required int WrongBalances { get; init; }
}
