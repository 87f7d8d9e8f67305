using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Protocol;
using ChainSpace.Rules.Payouts;
using Spectre.Console;

namespace ChainSpace.Node.Commands;

/// <summary>Spaces, polls and accounts drawn for a terminal.</summary>
internal static class Pictures
{
    private const int TitleWidth = 64;

    public static void Draw(Overview overview)
    {
        SpaceView space = overview.Space;
        Screen.Line($"[bold]Space {space.Name}[/]: {Sizes(space)}");
        if (overview.Account is { } own)
            Screen.Line($"You have {Wording.Amount(own.Available, space)} and earned {Wording.Amount(own.Earned, space)}.");
        if (overview.Polls.Count == 0) return;
        Table table = new() { Border = TableBorder.None };
        table.AddColumns("Poll", "State", "Votes", "Reward", "Title");
        foreach (PollView poll in overview.Polls)
        {
            table.AddRow(
                Wording.Short(poll.Id),
                poll.State,
                $"{poll.Votes}/{poll.Maximum}",
                Wording.Amount(poll.Reward, space),
                Markup.Escape(Screen.Printable(Shortened(poll.Content?.Title ?? "(erased)"))));
        }

        Screen.Show(table);
    }

    public static void Draw(SpaceView space)
    {
        Screen.Line($"[bold]Space {space.Name}[/]");
        Screen.Fact("id", space.Id);
        Screen.Fact("network", space.Network);
        Screen.Fact("currency", $"{space.Currency}, {space.Decimals} decimals");
        Screen.Fact("grant", $"{Wording.Amount(space.Grant, space)} for every new account");
        Screen.Fact("operator", space.Operator);
        Screen.Fact("origin", space.Origin);
        Screen.Fact("key", space.CheckpointKey);
        Screen.Fact("journal", Sizes(space));
    }

    public static void Draw(PollView poll, Page<VoteView> votes, SpaceView space)
    {
        Screen.Line($"[bold]{poll.Content?.Title ?? "(erased)"}[/]");
        if (poll.Content is { Description.Length: > 0 } content) Screen.Line($"{content.Description}");
        int rows = poll.Outcome?.Counts.Count ?? poll.Options;
        for (int row = 0; row < rows; row++) Screen.Line($"{OptionLine(poll, row)}");
        Screen.Fact("format", $"{poll.Format}: {AnswerWords.Hint(poll)}");
        if (poll.Outcome is { Answer: { } answer } outcome)
            Screen.Fact(IsAnswer(poll) ? "answer" : "leading", outcome.Words ?? AnswerWords.OfConsensus(poll, answer));
        Screen.Fact("poll", poll.Id);
        if (poll.Job is { } job) Screen.Fact("case", $"decides on a declined submission of job {job}");
        Screen.Fact("state", State(poll));
        Screen.Fact("reward", $"{Wording.Amount(poll.Reward, space)}, {poll.Payout}{Paid(poll, space)}");
        Screen.Fact("pricing", PayWords.Pricing(poll));
        Amount each = HourlyPay.OfVote(Wording.Units(poll.Reward), (uint)poll.Maximum);
        if (TimeOption.Words(poll.Content, each, space) is { } time) Screen.Fact("time", time);
        if (poll.Deposit != "0") Screen.Fact("deposit", $"{Wording.Amount(poll.Deposit, space)} locked by every voter");
        if (poll.Outcome is not null) Screen.Fact("paid", PayWords.Why(poll));
        Screen.Fact("votes", $"{poll.Votes} of {poll.Maximum}, {poll.Voting}; at least {poll.Minimum}");
        Screen.Fact("voters", VotersOf(poll));
        if (poll.Gather is { } gather)
            Screen.Fact(poll.State == "gathering" ? "apply until" : "applied until", $"{Wording.Moment(gather)}, then the draw");
        if (poll.Quotas.Length > 0) Screen.Fact("seats for", poll.Quotas);
        if (poll.Lease != "0") Screen.Fact("seats wait", Spans.OfMilliseconds(poll.Lease));
        if (GoldCommand.Of(poll) is { } gold) Screen.Fact("gold", gold);
        if (poll.Reliability is { } level) Screen.Fact("reliability", Reliability(level, poll.Category));
        Screen.Fact("deadline", Wording.Moment(poll.Deadline));
        if (poll.Outcome is null) Screen.Fact("no answer", PayWords.WithoutAnswer(poll));
        Screen.Fact("posted", $"entry {poll.Index} by {poll.Requester}");
        foreach (VoteView vote in votes.Data) Screen.Fact("vote", VoteLine(vote, poll, space));
    }

    public static void Draw(AccountView account, Page<HistoryItem> history, SpaceView space)
    {
        Screen.Line($"[bold]Account {account.Id}[/]");
        Screen.Fact("available", Wording.Amount(account.Available, space));
        Screen.Fact("escrowed", Wording.Amount(account.Escrowed, space));
        Screen.Fact("earned", Wording.Amount(account.Earned, space));
        if (account.Money is { } money) Draw(money, space);
        if (account.Attributes.Length > 0) Screen.Fact("attributes", account.Attributes);
        foreach (ReputationView field in account.Reputation)
            Screen.Fact("reputation", ReputationLine(field));
        foreach (HistoryItem item in history.Data)
            Screen.Fact("entry", $"{item.Index,-6} {Wording.Moment(item.Moment)}  {item.Type} {Wording.Short(TaskOf(item))}");
    }

    private static string TaskOf(HistoryItem item) => item.Poll ?? item.Job ?? item.Batch ?? "";

    private static void Draw(MoneyView money, SpaceView space)
    {
        foreach (PendingDepositView deposit in money.Deposits)
            Screen.Fact("coming in", $"{Wording.Amount(deposit.Amount, space)} in block {deposit.Height}, not final yet");
        if (money.Waiting != "0") Screen.Fact("going out", $"{Wording.Amount(money.Waiting, space)} wait for a good anchor");
        if (money.Claimable != "0") Screen.Fact("claimable", $"{Wording.Amount(money.Claimable, space)}: chainspace claim");
        Screen.Fact("claimed", Wording.Amount(money.Claimed, space));
    }

    private static string Sizes(SpaceView space) =>
        $"{Wording.Count(space.Polls, "poll", "polls")}, {Wording.Count(space.Accounts, "account", "accounts")}, "
        + $"{Wording.Count(space.Size, "entry", "entries")} in the journal";

    private static string ReputationLine(ReputationView field) =>
        $"{field.Category}: {Wording.Percent(field.Mean)}; above {Wording.Percent(field.LowerBound)} with 95 % certainty";

    private static string OptionLine(PollView poll, int option)
    {
        if (poll.Outcome is not { } outcome) return $"  {option + 1}  {poll.Content?.Options[option] ?? "(erased)"}";
        string answer = !AnswerWords.IsInAnswer(poll, option) ? "" : IsAnswer(poll) ? "  <- the answer" : "  <- leads";
        return $"  {option + 1}  {AnswerWords.OfRow(poll, option)}: {Wording.Votes(outcome.Counts[option])}{answer}";
    }

    // Votes may lead somewhere without being certain, or many, enough to make it the answer.
    private static bool IsAnswer(PollView poll) => poll.State is "closed" or "raffle";

    private static string State(PollView poll) => poll.Outcome is { } outcome
        ? $"{poll.State} at {Wording.Moment(outcome.Moment)} ({outcome.Reason}), {Certainty(outcome)}"
        : poll.State;

    // With gold the confidence is how often such polls were right; what the votes say by themselves is another thing.
    private static string Certainty(PollOutcome outcome) => outcome.Confidence == outcome.Belief
        ? $"confidence {Wording.Percent(outcome.Confidence)}"
        : $"confidence {Wording.Percent(outcome.Confidence)} by {outcome.GoldItems} gold items; the votes alone say "
        + Wording.Percent(outcome.Belief);

    private static string VotersOf(PollView poll) => poll switch
    {
        { Panel: { } panel } => $"the {panel} drawn for its batch",
        { Sample: > 0 } => $"{poll.Voters}, {poll.Sample} drawn at random",
        _ => poll.Voters,
    };

    private static string Reliability(ReliabilityLevel level, string category)
    {
        string right = Wording.Percent((double)level.Right / level.Reached), belief = Wording.Percent(level.Belief);
        return $"{right} right of the requester's {level.Reached} known answers in {category} whose polls came to {belief}";
    }

    private static string Paid(PollView poll, SpaceView space) => poll.Outcome is { } outcome
        ? $"; {Wording.Amount(outcome.Paid, space)} paid, {Wording.Amount(outcome.Refunded, space)} back"
        : "";

    private static string VoteLine(VoteView vote, PollView poll, SpaceView space)
    {
        string choice = vote.Words ?? (vote.Choice is { } code ? AnswerWords.Of(poll, code) : "sealed");
        return $"entry {vote.Index} by {Wording.ShortAccount(vote.Voter)}: {choice}, earned {Wording.Amount(vote.Paid, space)}"
            + (vote.HasLostDeposit ? $", lost {Wording.Amount(poll.Deposit, space)}" : "");
    }

    private static string Shortened(string title) => title.Length <= TitleWidth ? title : title[..(TitleWidth - 1)] + "…";
}
