namespace ChainSpace.Client.Reading;

/// <summary>The terms of payment in words. The lists are open: an unknown code is shown as it is.</summary>
public static class PayWords
{
    private const string Extend = "extend:";

    /// <summary>Who shares the price.</summary>
    public static string Payout(PollView poll)
    {
        ArgumentNullException.ThrowIfNull(poll);
        return poll.Payout switch
        {
            "majority" => "The reward is shared among those who voted with the consensus answer.",
            "lottery" => "The reward is drawn by lot among the voters.",
            "equal" => "The reward is shared equally among all voters.",
            "quality" => "The reward is shared by what each vote has told: the voter's record, times how far the others agree.",
            "truth-serum" => "Every voter is paid by how well answer and forecast foretell the others; the rest goes back.",
            _ => poll.Payout,
        };
    }

    /// <summary>How much of the reward it costs.</summary>
    public static string Pricing(PollView poll)
    {
        ArgumentNullException.ThrowIfNull(poll);
        return poll.Pricing switch
        {
            "fixed" => "the whole reward, whoever votes",
            "response" => $"1/{poll.Maximum} of the reward for each vote that earns; the rest goes back",
            "quality" => $"up to 1/{poll.Maximum} of the reward for each vote that earns, by its record; the rest goes back",
            _ => poll.Pricing,
        };
    }

    /// <summary>What the requester wants where the deadline finds no answer.</summary>
    public static string WithoutAnswer(PollView poll)
    {
        ArgumentNullException.ThrowIfNull(poll);
        string[] parts = poll.Inconclusive.Split(',');
        string last = parts[^1] switch
        {
            "equal" => "all voters share the reward",
            "refund" => "the reward goes back",
            _ => poll.Inconclusive,
        };
        return parts is [var first, _] && first.StartsWith(Extend, StringComparison.Ordinal)
            ? $"{WhenLonger(poll)}voting goes on once, {Spans.OfMilliseconds(first[Extend.Length..])} longer; then {last}"
            : last;
    }

    // Nobody sees a tie of sealed votes at the deadline, so it gives no more time.
    private static string WhenLonger(PollView poll) =>
        poll is { Voting: "sealed", Confidence: 0 } ? $"where fewer than {poll.Minimum} have voted by the deadline, " : "";

    /// <summary>Why each vote of an ended poll got what it got.</summary>
    public static string Why(PollView poll)
    {
        ArgumentNullException.ThrowIfNull(poll);
        return poll.State switch
        {
            "expired" => "Each voter is paid a part of the reward, as if all places had been taken; the rest goes back.",
            "cancelled" => "The whole reward goes back.",
            "inconclusive" when poll.Outcome?.Paid == "0" => "By its terms, the reward goes back where there is no answer.",
            "inconclusive" => "By its terms, all voters share the reward where there is no answer.",
            _ => Payout(poll),
        };
    }
}
