using ChainSpace.Protocol;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.Reputation;
using ChainSpace.Rules.State;

namespace ChainSpace.Rules.Jobs;

/// <summary>Moves the money of jobs, and keeps the evidence and records that follow from a payment. Cannot refuse.</summary>
internal sealed class JobMoney(SpaceState state, PollFold polls)
{
    public void Lock(AccountId account, Amount amount)
    {
        if (amount > Amount.Zero) Set(account, BalanceOf(account).Lock(amount));
    }

    public void Refund(AccountId account, Amount amount)
    {
        if (amount > Amount.Zero) Set(account, BalanceOf(account).Refund(amount));
    }

    /// <summary>From what one account has locked to another's free money.</summary>
    public void Move(AccountId from, AccountId to, Amount amount)
    {
        if (amount == Amount.Zero) return;
        Set(from, BalanceOf(from).Release(amount));
        Set(to, BalanceOf(to).Earn(amount));
    }

    /// <summary>From what an account has locked to the space's fund, which is nobody's.</summary>
    public void Forgo(AccountId account, Amount amount)
    {
        if (amount == Amount.Zero) return;
        Set(account, BalanceOf(account).Release(amount));
        state.Fund += amount;
    }

    /// <summary>One outcome in the category of work: 1 accepted, 0 declined for good.</summary>
    public void Judge(AccountId worker, string category, double agreement, Moment now)
    {
        Account account = state.FindAccount(worker)!;
        Evidence evidence = account.EvidenceIn(category).Add(agreement, 1, now);
        account.Reputation = account.Reputation.SetItem(category, evidence);
        state.ChangedAccounts.Add(account);
        polls.Facts.Add(new Fact.EvidenceChanged(worker, category, evidence));
    }

    /// <summary>One piece of work has paid its worker.</summary>
    public void Count(AccountId worker, string category) =>
        polls.Facts.Add(ReceiptCounts.Count(state.FindAccount(worker)!, category));

    public void Record(AccountId account, Func<PartyRecord, PartyRecord> change)
    {
        PartyRecord record = change(state.Jobs.RecordOf(account));
        state.Jobs.SetRecord(account, record);
        polls.Facts.Add(new Fact.PartyChanged(account, record));
    }

    public void Tell(Fact fact) => polls.Facts.Add(fact);

    private Balance BalanceOf(AccountId account) => state.FindAccount(account)!.Balance;

    private void Set(AccountId account, Balance balance) => polls.SetBalance(state.FindAccount(account)!, balance);
}
