using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Protocol.Settlement;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.State;
using static ChainSpace.Rules.Refusal;

namespace ChainSpace.Rules.Settlement;

/// <summary>Who may pay for an early anchor, and who is paid.</summary>
public static class PriorityRules
{
    /// <summary>Whether the account may lock so much for an anchor before that moment.</summary>
    public static Refusal? Expedite(SpaceState state, Account account, Expedite message, Moment now)
    {
        if (!state.IsOnChain) return new NoVault();
        if (message.Amount == Amount.Zero) return new InvalidTerm("amount", "more than 0");
        if (message.Before <= now || message.Before.Milliseconds > now.Milliseconds + Limits.ExpediteMilliseconds)
            return new InvalidTerm("before", "later than now, within 7 days");
        if (state.Priorities.Find(account) is { } open) return new AlreadyExpedited(open.Index);
        if (state.Priorities.Count >= Limits.PriorityRequests) return new TooManyExpedited(state.Priorities.Count);
        return message.Amount > account.Balance.Available ? new OverBalance(account.Balance.Available) : null;
    }

    /// <summary>Whose money it becomes: the account of the wallet that pays for the transactions of the vault.</summary>
    public static AccountId Payee(CreateSpace genesis) => VaultTerms.TryRead(genesis.Vault.AsSpan())!.Operator;
}
