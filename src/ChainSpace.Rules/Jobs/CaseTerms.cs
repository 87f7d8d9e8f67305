using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Eligibility;
using ChainSpace.Rules.Polls;

namespace ChainSpace.Rules.Jobs;

/// <summary>The poll that decides on a declined submission: three of nine drawn accounts, sealed, paid by the jury fee.</summary>
internal static class CaseTerms
{
    /// <summary>Options in their order: the worker is paid, the requester keeps the milestone, half each.</summary>
    public const int Pay = 0, Refund = 1, Split = 2;

    /// <summary>
    /// Nobody can have signed this poll: it expires at moment 0, so no message of anybody can ever have its id, which a
    /// requester could otherwise take before. Named accounts of a poll that is not for named ones are kept from voting.
    /// </summary>
    public static PollTerms Of(Job job, Assignment declined, (Domain Domain, Occasion At) space)
    {
        PostJob terms = job.Terms.Message;
        PostPoll message = new(new Header(job.Terms.Requester.Id, (ulong)space.At.Index.Value, default))
        {
            Aggregation = "majority",
            Category = terms.Category,
            Confidence = 0,
            Content = terms.Content,
            Deadline = new Moment(space.At.Now.Milliseconds + Limits.CaseMilliseconds),
            Height = 0,
            Inconclusive = "equal",
            Maximum = Limits.Jurors,
            Minimum = Limits.Jurors - 1,
            Named = [.. job.Assignments.Select(static each => each.Worker).Order()],
            Options = 3,
            Payout = "majority",
            Reward = job.Terms.JuryFee(declined.Part),
            Sample = Limits.JurySample,
            Voters = JobTerms.JurorsOf(terms.Jury),
            Voting = "sealed",
        };
        TaskId id = new(TypedData.Digest(space.Domain, message).Value);
        return new PollTerms(id, job.Terms.Requester, space.At.Index, message, VoterFilter.Of(message));
    }

    /// <summary>Percent of the milestone the worker gets. Whoever delivered is paid where the jury does not decide.</summary>
    public static uint PercentOf(Outcome outcome) => outcome switch
    {
        { Kind: OutcomeKind.Closed, Count.Answer: Refund } => 0,
        { Kind: OutcomeKind.Closed, Count.Answer: Split } => 50,
        _ => 100,
    };
}
