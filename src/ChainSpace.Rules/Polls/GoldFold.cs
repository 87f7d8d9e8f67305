using ChainSpace.Protocol;
using ChainSpace.Rules.Aggregation;
using ChainSpace.Rules.Reputation;
using ChainSpace.Rules.State;

namespace ChainSpace.Rules.Polls;

/// <summary>Does to the state what a shown gold answer means. Money never moves here: the poll has been paid.</summary>
internal static class GoldFold
{
    public static void Settle(SpaceState state, Poll poll, int truth, (List<Fact> Facts, Moment Now) at)
    {
        PollTerms terms = poll.Terms;
        string category = terms.Message.Category;
        ReadOnlySpan<Ballot> ballots = poll.Ballots.Ballots;
        int option = terms.Format.OptionOf(truth);
        Calibration calibration = state.CalibrationOf(terms).Add(Gold.Leaders(terms, ballots), option);
        state.Calibrations[SpaceState.CalibrationKey(terms)] = calibration;
        Evidence pool = state.Pools.GetValueOrDefault(category);
        foreach (Ballot ballot in ballots)
        {
            if (!ballot.IsCounted) continue;
            bool isTrue = terms.Format.OptionOf(ballot.Choice) == option;
            pool = Gold.Judge(pool, isTrue, at.Now);
            Evidence evidence = Gold.Judge(ballot.Voter.EvidenceIn(category), isTrue, at.Now);
            ballot.Voter.Reputation = ballot.Voter.Reputation.SetItem(category, evidence);
            state.ChangedAccounts.Add(ballot.Voter);
            at.Facts.Add(new Fact.EvidenceChanged(ballot.Voter.Id, category, evidence));
        }

        state.Pools[category] = pool;
        state.ChangedPolls.Add(terms.Id);
        poll.Truth = option;
        if (poll.Stage is Stage.Ended) poll.Ballots.Empty();
        at.Facts.Add(new Fact.GoldShown(terms.Id, option, calibration));
    }
}
