using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.State;

namespace ChainSpace.Rules.Settlement;

/// <summary>What comes from the chain and goes to it; each act either is refused and changes nothing, or is done.</summary>
internal sealed class SettlementFold(SpaceState state, PollFold polls)
{
    public Refusal? Withdraw(Withdraw message)
    {
        Account account = state.FindAccount(message.Header.Account)!;
        if (SettlementRules.Withdraw(state, account, message) is { } refusal) return refusal;
        polls.SetBalance(account, account.Balance.Withdraw(message.Amount));
        return null;
    }

    public Refusal? Expedite(Expedite message, Occasion at)
    {
        Account account = state.FindAccount(message.Header.Account)!;
        if (PriorityRules.Expedite(state, account, message, at.Now) is { } refusal) return refusal;
        polls.SetBalance(account, account.Balance.Lock(message.Amount));
        state.Priorities.Add(new PriorityRequest(at.Index, account, message.Amount, message.Before));
        return null;
    }

    public Refusal? Deposit(ReportDeposit message, Occasion at)
    {
        Ruling<Credited, Refusal> ruling = SettlementRules.Deposit(state, message);
        if (!ruling.IsAccepted) return ruling.Refusal;
        polls.Mint(Owner(message.To, at), ruling.State.Amount);
        return null;
    }

    public Refusal? Anchor(ReportAnchor message, Occasion at)
    {
        if (SettlementRules.Anchor(state, message) is { } refusal) return refusal;
        (state.AnchoredSize, state.AnchoredPayouts) = (message.Size, message.PayoutRoot);
        polls.Facts.Add(new Fact.Anchored(message.Size, message.PayoutRoot, message.Height, message.Transaction));
        while (state.Priorities.TakeCovered(message.Size) is { } met) Pay(met, at);
        return null;
    }

    /// <summary>Gives back what was paid for anchors that are late.</summary>
    public void FallDue(Occasion at)
    {
        while (state.Priorities.TakeLate(at.Now) is { } late)
            polls.SetBalance(late.Payer, late.Payer.Balance.Refund(late.Amount));
    }

    // In time, for what is late was given back by a Tick before. The payee may be the payer: one balance after the other.
    private void Pay(PriorityRequest request, Occasion at)
    {
        polls.SetBalance(request.Payer, request.Payer.Balance.Release(request.Amount));
        Account payee = Owner(PriorityRules.Payee(state.Genesis!), at);
        polls.SetBalance(payee, payee.Balance.Earn(request.Amount));
    }

    // Who has money has an account; a key is shown by the registration, and wallets need none.
    private Account Owner(AccountId id, Occasion at)
    {
        if (state.FindAccount(id) is { } known) return known;
        polls.Facts.Add(new Fact.Registered(id, ""));
        return state.AddAccount(id, at.Index);
    }
}
