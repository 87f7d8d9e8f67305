using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Polls;
using static ChainSpace.Rules.Refusal;

namespace ChainSpace.Rules.Payouts;

/// <summary>Who may pay something beyond what was agreed.</summary>
public static class BonusRules
{
    /// <summary>
    /// Whether the requester of a poll may pay that to the account. While the votes are held it must be one of the voters; once
    /// the poll has ended, for as long as the space remembers it, the requester is believed.
    /// </summary>
    public static Refusal? Pay(Poll? poll, Bonus message, (Account Payer, Account? Payee) between)
    {
        if (poll is null) return new UnknownPoll(message.Task);
        if (poll.Terms.Requester != between.Payer) return new RequesterOnly();
        if (between.Payee is not { } payee) return new NotRegistered(message.To);
        if (payee == between.Payer) return new InvalidTerm("to", "another account");
        if (message.Amount == Amount.Zero) return new InvalidTerm("amount", "more than 0");
        bool hasVoted = poll.Stage is Stage.Ended || poll.Ballots.NumberOf(payee) is not null;
        if (!hasVoted) return new NotEligible("voted");
        Amount available = between.Payer.Balance.Available;
        return message.Amount > available ? new OverBalance(available) : null;
    }
}
