using System.Numerics;
using ChainSpace.Chains.Contracts;
using ChainSpace.Client.Writing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Settlement;

namespace ChainSpace.Tests.Settlement;

/// <summary>What the chain says of one account.</summary>
/// <param name="Final">What it had received in the newest final block.</param>
/// <param name="InHand">Money at the addresses where its claims go and nothing else does.</param>
internal sealed record AccountMoney(
    AccountId Account, BigInteger Deposited, BigInteger Final, BigInteger Claimed, BigInteger InHand);

/// <summary>Everything there is to know of a space's money at one moment.</summary>
internal sealed record MoneyFacts
{
    /// <summary>Money of the vault, bonds included where they are of the same coin.</summary>
    public required BigInteger Vault { get; init; }

    /// <summary>Coins of the vault beside its money; null where its money is the coin.</summary>
    public BigInteger? Coins { get; init; }

    /// <summary>Coins that the vault owes for challenges.</summary>
    public required BigInteger Bonds { get; init; }

    public required IReadOnlyList<AccountMoney> Accounts { get; init; }

    public required GoodRoot Good { get; init; }

    /// <summary>Anchors of the vault, oldest first.</summary>
    public required IReadOnlyList<VaultEvent.Anchored> Anchors { get; init; }

    public required StoryJournal Journal { get; init; }

    /// <summary>Root of the payout tree that the node gives away; null where it gives none.</summary>
    public Bytes32? Served { get; init; }

    /// <summary>Payout roots that a thief with the operator's key has anchored: no law but that none may be good.</summary>
    public required IReadOnlySet<Bytes32> Frauds { get; init; }

    /// <summary>What people were told stands in the journal.</summary>
    public required IReadOnlyCollection<Sent.Accepted> Told { get; init; }

    /// <summary>Whether all deposits in final blocks are in the journal.</summary>
    public bool IsCaughtUp => Accounts.All(each => Journal.BalanceOf(each.Account).Received.Units == (UInt128)each.Final);
}

/// <summary>What must hold of money at any moment, whatever has failed. Each law that is broken is a sentence.</summary>
internal static class MoneyLaws
{
    public static IReadOnlyList<string> Broken(MoneyFacts facts) =>
    [
        .. Vault(facts), .. Claims(facts), .. Deposits(facts), .. Anchors(facts), .. Solvency(facts), .. Memory(facts),
    ];

    private static IEnumerable<string> Vault(MoneyFacts facts)
    {
        BigInteger expected = Sum(facts, static each => each.Deposited) - Sum(facts, static each => each.Claimed);
        if (facts.Coins is not { } coins) expected += facts.Bonds;
        else if (coins != facts.Bonds) yield return $"The vault holds {coins} coins and owes bonds of {facts.Bonds}.";
        if (facts.Vault != expected) yield return $"The vault holds {facts.Vault} and should hold {expected}.";
    }

    private static IEnumerable<string> Claims(MoneyFacts facts)
    {
        foreach (AccountMoney each in facts.Accounts)
        {
            BigInteger withdrawn = facts.Journal.BalanceOf(each.Account).Withdrawn.Units;
            if (each.Claimed > withdrawn) yield return $"{each.Account} has claimed {each.Claimed} of {withdrawn} withdrawn.";
            if (each.InHand != each.Claimed) yield return $"{each.Account} has claimed {each.Claimed} and got {each.InHand}.";
        }
    }

    private static IEnumerable<string> Deposits(MoneyFacts facts)
    {
        foreach (AccountMoney each in facts.Accounts)
        {
            BigInteger received = facts.Journal.BalanceOf(each.Account).Received.Units;
            if (received > each.Final) yield return $"{each.Account} was credited {received}, and {each.Final} is final.";
        }

        BigInteger supply = facts.Journal.State.Supply.Units;
        BigInteger known = Sum(facts, each => facts.Journal.BalanceOf(each.Account).Received.Units);
        BigInteger places = facts.Journal.State.Fund.Units
            + Sum(facts, each => facts.Journal.BalanceOf(each.Account).Total.Units);
        if (supply != known || supply != places)
            yield return $"A supply of {supply} was received as {known} and lies as {places}.";
    }

    /// <summary>The law of a node that has had the time: every final deposit is credited.</summary>
    public static IEnumerable<string> Credited(MoneyFacts facts) =>
        from each in facts.Accounts
        let received = (BigInteger)facts.Journal.BalanceOf(each.Account).Received.Units
        where received != each.Final
        select $"{each.Account} was credited {received} where {each.Final} is final.";

    private static IEnumerable<string> Anchors(MoneyFacts facts)
    {
        foreach (VaultEvent.Anchored anchor in facts.Anchors.Where(each => !facts.Frauds.Contains(each.PayoutRoot)))
        {
            if (anchor.Size > (ulong)facts.Journal.Size)
            {
                yield return $"An anchor of {anchor.Size} entries covers a journal of {facts.Journal.Size}.";
                continue;
            }

            if (anchor.Root != facts.Journal.RootAt(anchor.Size))
                yield return $"The anchor of {anchor.Size} has another journal's root.";
            if (anchor.PayoutRoot != facts.Journal.PayoutsAt(anchor.Size).Root)
                yield return $"The anchor of {anchor.Size} has the payouts of another size.";
        }

        bool isAnchored = facts.Served is not { } served || facts.Anchors.Any(each => each.PayoutRoot == served);
        if (!isAnchored) yield return "The node gives a payout tree away that no anchor knows.";
    }

    private static IEnumerable<string> Solvency(MoneyFacts facts)
    {
        if (facts.Frauds.Contains(facts.Good.PayoutRoot)) yield return $"The fraud of size {facts.Good.Size} is good.";
        if (facts.Good.Size > (ulong)facts.Journal.Size) yield break;
        PayoutTree payouts = facts.Journal.PayoutsAt(facts.Good.Size);
        if (payouts.Root != facts.Good.PayoutRoot) yield return $"The good root of {facts.Good.Size} is not the journal's.";
        BigInteger nets = payouts.Leaves.Aggregate(BigInteger.Zero, static (sum, each) => sum + (BigInteger)each.Leaf.Net);
        if (!nets.IsZero) yield return $"The nets of the good root sum to {nets}.";
        foreach (AccountMoney each in facts.Accounts)
        {
            if (payouts.Find(each.Account) is not { } leaf) continue;
            BigInteger due = each.Deposited + (BigInteger)leaf.Net, claimable = leaf.Claimable.Units;
            if (due < claimable) yield return $"{each.Account} may claim {claimable} and is due {due}.";
            if (each.Claimed > claimable) yield return $"{each.Account} has claimed {each.Claimed} of {claimable} that is good.";
        }
    }

    private static IEnumerable<string> Memory(MoneyFacts facts) =>
        from told in facts.Told
        where told.Index.Value >= facts.Journal.Size || facts.Journal.IdOf(told.Index.Value) != told.Id
        select $"Message {told.Id} was acknowledged as entry {told.Index} and is not there.";

    private static BigInteger Sum(MoneyFacts facts, Func<AccountMoney, BigInteger> part) =>
        facts.Accounts.Aggregate(BigInteger.Zero, (sum, each) => sum + part(each));
}
