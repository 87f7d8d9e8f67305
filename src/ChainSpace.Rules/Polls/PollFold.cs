using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Aggregation;
using ChainSpace.Rules.Batches;
using ChainSpace.Rules.Payouts;
using ChainSpace.Rules.Reputation;
using ChainSpace.Rules.Selection;
using ChainSpace.Rules.State;

namespace ChainSpace.Rules.Polls;

/// <summary>Does to the state what the rules of polls have allowed. Nothing here can refuse.</summary>
internal sealed class PollFold(SpaceState state)
{
    private readonly SeatFold seats = new(state, []);

    public List<Fact> Facts => seats.Facts;

    public Evidence PoolOf(PollTerms terms) => state.Pools.GetValueOrDefault(terms.Message.Category);

    // Sealed polls go by what was known when they were posted: their proof must not depend on what becomes known later.
    private Calibration MapOf(Poll poll) => poll.Terms.IsSealed ? poll.Calibration : state.CalibrationOf(poll.Terms);

    public void SetBalance(Account account, Balance balance)
    {
        state.SetBalance(account, balance);
        state.ChangedAccounts.Add(account);
        Facts.Add(new Fact.BalanceChanged(account.Id, balance));
    }

    /// <summary>Money from outside.</summary>
    public void Mint(Account account, Amount amount)
    {
        state.Supply += amount;
        SetBalance(account, account.Balance.Receive(amount));
    }

    public Poll Post(PollTerms terms)
    {
        Stage stage = Stage.First(terms);
        SetBalance(terms.Requester, terms.Requester.Balance.Lock(terms.Message.Reward));
        Poll poll = new(terms, stage)
        {
            Calibration = terms.IsSealed ? state.CalibrationOf(terms) : Calibration.None,
            Due = stage is Stage.Gathering ? terms.Message.Gather : terms.Message.Deadline,
        };
        state.AddPoll(poll);
        state.ChangedPolls.Add(terms.Id);
        Facts.Add(new Fact.Posted(terms));
        return poll;
    }

    /// <summary>One vote more; ends voting where it was the last needed.</summary>
    public void Add(Poll poll, Ballot ballot, Occasion at)
    {
        poll.Ballots.Add(ballot);
        Amount deposit = poll.Terms.Message.Deposit;
        if (deposit > Amount.Zero) SetBalance(ballot.Voter, ballot.Voter.Balance.Lock(deposit));
        poll.Running = poll.Running?.Add(poll.Terms.Format.OptionOf(ballot.Choice), ballot.Weights.Skilled, ballot.Weights.Plain);
        state.ChangedPolls.Add(poll.Terms.Id);
        bool isSure = poll.Running is { } running ? poll.Terms.IsReached(running, MapOf(poll)) : Counting.IsSure(poll);
        if (isSure) EndVoting(poll, EndReason.Confidence, at);
        else if (poll.Ballots.Count == poll.Terms.Message.Maximum) EndVoting(poll, EndReason.Maximum, at);
    }

    /// <summary>Goes on by these terms; a lease or a time to apply that runs is not touched.</summary>
    public void Extend(Poll poll, PollTerms terms)
    {
        Amount more = terms.Message.Reward - poll.Terms.Message.Reward;
        if (more > Amount.Zero) SetBalance(terms.Requester, terms.Requester.Balance.Lock(more));
        bool endsThen = poll.Due == poll.Terms.Message.Deadline;
        poll.Extend(terms);
        state.ChangedPolls.Add(terms.Id);
        if (endsThen) state.Move(poll, poll.Stage, terms.Message.Deadline);
        Facts.Add(new Fact.Extended(terms));
        Facts.Add(new Fact.StageChanged(terms.Id, poll.Stage));
    }

    public void EndVoting(Poll poll, EndReason reason, Occasion at)
    {
        state.ChangedPolls.Add(poll.Terms.Id);
        if (!poll.Terms.IsSealed || poll.Ballots.Count == 0)
        {
            Count(poll, reason, at);
            return;
        }

        Tally? proof = reason == EndReason.Confidence ? Tally.Empty(poll.Terms.Options) : null;
        Stage opening = new Stage.Opening(reason, 0, 0, proof);
        state.Move(poll, opening, new Moment(at.Now.Milliseconds + Limits.OpeningMilliseconds));
        Facts.Add(new Fact.StageChanged(poll.Terms.Id, opening));
    }

    /// <summary>The operator's openings; counts when every vote has been dealt with and none is left closed.</summary>
    public void Open(Poll poll, OpenedVotes opened, Occasion at)
    {
        Stage.Opening stage = (Stage.Opening)poll.Stage;
        int[] choices = new int[opened.Votes.Length];
        for (int i = 0; i < choices.Length; i++)
        {
            int choice = opened.Votes[i].Choice;
            choices[i] = choice == Ballot.Hidden ? poll.Ballots.Ballots[stage.Next + i].Choice : choice;
        }

        poll.Ballots.Open(stage.Next, choices);
        int next = stage.Next + choices.Length, unread = stage.Unread + choices.Count(static c => c == Ballot.Hidden);
        if (next == poll.Ballots.Count) state.Move(poll, stage, new Moment(at.Now.Milliseconds + Limits.GraceMilliseconds));
        Proceed(poll, stage with { Next = next, Unread = unread, Proof = opened.Proof }, at);
    }

    /// <summary>A voter's own opening.</summary>
    public void Open(Poll poll, OpenedVote vote, Occasion at)
    {
        Stage.Opening stage = (Stage.Opening)poll.Stage;
        poll.Ballots.Open(vote.Number, [vote.Choice]);
        Proceed(poll, vote.Number < stage.Next ? stage with { Unread = stage.Unread - 1 } : stage, at);
    }

    /// <summary>Every poll whose moment has come, in order of moment and id.</summary>
    public void FallDue(Occasion at)
    {
        while (state.NextPollDue <= at.Now)
        {
            Poll poll = state.FindPoll(state.Due.Min.Poll)!;
            state.ChangedPolls.Add(poll.Terms.Id);
            switch (poll.Stage)
            {
                case Stage.Voting voting when at.Now < poll.Terms.Message.Deadline:
                    seats.Lapse(poll, voting, at.Now);
                    break;
                case Stage.Gathering when at.Now < poll.Terms.Message.Deadline:
                    seats.EndGathering(poll, at);
                    break;
                case Stage.Gathering or Stage.Drawing or Stage.Voting when ExtendRules.AtDeadline(poll) is { } longer:
                    Extend(poll, longer);
                    break;
                case Stage.Gathering or Stage.Drawing or Stage.Voting:
                    EndVoting(poll, EndReason.Deadline, at);
                    break;
                case Stage.Opening opening:
                    Count(poll, opening.Reason, at);
                    break;
                case Stage.Ended:
                    state.RemovePoll(poll);
                    break;
                case Stage.Raffle or Stage.Waiting:
                    throw new InvalidOperationException("It waits for a block or for others, not for a moment.");
            }
        }
    }

    /// <summary>
    /// A block: polls that waited for it draw their voters; then lotteries pay, which changes who would have been eligible; then
    /// polls that run until this height end.
    /// </summary>
    public void Report(ReportBlock block, Occasion at)
    {
        long looks = 0;
        Poll[] waiting = [.. state.AwaitingBlock.Select(id => state.FindPoll(id)!).OrderBy(static p => p.Terms.Posted)];
        foreach (Poll poll in waiting)
        {
            if (poll.Stage is Stage.Drawing && (ulong)poll.Awaits.Value < block.Size && looks < Limits.LooksPerBlock)
                looks += seats.Draw(poll, block.Root, at.Now);
        }

        foreach (Poll poll in waiting)
        {
            if (poll.Stage is Stage.Raffle raffle && (ulong)raffle.Outcome.At.Value < block.Size)
                Raffle(poll, raffle, block.Root, at.Now);
        }

        while (state.DueAtHeight.Count > 0 && state.DueAtHeight.Min.Height <= block.Height)
            EndVoting(state.FindPoll(state.DueAtHeight.Min.Poll)!, EndReason.Height, at);
    }

    private void Proceed(Poll poll, Stage.Opening stage, Occasion at)
    {
        state.ChangedPolls.Add(poll.Terms.Id);
        poll.Stage = stage;
        if (stage.Next == poll.Ballots.Count && stage.Unread == 0) Count(poll, stage.Reason, at);
    }

    /// <summary>Counted with others: each has its outcome at the entry that ended its voting, and is paid now.</summary>
    public void Settle(CountedItem[] items, Occasion at)
    {
        foreach (CountedItem item in items)
        {
            Stage.Waiting stage = (Stage.Waiting)item.Item.Stage;
            state.ChangedPolls.Add(item.Item.Terms.Id);
            OutcomeKind kind = stage.IsLeftClosed ? OutcomeKind.Expired : Counting.KindOf(item.Item.Terms, item.Count);
            Outcome outcome = new(kind, stage.Reason, at.Index, at.Now, item.Count);
            Settle(item.Item, outcome, kind == OutcomeKind.Closed ? item.Pay : null);
        }
    }

    private void Count(Poll poll, EndReason reason, Occasion at)
    {
        bool isLeftClosed = IsLeftClosed(poll);
        if (poll.Place is not null && reason != EndReason.Cancelled && poll.Terms.IsJoint)
        {
            Stage waiting = new Stage.Waiting(reason, at.Index, at.Now, isLeftClosed);
            state.Move(poll, waiting, null);
            Facts.Add(new Fact.StageChanged(poll.Terms.Id, waiting));
            return;
        }

        Count count = Counting.Of(poll.Terms, poll.Ballots.Ballots).By(poll.Terms, MapOf(poll));
        OutcomeKind kind = Counting.KindOf(poll.Terms, count);
        if (reason == EndReason.Cancelled) kind = OutcomeKind.Cancelled;
        else if (isLeftClosed) kind = OutcomeKind.Expired;
        Settle(poll, new Outcome(kind, reason, at.Index, at.Now, count), null);
    }

    private void Settle(Poll poll, Outcome outcome, ItemPay? pay)
    {
        (OutcomeKind kind, Count count, Moment now) = (outcome.Kind, outcome.Count, outcome.Now);
        // A poll that stays unsure teaches too, with little weight; else one early mistake would freeze the crowd's
        // estimate, for nothing would close any more and so nothing would be learned.
        if (kind is OutcomeKind.Closed or OutcomeKind.Inconclusive) Credit(poll, count, now);
        if (kind == OutcomeKind.Closed && (poll.Terms.Message.Payout == "lottery" || pay is { Sure: null }))
        {
            Stage raffle = new Stage.Raffle(outcome) { Chances = pay?.Chances ?? [] };
            state.Move(poll, raffle, null);
            Facts.Add(new Fact.StageChanged(poll.Terms.Id, raffle));
            return;
        }

        Pay(poll, outcome, pay?.Sure ?? Shares.Of(poll.Terms, outcome, poll.Ballots.Ballots), now);
    }

    // Some votes count and others stay closed by the operator's fault, or it has not shown that it ended voting rightly:
    // nobody may win what the others could not compete for, so each vote that is open gets its part.
    private static bool IsLeftClosed(Poll poll)
    {
        if (poll.Stage is not Stage.Opening opening || opening.Next == poll.Ballots.Count) return false;
        if (opening.Proof is not null) return true;
        foreach (Ballot ballot in poll.Ballots.Ballots[opening.Next..])
        {
            if (ballot.Choice == Ballot.Hidden) return true;
        }

        return false;
    }

    private void Raffle(Poll poll, Stage.Raffle raffle, Bytes32 beacon, Moment now)
    {
        ReadOnlySpan<Ballot> ballots = poll.Ballots.Ballots;
        state.ChangedPolls.Add(poll.Terms.Id);
        Shares shares = raffle.Chances.IsEmpty
            ? Shares.ToWinner(poll.Terms, ballots, WinnerOf(poll, beacon))
            : VoteLottery.Pay(poll.Terms, ballots, raffle.Chances, beacon);
        Pay(poll, raffle.Outcome, shares, now);
    }

    private static AccountId WinnerOf(Poll poll, Bytes32 beacon)
    {
        List<(AccountId, double)> tickets = [];
        foreach (Ballot ballot in poll.Ballots.Ballots)
        {
            if (ballot.IsCounted) tickets.Add((ballot.Voter.Id, 1.0));
        }

        return Sortition.Draw(beacon, poll.Terms.Id, tickets, 1)[0];
    }

    // Evidence is how far the other votes of the poll bear a vote out, so that nobody confirms himself.
    private void Credit(Poll poll, Count count, Moment now)
    {
        string category = poll.Terms.Message.Category;
        Evidence pool = PoolOf(poll.Terms);
        PeerJudgement?[] judgements = Judging.Of(poll.Terms, count, poll.Ballots.Ballots);
        for (int i = 0; i < judgements.Length; i++)
        {
            if (judgements[i] is not { } judged) continue;
            Ballot ballot = poll.Ballots.Ballots[i];
            pool = pool.Add(judged.Agreement, judged.Weight, now);
            Evidence evidence = ballot.Voter.EvidenceIn(category).Add(judged.Agreement, judged.Weight, now);
            ballot.Voter.Reputation = ballot.Voter.Reputation.SetItem(category, evidence);
            state.ChangedAccounts.Add(ballot.Voter);
            Facts.Add(new Fact.EvidenceChanged(ballot.Voter.Id, category, evidence));
        }

        state.Pools[category] = pool;
    }

    private void Pay(Poll poll, Outcome outcome, Shares shares, Moment now)
    {
        Account requester = poll.Terms.Requester;
        ReadOnlySpan<Ballot> ballots = poll.Ballots.Ballots;
        ImmutableArray<PaidVote>.Builder votes = ImmutableArray.CreateBuilder<PaidVote>(ballots.Length);
        for (int i = 0; i < ballots.Length; i++)
        {
            Ballot ballot = ballots[i];
            Amount share = shares.PerVote[i];
            Amount lost = shares.IsLost(i) ? poll.Terms.Message.Deposit : Amount.Zero;
            int? choice = ballot.IsCounted ? ballot.Choice : null;
            votes.Add(new PaidVote(ballot.Index, ballot.Voter.Id, choice, share) { Lost = lost });
            if (share == Amount.Zero && poll.Terms.Message.Deposit == Amount.Zero) continue;
            Balance released = ballot.Voter.Balance.Release(lost).Refund(poll.Terms.Message.Deposit - lost);
            SetBalance(ballot.Voter, released.Earn(share));
            if (share != Amount.Zero) Facts.Add(ReceiptCounts.Count(ballot.Voter, poll.Terms.Message.Category));
        }

        SetBalance(requester, requester.Balance.Release(poll.Terms.Message.Reward - shares.Refund).Refund(shares.Refund));
        state.Fund += shares.Fund;
        state.Move(poll, new Stage.Ended(outcome), new Moment(now.Milliseconds + Limits.RetentionMilliseconds));
        if (poll.Terms.Message.Gold == default || poll.Truth is not null) poll.Ballots.Empty();
        poll.Running = null;
        Facts.Add(new Fact.Ended(poll.Terms.Id, outcome, votes.MoveToImmutable(), shares.Refund) { Fund = shares.Fund });
    }
}
