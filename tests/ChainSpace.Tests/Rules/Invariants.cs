using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Batches;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.Reputation;
using ChainSpace.Rules.Settlement;
using ChainSpace.Rules.State;

namespace ChainSpace.Tests.Rules;

/// <summary>What must hold after every step, whatever people send. Each complaint begins with the law's name.</summary>
internal sealed class Invariants(History history)
{
    private readonly Dictionary<Account, Amount> earned = [];
    private readonly Dictionary<Account, ImmutableSortedDictionary<string, Evidence>> reputation = [];
    private Amount fund;
    private string before = history.World.Dump();

    /// <summary>Names of the laws that were looked at.</summary>
    public HashSet<string> Laws { get; } = [];

    private SpaceState State => history.World.State;

    private IReadOnlyList<Fact> Facts => history.World.Rules.Facts;

    /// <summary>Checks the state after one step; the first broken law throws.</summary>
    public void Check(Refusal? refusal, Act act)
    {
        string after = history.World.Dump();
        Holds("refusal", refusal is null || before == after);
        before = after;
        Holds("supply", State.Accounts.Aggregate(State.Fund, static (sum, each) => sum + each.Balance.Total) == State.Supply);
        foreach (Account account in State.Accounts) CheckAccount(account);
        foreach (Poll poll in State.Polls) CheckPoll(poll);
        CheckPriorities();
        foreach (Fact.Ended ended in Facts.OfType<Fact.Ended>()) CheckEnd(ended);
        Holds("fund", State.Fund == fund);
        CheckDoor(refusal);
        CheckRepeat(act);
    }

    // Of polls whose voters the operator admits: nobody votes or is seated whom no accepted message let in, in time.
    private void CheckDoor(Refusal? refusal)
    {
        foreach (Fact.Admitted fact in refusal is null ? Facts.OfType<Fact.Admitted>() : [])
        {
            PollTerms terms = State.FindPoll(fact.Poll)!.Terms;
            Holds("in time", !terms.IsDrawn || State.Now < terms.Message.Gather);
        }

        foreach (Poll poll in State.Polls.Where(static each => each.Terms.IsByAdmission))
        {
            HashSet<AccountId> admitted = [.. history.Entered.Select(static each => each.Message).OfType<Admit>()
                .Where(each => each.Poll == poll.Terms.Id).Select(static each => each.Voter)];
            foreach (Ballot ballot in poll.Ballots.Ballots) Holds("admitted", admitted.Contains(ballot.Voter.Id));
            if (poll.Stage is Stage.Voting voting)
                Holds("admitted", voting.Seats.Concat(voting.Places.Select(static each => each.Account)).All(admitted.Contains));
            bool isKept = poll.Stage is Stage.Gathering or Stage.Drawing || (poll.Stage is Stage.Voting && !poll.Terms.IsDrawn);
            Holds("forgotten", isKept || State.Admissions.CountIn(poll.Terms.Id) == 0);
        }
    }

    private void CheckAccount(Account account)
    {
        Amount locked = Amount.Zero;
        foreach (Poll poll in State.Polls)
            if (poll.Terms.Requester == account && poll.Stage is not Stage.Ended) locked += poll.Terms.Message.Reward;
            else if (poll.Stage is not Stage.Ended && poll.Ballots.NumberOf(account) is not null)
                locked += poll.Terms.Message.Deposit;
        locked += State.Priorities.Find(account)?.Amount ?? Amount.Zero;
        Holds("escrow", account.Balance.Escrowed == locked);
        Holds("earned", account.Balance.Earned >= earned.GetValueOrDefault(account));
        earned[account] = account.Balance.Earned;

        bool isCounted = Facts.Any(static f => f is Fact.Ended or Fact.GoldShown or Fact.StageChanged { Stage: Stage.Raffle });
        Holds("reputation", isCounted || account.Reputation.Count == 0 || reputation[account] == account.Reputation);
        reputation[account] = account.Reputation;
    }

    private void CheckPoll(Poll poll)
    {
        Holds("ballots", poll.Stage is not Stage.Ended || poll.Ballots.Count == 0 || poll.Terms.Message.Gold != default);
        bool isSecret = poll.Terms.IsSealed && poll.Stage is Stage.Voting or Stage.Drawing or Stage.Gathering;
        Holds("secrecy", !isSecret || (poll.Running is null && IsHidden(poll)));
        Holds("panel", IsByPanel(poll));
        bool isWaiting = poll.Stage is Stage.Raffle && State.AwaitingBlock.Contains(poll.Terms.Id);
        Holds("progress", isWaiting || IsJoined(poll) || (poll.Due is { } due && State.Due.Contains((due, poll.Terms.Id))));
    }

    // Of a batch that draws its voters, nobody votes before the draw, and nobody else after it.
    private static bool IsByPanel(Poll poll)
    {
        if (poll.Place is not { Batch: { Terms.HasPanel: true } batch } || poll.Stage is not Stage.Voting) return true;
        foreach (Ballot ballot in poll.Ballots.Ballots)
            if (batch.Panel?.Has(ballot.Voter.Id) != true) return false;
        return true;
    }

    // It waits in a group that something will still complete: an item whose voting goes on, or more items to come.
    private static bool IsJoined(Poll poll)
    {
        if (poll.Stage is not Stage.Waiting || poll.Place is not { } place) return false;
        return place.Batch.Groups.TryGetValue(place.Group, out BatchGroup? group) && group.Items.Contains(poll.Terms.Id);
    }

    // What is anchored was paid for, what is late was given back, and who decides on anchors is told of the rest.
    private void CheckPriorities()
    {
        PriorityRequest[] open = [.. State.Accounts.Select(State.Priorities.Find).OfType<PriorityRequest>()];
        Holds("anchored", open.All(each => (ulong)each.Index.Value >= State.AnchoredSize));
        Holds("late", open.All(each => each.Before >= State.Now && State.NextDue <= each.Due));
        Amount sum = open.Aggregate(Amount.Zero, static (sum, each) => sum + each.Amount);
        Moment? earliest = open.Length == 0 ? null : open.Min(static each => each.Before);
        Holds("expedited", State.ExpeditedAmount == sum && State.ExpeditedBefore == earliest);
        Holds("expedited", State.Priorities.Oldest.SequenceEqual(open.OrderBy(static each => each.Index)));
    }

    private static bool IsHidden(Poll poll)
    {
        foreach (Ballot ballot in poll.Ballots.Ballots)
            if (ballot.Choice != Ballot.Hidden) return false;
        return true;
    }

    private void CheckEnd(Fact.Ended ended)
    {
        PollTerms terms = State.FindPoll(ended.Poll)!.Terms;
        Amount paid = ended.Votes.Aggregate(Amount.Zero, static (sum, vote) => sum + vote.Paid);
        Amount lost = ended.Votes.Aggregate(Amount.Zero, static (sum, vote) => sum + vote.Lost);
        Holds("payout", paid + ended.Refund + ended.Fund == terms.Message.Reward + lost);
        fund += ended.Fund;
        Holds("fund", ended.Fund.Units == lost.Units / 5);
        bool mayLose = ended.Outcome.Kind == OutcomeKind.Closed && terms.Message.Payout == "majority";
        Holds("deposit", ended.Votes.All(vote => vote.Lost == Amount.Zero
            || (mayLose && vote.Lost == terms.Message.Deposit && vote.Paid == Amount.Zero)));
    }

    // Whoever sends an accepted message again gets the same entry, as long as it could be accepted at all.
    private void CheckRepeat(Act act)
    {
        if (history.Entered.Count == 0 || State.NextDue?.Milliseconds <= history.World.Now) return;
        (var message, AccountId signer, long index) = history.Entered[act.Value % history.Entered.Count];
        if (message.Header.Expires.Milliseconds < history.World.Now) return;
        Holds("repeat", history.World.Apply(message, signer) == new Refusal.AlreadyIn(new EntryIndex(index)));
    }

    private void Holds(string law, bool isTrue)
    {
        Laws.Add(law);
        if (!isTrue) throw new InvalidOperationException($"{law} does not hold");
    }
}
