using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Eligibility;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.Selection;
using static ChainSpace.Rules.Refusal;

namespace ChainSpace.Rules.Batches;

/// <summary>What may be said of the panel of a batch, and who may answer its items.</summary>
public static class PanelRules
{
    /// <summary>Whether a batch may draw its panel as it says; null also where it draws none.</summary>
    public static Refusal? Terms(PostBatch message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Sample > Limits.Panel) return new InvalidTerm("sample", $"0 to {Limits.Panel}, for a batch");
        if (message.Sample == 0 && message.Voters != "open") return new InvalidTerm("voters", "open, where no panel is drawn");
        if (message.Voters != "open" && VoterFilter.TryRead(message.Voters) is null)
            return new InvalidTerm("voters", "open, or clauses such as country=DE|AT,reputation>=0.8");
        return SelectionTerms.QuotasOf(message.Quotas, message.Sample);
    }

    /// <summary>Whether an item leaves the choice of its voters to its batch's panel; null also where there is none.</summary>
    public static Refusal? Item(PostBatch terms, PostPoll poll)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(poll);
        if (terms.Sample == 0) return null;
        if (poll.Sample > 0) return new InvalidTerm("sample", "0, in a batch with a panel");
        if (poll.Voters != "open") return new InvalidTerm("voters", "open, in a batch with a panel");
        return poll.Maximum <= terms.Sample
            ? null
            : new InvalidTerm("maximum", $"at most {terms.Sample}, as many as its batch draws");
    }

    /// <summary>Why the panel of the poll's batch keeps a voter out; null also where there is none.</summary>
    public static Refusal? WhyNot(Poll poll, Account voter)
    {
        ArgumentNullException.ThrowIfNull(poll);
        ArgumentNullException.ThrowIfNull(voter);
        if (poll.Place is not { Batch: { Terms.HasPanel: true } batch } || poll.Stage is not Stage.Voting) return null;
        if (voter.IsOfSamePerson(batch.Terms.Requester)) return null;
        if (batch.Panel is not { } panel) return new NotDrawnYet();
        return panel.Has(voter.Id) ? null : new NotEligible("panel");
    }

    /// <summary>
    /// Those of all accounts that meet the batch's condition and stood so before it was posted, of each person the account
    /// that registered first. Whoever wants to repeat a draw asks here.
    /// </summary>
    /// <param name="accounts">In the order they registered.</param>
    /// <param name="terms">The batch's.</param>
    /// <param name="now">Moment of the block, to which reputation has faded.</param>
    public static IEnumerable<Candidate> Eligible(IEnumerable<Account> accounts, BatchTerms terms, Moment now)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        ArgumentNullException.ThrowIfNull(terms);
        return Electorate.Of(accounts, (terms.Posted, terms.Quotas), one => !one.IsOfSamePerson(terms.Requester)
            && !one.IsOperator && terms.Filter?.Unmet(one, terms.Message.Category, now) is null);
    }
}
