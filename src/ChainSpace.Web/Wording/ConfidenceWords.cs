using ChainSpace.Client.Reading;

namespace ChainSpace.Web.Wording;

/// <summary>What the figures of an outcome say, and what they do not (docs/confidence.md).</summary>
internal static class ConfidenceWords
{
    public static string Certainty(PollView poll, PollOutcome outcome) => poll.Confidence == 0
        ? Share(outcome)
        : $"{Share(outcome)}; the target was {Numbers.Target(poll.Confidence)}";

    // Of a few numbers far apart nothing can be said; that is no certainty of nought.
    private static string Share(PollOutcome outcome) =>
        outcome.Confidence > 0 ? $"{Numbers.Percent(outcome.Confidence)} certain" : "how certain cannot be said";

    /// <summary>On what the confidence rests; stands behind <see cref="Certainty"/>.</summary>
    public static string Because(PollView poll, PollOutcome outcome)
    {
        string votes = $"The votes alone point to {PollWords.Leading(poll)} with {Numbers.Percent(outcome.Belief)}";
        if (outcome.GoldItems > 0)
        {
            return $"{votes}; such polls of this requester were right in {Numbers.Percent(outcome.Confidence)}, by "
                + $"{Numbers.Count(outcome.GoldItems, "known answer", "known answers")} and less a margin for their number.";
        }

        if (poll.Aggregation == "batch")
        {
            return "Learned from the votes of its whole group, by who agrees with whom. How often such answers are right only "
                + "known answers can tell.";
        }

        return poll.Gold is not null
            ? $"{votes}. The requester had shown no known answer by then, so how often such polls are right is a first guess."
            : "That is agreement: how likely it is that everyone, if asked, would say the same. How often the crowd is right "
                + "only known answers can tell, and this poll has none.";
    }

    /// <summary>What may be known of an answer that the requester knew; null where the poll has none.</summary>
    public static string? Gold(PollView poll) => poll switch
    {
        { GoldAnswer: { } known, State: "waiting", Aggregation: "batch" } =>
            $"The requester knew the answer and has shown it: {AnswerWords.OfConsensus(poll, known)}. It teaches how the votes "
                + "of the group are weighed, but not how those on this item are counted.",
        { GoldAnswer: { } known } =>
            $"The requester knew the answer and has shown it: {AnswerWords.OfConsensus(poll, known)}.{Found(poll)}",
        { Gold: not null } => "The requester may know the answer; nobody can tell before it is shown.",
        _ => null,
    };

    /// <summary>Whether the votes found the answer that was known; null where that cannot be said.</summary>
    public static bool? IsRight(PollView poll) =>
        poll is { GoldAnswer: { } known, Outcome.Answer: { } answer } ? known == answer : null;

    private static string Found(PollView poll) => IsRight(poll) switch
    {
        true => " The votes found it.",
        false => " The votes did not find it.",
        null => "",
    };
}
