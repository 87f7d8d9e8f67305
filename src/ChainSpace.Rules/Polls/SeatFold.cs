using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Selection;
using ChainSpace.Rules.State;

namespace ChainSpace.Rules.Polls;

/// <summary>Seats of drawn polls: who gets them, and who loses them when a lease ends. Nothing here can refuse.</summary>
internal sealed class SeatFold(SpaceState state, List<Fact> facts)
{
    public List<Fact> Facts { get; } = facts;

    /// <summary>Nobody is admitted any more; the draw waits for a block behind this entry, whose root nobody knows.</summary>
    public void EndGathering(Poll poll, Occasion at)
    {
        Stage drawing = new Stage.Drawing(at.Index);
        state.Move(poll, drawing, poll.Terms.Message.Deadline);
        Facts.Add(new Fact.StageChanged(poll.Terms.Id, drawing));
    }

    /// <summary>
    /// Draws the seats of a poll; tells how many accounts were looked at. The eligible set was fixed by the poll's entry, or
    /// by that which ended the time to apply; the beacon came later: neither side could choose one by the other.
    /// </summary>
    public int Draw(Poll poll, Bytes32 beacon, Moment now)
    {
        PollTerms terms = poll.Terms;
        IReadOnlyCollection<Account> accounts = Electorate.AccountsOf(state, poll);
        bool hasLease = terms.Message.Lease > 0;
        Seating seating = Seating.Draw(
            (beacon, terms.Id), Electorate.Of(accounts, poll, now), terms.Quotas.SeatsOf((int)terms.Message.Sample), hasLease);
        Seat(poll, seating, now);
        Facts.Add(new Fact.StageChanged(terms.Id, poll.Stage));
        Facts.Add(new Fact.SeatsChanged(terms.Id, [], seating.Seats, poll.LeaseEnd));
        return accounts.Count;
    }

    /// <summary>The lease has ended: seats without a vote go to the reserve.</summary>
    public void Lapse(Poll poll, Stage.Voting before, Moment now)
    {
        Seating seating = new Seating(before.Seats, before.Places)
            .Lapse((int)poll.Terms.Message.Sample, account => poll.Ballots.NumberOf(state.FindAccount(account)!) is not null);
        Seat(poll, seating, now);
        ImmutableArray<AccountId> lapsed = [.. before.Seats.Where(one => seating.Seats.BinarySearch(one) < 0)];
        ImmutableArray<AccountId> seated = [.. seating.Seats.Where(one => before.Seats.BinarySearch(one) < 0)];
        Facts.Add(new Fact.SeatsChanged(poll.Terms.Id, lapsed, seated, poll.LeaseEnd));
    }

    // Without a reserve a lease would only take votes from the poll, so the last seats are for keeps.
    private void Seat(Poll poll, Seating seating, Moment now)
    {
        Moment deadline = poll.Terms.Message.Deadline;
        Moment leaseEnd = new(now.Milliseconds + (long)poll.Terms.Message.Lease);
        state.ChangedPolls.Add(poll.Terms.Id);
        Stage voting = new Stage.Voting(seating.Seats) { Places = seating.Places };
        state.Move(poll, voting, seating.HasReserve && leaseEnd < deadline ? leaseEnd : deadline);
    }
}
