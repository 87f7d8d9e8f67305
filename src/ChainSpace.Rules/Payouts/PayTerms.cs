using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using static ChainSpace.Rules.Refusal;

namespace ChainSpace.Rules.Payouts;

/// <summary>Which payout, pricing and deposit go together.</summary>
internal static class PayTerms
{
    /// <summary>The first term of payment that is not allowed; null where all are.</summary>
    public static InvalidTerm? Unpayable(PostPoll message)
    {
        if (message.Payout is not ("majority" or "lottery" or "equal" or "quality" or "truth-serum" or "batch"))
            return new InvalidTerm("payout", "majority, lottery, equal, quality, truth-serum, batch");
        if (message.Pricing is not ("fixed" or "response" or "quality"))
            return new InvalidTerm("pricing", "fixed, response, quality");
        if (message.Format == "opinion" && message.Pricing == "quality")
            return new InvalidTerm("pricing", "fixed, response: no opinion is the right one");
        return Deposit(message) ?? Serum(message);
    }

    private static InvalidTerm? Deposit(PostPoll message)
    {
        if (message.Deposit == Amount.Zero) return null;
        if (message.Payout != "majority") return new InvalidTerm("deposit", "0, where payout is not majority");
        return message.Deposit.Units < Limits.Supply ? null : new InvalidTerm("deposit", "less than 2^120");
    }

    private static InvalidTerm? Serum(PostPoll message)
    {
        if (message.Format == "opinion" && message.Payout == "quality")
            return new InvalidTerm("payout", "another than quality: no opinion is the right one");
        if (message.Payout != "truth-serum") return null;
        if (message.Format != "opinion") return new InvalidTerm("format", "opinion, where payout is truth-serum");
        if (message.Voting != "sealed") return new InvalidTerm("voting", "sealed, where payout is truth-serum");
        return message.Minimum >= TruthSerum.Fewest
            ? null
            : new InvalidTerm("minimum", "at least 3, where payout is truth-serum");
    }
}
