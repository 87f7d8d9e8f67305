using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using ChainSpace.Chains.Deposits;
using ChainSpace.Chains.Rpc;
using ChainSpace.Client.Reading;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Settlement;

/// <summary>An account's money between its space and the chain: what the journal says beside what the vault says.</summary>
internal static class AccountMoney
{
    private const int DepositsShown = 50;

    /// <summary>Null where the chain gives no answer now.</summary>
    public static async Task<MoneyView?> ReadAsync(
        SpaceSettlement settlement, AccountView account, CancellationToken cancellationToken)
    {
        AccountId id = new(Bytes32.Parse(account.Id));
        Answer<ImmutableArray<Deposit>> pending = await settlement.PendingAsync(cancellationToken);
        Answer<BigInteger> answer = await settlement.ClaimedAsync(id, cancellationToken);
        if (!pending.IsGood || !answer.IsGood) return null;

        // The tree may be older than the journal, and the vault younger than the tree: neither difference is ever a debt.
        BigInteger withdrawn = BigInteger.Parse(account.Withdrawn, CultureInfo.InvariantCulture), claimed = answer.Value;
        BigInteger promised = settlement.GoodPayouts()?.Find(id) is { } leaf ? leaf.Claimable.Units : 0;
        return new MoneyView
        {
            Account = account.Id,
            Available = account.Available,
            Escrowed = account.Escrowed,
            Deposits = [.. pending.Value.Where(each => each.Account == id).Take(DepositsShown).Select(Show)],
            Waiting = Text(BigInteger.Max(0, withdrawn - BigInteger.Max(promised, claimed))),
            Claimable = Text(BigInteger.Max(0, promised - claimed)),
            Claimed = Text(claimed),
        };
    }

    private static PendingDepositView Show(Deposit deposit) => new(
        deposit.Amount.ToString(), Text(deposit.Block.Value), deposit.Transaction.ToString());

    private static string Text(BigInteger number) => number.ToString(CultureInfo.InvariantCulture);
}
