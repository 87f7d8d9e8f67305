using ChainSpace.Client.Reading;

namespace ChainSpace.Web.Wording;

/// <summary>The answers that voters wrote in their own words, as an outcome counts them.</summary>
internal static class OwnWords
{
    private const int Shown = 120;

    /// <summary>
    /// Distinct answers in the order of their first votes, which is that of an outcome's counts: what the first vote said, and
    /// whether it is the answer. Empty where answers are of another kind.
    /// </summary>
    /// <param name="poll">An ended poll.</param>
    /// <param name="votes">Its votes from the first on.</param>
    public static (string Words, bool IsAnswer)[] Rows(PollView poll, IEnumerable<VoteView> votes) =>
        poll.Format is "text" or "url" or "json" or "file"
            ? [.. votes.Where(static vote => vote.Choice is not null)
                .DistinctBy(static vote => vote.Choice)
                .Select((vote, row) => (Cut(vote.Words) ?? $"Answer {row + 1}", vote.Choice == poll.Outcome?.Answer))]
            : [];

    private static string? Cut(string? words) => words is { Length: > Shown } ? words[..Shown] + "…" : words;
}
