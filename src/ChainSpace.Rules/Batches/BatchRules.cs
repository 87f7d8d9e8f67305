using ChainSpace.Protocol;
using ChainSpace.Protocol.Formats;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.State;
using static ChainSpace.Rules.Refusal;

namespace ChainSpace.Rules.Batches;

/// <summary>What may be said about a batch, and what its items must have in common.</summary>
public static class BatchRules
{
    /// <summary>The terms, if every one of them is allowed.</summary>
    public static Ruling<BatchTerms, Refusal> Post(PostBatch message, Account requester, (TaskId Id, Occasion At) entry)
    {
        long latest = entry.At.Now.Milliseconds + Limits.PollMilliseconds;
        if (!Slug.IsSlug(message.Category)) return new InvalidTerm("category", Slug.Allowed);
        if (ResponseFormat.TryRead(message.Format, message.Options) is not { } format)
            return new InvalidTerm("format", "a format of polls (spec/formats.md) that goes with so many options");
        if (message.Payout is not ("each" or "correlated" or "determinant" or "lottery" or "exact-lottery"))
            return new InvalidTerm("payout", "each, correlated, determinant, lottery, exact-lottery");
        if (message.Payout != "each" && !format.IsByOption) return new InvalidTerm("payout", "each, for this format");
        if (message.Group is < 1 or > Limits.GroupItems) return new InvalidTerm("group", "1 to 10000");
        if (message.Training > Limits.TrainingItems) return new InvalidTerm("training", "0 to 100");
        if (message.Deadline <= entry.At.Now || message.Deadline.Milliseconds > latest)
            return new InvalidTerm("deadline", "later than now, within 366 days");
        if (PanelRules.Terms(message) is { } refusal) return refusal;
        return new BatchTerms(entry.Id, requester, entry.At.Index, message);
    }

    /// <summary>Whether the requester may say that there are no more items.</summary>
    public static Refusal? Close(Batch batch, AccountId account)
    {
        if (batch.Terms.Requester.Id != account) return new RequesterOnly();
        return batch.IsClosed ? new BatchClosed(batch.Terms.Id) : null;
    }

    /// <summary>Whether a poll may be posted as the next item of the batch it names; null also where it names none.</summary>
    public static Refusal? Item(SpaceState state, PostPoll poll)
    {
        if (poll.Batch == default) return Alone(poll);
        if (state.FindBatch(new TaskId(poll.Batch)) is not { } batch) return new UnknownBatch(new TaskId(poll.Batch));
        if (batch.Terms.Requester.Id != poll.Header.Account) return new RequesterOnly();
        if (batch.IsClosed) return new BatchClosed(batch.Terms.Id);
        PostBatch terms = batch.Terms.Message;
        if (batch.Items >= Limits.BatchItems) return new BatchClosed(batch.Terms.Id);
        if (poll.Category != terms.Category) return new InvalidTerm("category", $"{terms.Category}, as its batch");
        if (poll.Format != terms.Format) return new InvalidTerm("format", $"{terms.Format}, as its batch");
        if (poll.Options != terms.Options) return new InvalidTerm("options", $"{terms.Options}, as its batch");
        return Excess(state, poll);
    }

    /// <summary>The numbers and times of an item that its batch does not allow; null also where it names no batch.</summary>
    public static Refusal? Excess(SpaceState state, PostPoll poll)
    {
        if (poll.Batch == default || state.FindBatch(new TaskId(poll.Batch))?.Terms.Message is not { } terms) return null;
        if (PanelRules.Item(terms, poll) is { } refusal) return refusal;
        long longest = terms.Deadline.Milliseconds - (InconclusiveRule.TryRead(poll.Inconclusive)?.Milliseconds ?? 0);
        if (poll.Deadline.Milliseconds > longest) return new InvalidTerm("deadline", "extended or not, not after its batch's");
        bool isJoint = poll.Aggregation == "batch" || poll.Payout == "batch";
        if (poll.Aggregation == "batch" && ResponseFormat.TryRead(poll.Format, poll.Options) is { IsByOption: false })
            return new InvalidTerm("aggregation", "majority, weighted, for this format");
        if (isJoint && (ulong)poll.Maximum * terms.Group > Limits.GroupVotes)
            return new InvalidTerm("maximum", $"at most {Limits.GroupVotes / terms.Group} in a group of {terms.Group}");
        if (poll.Payout == "batch" && (ulong)poll.Maximum * terms.Group > Limits.ScoredVotes)
            return new InvalidTerm("maximum", $"at most {Limits.ScoredVotes / terms.Group} in a group of {terms.Group}");
        return poll.Payout == "batch" && terms.Payout == "each"
            ? new InvalidTerm("payout", "majority, lottery, equal, in a batch that pays each item by itself")
            : null;
    }

    /// <summary>Why the poll's batch keeps a voter out; null also where the poll stands alone.</summary>
    public static Refusal? WhyNot(SpaceState state, Poll poll, Account voter) =>
        PanelRules.WhyNot(poll, voter) ?? (LacksTraining(state, poll, voter) ? new NotEligible("training") : null);

    /// <summary>Whether a voter has still to answer items that teach before this one.</summary>
    public static bool LacksTraining(SpaceState state, Poll poll, Account voter) =>
        poll.Place is { IsTraining: false } place
        && place.Batch.Training.Select(state.FindPoll).Any(
            lesson => lesson is { Stage: Stage.Voting } && lesson.Ballots.NumberOf(voter) is null);

    private static InvalidTerm? Alone(PostPoll poll)
    {
        if (poll.Aggregation == "batch") return new InvalidTerm("aggregation", "majority, weighted, outside a batch");
        return poll.Payout == "batch" ? new InvalidTerm("payout", "majority, lottery, equal, outside a batch") : null;
    }
}
