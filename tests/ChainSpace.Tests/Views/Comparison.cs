using System.Globalization;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Views;
using ChainSpace.Protocol;
using ChainSpace.Rules;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.Reputation;

namespace ChainSpace.Tests.Views;

/// <summary>What views say against what the rules hold.</summary>
internal static class Comparison
{
    /// <summary>Sentences on all that differs.</summary>
    public static List<string> Differences(Village village, Showing showing)
    {
        List<string> found = [];
        foreach (Account account in village.State.Accounts) Compare(village, account, showing, found);
        List<PollView> polls = showing.Polls();
        foreach (Poll poll in village.State.Polls)
            Compare(village, poll, polls.SingleOrDefault(each => each.Id == poll.Terms.Id.ToString()), found);
        foreach (PollView poll in polls) CompareVotes(village, poll, showing.Votes(poll.Id), found);
        return found;
    }

    private static void Compare(Village village, Account account, Showing showing, List<string> found)
    {
        AccountView? view = showing.Reader.Account(account.Id);
        string[] history = [.. showing.History(account.Id).Select(static each => each.Index)];
        string[] expected = [.. village.Entries.Where(each => Concerns(each, account.Id))
            .Select(static each => each.Index.ToString()).Reverse()];
        IEnumerable<ReputationView> reputation = account.Reputation
            .Select(each => View(each.Key, each.Value.DecayedTo(village.State.Now)));

        Check(view?.Available == account.Balance.Available.ToString(), $"{account.Id} available", found);
        Check(view?.Escrowed == account.Balance.Escrowed.ToString(), $"{account.Id} escrowed", found);
        Check(view?.Withdrawn == account.Balance.Withdrawn.ToString(), $"{account.Id} withdrawn", found);
        Check(view?.Received == account.Balance.Received.ToString(), $"{account.Id} received", found);
        Check(view?.Earned == account.Balance.Earned.ToString(), $"{account.Id} earned", found);
        Check(view?.Attributes == account.Attributes, $"{account.Id} attributes", found);
        Check(view is not null && reputation.SequenceEqual(view.Reputation), $"{account.Id} reputation", found);
        Check(view?.Entries == expected.Length.ToString(CultureInfo.InvariantCulture), $"{account.Id} entries", found);
        Check(history.SequenceEqual(expected), $"{account.Id} history", found);
    }

    private static void Compare(Village village, Poll poll, PollView? view, List<string> found)
    {
        string state = poll.Stage switch
        {
            Stage.Drawing => "drawing",
            Stage.Voting => "voting",
            Stage.Opening => "opening",
            Stage.Raffle => "raffle",
            Stage.Ended ended => ended.Outcome.Kind.ToString().ToLowerInvariant(),
            _ => throw new InvalidOperationException("No such stage."),
        };
        Outcome? outcome = poll.Stage switch
        {
            Stage.Ended ended => ended.Outcome,
            Stage.Raffle raffle => raffle.Outcome,
            _ => null,
        };
        int votes = village.Entries.Count(each => each.Entry.Message switch
        {
            Protocol.Messages.Vote vote => vote.Poll == poll.Terms.Id,
            Protocol.Messages.SealedVote vote => vote.Poll == poll.Terms.Id,
            _ => false,
        });
        Check(view?.State == state, $"{poll.Terms.Id} is {state}, not {view?.State}", found);
        Check(view?.Votes == votes, $"{poll.Terms.Id} has {votes} votes, not {view?.Votes}", found);
        Check(view?.Requester == poll.Terms.Requester.Id.ToString(), $"{poll.Terms.Id} requester", found);
        Check(view?.Reward == poll.Terms.Message.Reward.ToString(), $"{poll.Terms.Id} reward", found);
        Check(view?.Outcome?.Answer == outcome?.Count.Answer, $"{poll.Terms.Id} answer", found);
        Check(view?.Outcome?.Confidence == outcome?.Count.Confidence, $"{poll.Terms.Id} confidence", found);
        Check((view?.Outcome?.Counts ?? []).SequenceEqual(outcome?.Count.PerOption ?? []), $"{poll.Terms.Id} counts", found);
    }

    // Ended polls against what they paid; running ones against what was said, which of sealed votes is nothing.
    private static void CompareVotes(Village village, PollView poll, List<VoteView> votes, List<string> found)
    {
        Fact.Ended? ended = village.Entries.SelectMany(static each => each.Facts).OfType<Fact.Ended>()
            .SingleOrDefault(each => each.Poll.ToString() == poll.Id);
        IEnumerable<VoteView> expected = ended is null
            ? village.Entries.Where(each => each.Entry.Message is Protocol.Messages.Vote vote && vote.Poll.ToString() == poll.Id)
                .Select(static each => Running(each, (Protocol.Messages.Vote)each.Entry.Message))
            : ended.Votes.Select(static each => new VoteView(
                each.Index.ToString(), each.Voter.ToString(), each.Choice, each.Paid.ToString())
            {
                HasLostDeposit = each.Lost > Amount.Zero,
            });
        Check(expected.SequenceEqual(votes), $"{poll.Id} votes", found);
        if (ended is not null) Check(poll.Outcome?.Refunded == ended.Refund.ToString(), $"{poll.Id} refund", found);
    }

    private static VoteView Running(CommittedEntry entry, Protocol.Messages.Vote vote) =>
        new(entry.Index.ToString(), vote.Header.Account.ToString(), (int)vote.Choice, "0");

    private static bool Concerns(CommittedEntry entry, AccountId account) =>
        entry.Entry.Message.Header.Account == account
        || (entry.Entry.Message is Protocol.Messages.Credit credit && credit.To == account)
        || (entry.Entry.Message is Protocol.Messages.Bonus bonus && bonus.To == account)
        || (entry.Entry.Message is Protocol.Messages.ReportDeposit deposit && deposit.To == account);

    private static ReputationView View(string category, Evidence evidence) =>
        new(category, evidence.For, evidence.Against, evidence.Mean, evidence.LowerBound);

    private static void Check(bool isEqual, string what, List<string> found)
    {
        if (!isEqual) found.Add(what);
    }
}
