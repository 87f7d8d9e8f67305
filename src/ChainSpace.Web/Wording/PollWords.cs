using ChainSpace.Client.Reading;

namespace ChainSpace.Web.Wording;

/// <summary>The codes of a poll in words. The lists are open: an unknown code is shown as it is.</summary>
internal static class PollWords
{
    public static readonly (string Code, string Label)[] States =
    [
        ("voting", "Voting"), ("gathering", "Open to apply"), ("drawing", "Drawing seats"), ("opening", "Opening votes"),
        ("waiting", "Waiting for its group"), ("raffle", "Drawing the winner"),
        ("closed", "Closed"), ("inconclusive", "Inconclusive"), ("expired", "Expired"), ("cancelled", "Cancelled"),
    ];

    public static bool IsOver(PollView poll) => poll.Outcome is not null;

    /// <summary>Whether what leads is the answer; votes may lead somewhere without being certain, or many, enough.</summary>
    public static bool HasAnswer(PollView poll) => poll is { State: "closed" or "raffle", Outcome.Answer: not null };

    /// <summary>What the votes point to, as people say it; null where they point nowhere.</summary>
    public static string? Leading(PollView poll) => poll.Outcome is { Answer: { } answer } outcome
        ? outcome.Words ?? AnswerWords.OfConsensus(poll, answer)
        : null;

    /// <summary>Whether a drawn jury decides in it on declined work.</summary>
    public static bool IsCase(PollView poll) => poll.Job is not null;

    /// <summary>What stands on top of its page: a case has the title of its job, and says so.</summary>
    public static string PageTitle(PollView poll) => IsCase(poll) ? $"Case: {Title(poll)}" : Title(poll);

    /// <summary>Why what leads is no answer.</summary>
    public static string LeadsOnly(PollView poll) => poll.State == "expired"
        ? "but too few have voted for it to be the answer"
        : "which is not sure enough to be the answer";

    public static bool IsSealed(PollView poll) => poll.Voting == "sealed";

    public static string State(string code) => States.FirstOrDefault(each => each.Code == code).Label ?? code;

    public static string Title(PollView poll) => poll.Content?.Title ?? "The question has been erased";

    public static string Option(PollView poll, int choice) =>
        poll.Content is { } content && choice >= 0 && choice < content.Options.Count
            ? content.Options[choice]
            : $"Option {choice + 1}";

    /// <summary>How far voting is, without a word about who is ahead.</summary>
    public static string Progress(PollView poll) => $"{poll.Votes} of {poll.Maximum} {(IsSealed(poll) ? "sealed" : "voted")}";

    public static string Standing(PollView poll) => poll.State switch
    {
        "gathering" =>
            "Whoever shows that the condition holds can apply; then seats are drawn by lot among those admitted, and they vote.",
        "drawing" => "Seats are being drawn by lot among those who may vote; voting starts right after.",
        "voting" when IsSealed(poll) =>
            "Votes are sealed: nobody, the requester included, is shown how it stands before voting ends.",
        "voting" => "Votes are public. The result is counted when voting ends.",
        "waiting" => "Voting has ended. It is counted and paid when the voting of its whole group has ended.",
        "raffle" => "Voting has ended. A later block draws who gets the reward.",
        "opening" => "Voting has ended. The node is opening the sealed votes, and checks each against its commitment.",
        _ => State(poll.State),
    };

    public static string Ending(PollView poll, PollOutcome outcome) => $"{EndingState(poll)} {EndingReason(poll, outcome)}";

    public static string PayoutRule(PollView poll) => PayWords.Payout(poll);

    /// <summary>The rule of the terms, or what takes its place where there is no answer to pay for.</summary>
    public static string PayoutMade(PollView poll) => PayWords.Why(poll);

    public static string Voters(PollView poll)
    {
        if (poll.Panel is { } panel) return $"the {Numbers.Count(panel, "account", "accounts")} drawn for its batch";
        if (poll.Sample > 0) return $"{poll.Sample} drawn by lot among {Eligible(poll.Voters)}";
        return poll.Voters == "open" ? "every account" : Eligible(poll.Voters);
    }

    /// <summary>Who is meant by the code of a poll's or a batch's voters; stands behind "among".</summary>
    public static string Eligible(string voters) => voters switch
    {
        "open" => "all accounts",
        "named" => "the accounts the requester named",
        "admitted" => "accounts that show this node what is asked for",
        _ => $"accounts with {SelectionWords.Filter(voters)}",
    };

    public static string Aggregation(PollView poll) => poll.Aggregation switch
    {
        "majority" => "most votes",
        "weighted" => "votes weighted by reputation",
        "batch" => "the votes of its whole group together, by who agrees with whom",
        _ => poll.Aggregation,
    };

    private static string EndingState(PollView poll) => poll.State switch
    {
        "closed" when IsCase(poll) => "The jury has decided.",
        "inconclusive" or "expired" when IsCase(poll) => "The jury did not decide.",
        "cancelled" when IsCase(poll) => "The two sides settled it, or one of them gave in.",
        "closed" => "The poll closed with an answer.",
        "inconclusive" => "The poll ended without a sure enough answer.",
        "expired" => $"Too few people voted: at least {poll.Minimum} were needed.",
        "cancelled" => "The requester took the poll back.",
        _ => State(poll.State) + ".",
    };

    private static string EndingReason(PollView poll, PollOutcome outcome) => outcome.Reason switch
    {
        "maximum" => $"Voting ended because all {poll.Maximum} votes were in.",
        "confidence" => $"Voting ended early because the answer was certain enough (target {Numbers.Target(poll.Confidence)}).",
        "deadline" => "Voting ended at the deadline.",
        "height" => "Voting ended at the block the requester named.",
        "hand" => "The requester ended voting by hand.",
        "cancelled" => IsCase(poll) ? "No juror had voted yet." : "No one had voted yet.",
        _ => $"Reason: {outcome.Reason}.",
    };
}
