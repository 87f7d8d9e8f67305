using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.State;
using static ChainSpace.Rules.Refusal;

namespace ChainSpace.Rules.Eligibility;

/// <summary>Whom the operator may let into a poll for what only the node has seen.</summary>
public static class AdmissionRules
{
    /// <summary>Value of <c>voters</c> of a poll whose condition stands in its content, beside the journal.</summary>
    public const string Voters = "admitted";

    /// <summary>Whether this account can be admitted. What it showed is the operator's word; rules see none of it.</summary>
    public static Refusal? Admit(SpaceState state, Poll poll, Admit message)
    {
        if (!poll.Terms.IsByAdmission) return new InvalidTerm("poll", "one whose voters are admitted");
        if (poll.Stage is not (Stage.Gathering or Stage.Drawing or Stage.Voting)) return new PollClosed(poll.Terms.Id);
        // The beacon may be known by now, and with it who would be drawn.
        if (poll.Terms.IsDrawn && poll.Stage is not Stage.Gathering) return new NotEligible("late");
        if (state.FindAccount(message.Voter) is not { } voter) return new NotRegistered(message.Voter);
        if (voter == poll.Terms.Requester) return new NotEligible("own");
        if (voter.IsOperator) return new NotEligible("operator");
        if (state.Admissions.Has(poll.Terms.Id, message.Voter)) return new InvalidTerm("voter", "an account not admitted yet");
        return state.Admissions.CountIn(poll.Terms.Id) < Limits.Admissions
            ? null
            : new InvalidTerm("voter", $"nobody: the poll has {Limits.Admissions} admitted accounts");
    }
}
