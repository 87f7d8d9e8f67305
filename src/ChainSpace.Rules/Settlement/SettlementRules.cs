using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Protocol.Settlement;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.State;
using static ChainSpace.Rules.Refusal;

namespace ChainSpace.Rules.Settlement;

/// <summary>How money of a chain enters a space and leaves it, and what may be reported of the chain.</summary>
public static class SettlementRules
{
    /// <summary>Whether a space may settle as its first message says.</summary>
    public static Refusal? Create(CreateSpace message) =>
        message.Network == CreateSpace.Sovereign ? Sovereign(message) : OnChain(message);

    /// <summary>Whether the account may take so much out of the space.</summary>
    public static Refusal? Withdraw(SpaceState state, Account account, Withdraw message)
    {
        if (!state.IsOnChain) return new NoVault();
        if (message.Amount == Amount.Zero) return new InvalidTerm("amount", "more than 0");
        return message.Amount > account.Balance.Available ? new OverBalance(account.Balance.Available) : null;
    }

    /// <summary>Whether the vault's total says anything new; what is new of it otherwise.</summary>
    public static Ruling<Credited, Refusal> Deposit(SpaceState state, ReportDeposit message)
    {
        if (!state.IsOnChain) return new NoVault();
        Amount known = state.FindAccount(message.To)?.Balance.Received ?? Amount.Zero;
        if (message.Total <= known) return new NothingNew(known);
        Amount amount = message.Total - known;
        bool isWithin = message.Total.Units < Limits.Supply && (state.Supply + amount).Units < Limits.Supply;
        return isWithin ? new Credited(amount) : new InvalidTerm("total", "a supply below 2^120");
    }

    /// <summary>Whether the anchor follows the last one and covers only what stands in the journal.</summary>
    public static Refusal? Anchor(SpaceState state, ReportAnchor message)
    {
        if (!state.IsOnChain) return new NoVault();
        bool isNext = message.Size > state.AnchoredSize && message.Size <= (ulong)state.Size;
        return isNext ? null : new WrongAnchor(state.AnchoredSize);
    }

    private static InvalidTerm? Sovereign(CreateSpace message)
    {
        if (message.ChainId != 0) return new InvalidTerm("chainId", "0: this space has no chain");
        if (!message.Factory.IsZero) return new InvalidTerm("factory", "0: this space has no chain");
        return message.Vault.IsEmpty ? null : new InvalidTerm("vault", "nothing: this space has no chain");
    }

    private static InvalidTerm? OnChain(CreateSpace message)
    {
        if (message.ChainId == 0) return new InvalidTerm("chainId", "the chain's id (EIP-155)");
        if (message.Factory.IsZero) return new InvalidTerm("factory", "the address of the vault factory");
        if (message.Grant != Amount.Zero) return new InvalidTerm("grant", "0: this space holds real money");
        return Fault(message.Vault) is { } because ? new InvalidTerm("vault", because) : null;
    }

    // A vault nobody can claim from, or that anybody could end at once, is none.
    private static string? Fault(ImmutableArray<byte> vault) => VaultTerms.TryRead(vault.AsSpan()) switch
    {
        null => "the terms as abi.encode writes them",
        { Operator.Value.IsZero: true } => "terms with an operator",
        { Threshold: 0, Window: 0 } => "terms with a threshold of witnesses or a window",
        { Threshold: > 0, Witnesses.IsZero: true } => "terms with witnesses for their threshold",
        { Threshold: 0, Witnesses.IsZero: false } => "terms with a threshold for their witnesses",
        { Window: > 0 } terms when terms.Bond == Amount.Zero => "terms with a bond for their window",
        { ExitAfter: var seconds } when seconds < Limits.ExitSeconds => "terms with an exit after at least an hour",
        { ExitAfter: var seconds, Window: var window } when seconds <= window => "terms with an exit after more than a window",
        _ => null,
    };
}

/// <summary>What is new of a total the vault has received for an account.</summary>
public sealed record Credited(Amount Amount);
