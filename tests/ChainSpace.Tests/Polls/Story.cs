using System.Text;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Polls;
using ChainSpace.Tests.Rules;

namespace ChainSpace.Tests.Polls;

/// <summary>Tells what happens to one poll, a line for each message, with the facts that people would be told.</summary>
internal sealed class Story
{
    private static readonly Dictionary<AccountId, string> Names =
        new[] { "olga", "rita", "anna", "ben", "cleo" }.ToDictionary(World.Id);

    private readonly StringBuilder text = new();

    public World World { get; } = World.Founded();

    public TaskId Poll { get; private set; }

    public override string ToString() => text.ToString();

    public Story Titled(string title)
    {
        text.AppendLine().AppendLine(title);
        return this;
    }

    public Story Posted(Func<PostPoll, PostPoll> terms)
    {
        Poll = World.Post(terms: terms);
        return Tell("rita", "PostPoll", null);
    }

    public Story Votes(string voter, uint choice) => Says(new Vote(World.By(voter), Poll, choice), $" {choice}");

    public Story Seals(string voter, uint choice) => Says(World.Sealed(voter, Poll, choice), $" {choice}");

    public Story Opens(string voter) => Says(World.Opened(voter, Poll));

    public Story OperatorOpens(params string[] unreadable) =>
        Says(World.Openings(Poll, 0, World.Poll(Poll).Ballots.Count, unreadable));

    public Story Concludes() => Says(World.Concluded(Poll));

    public Story Closes() => Says(new ClosePoll(World.By("rita"), Poll));

    public Story Cancels() => Says(new CancelPoll(World.By("rita"), Poll));

    public Story Blocks() => Says(World.NextBlock());

    public Story After(long milliseconds)
    {
        World.Now += milliseconds;
        return Says(new Tick(World.By("olga")), $" after {milliseconds / World.Minute} min");
    }

    private Story Says(Message message, string detail = "")
    {
        Refusal? refusal = World.Apply(message);
        return Tell(Names[message.Header.Account], message.Type + detail, refusal);
    }

    private Story Tell(string who, string what, Refusal? refusal)
    {
        IEnumerable<string> facts = World.Rules.Facts.Select(Words).OfType<string>();
        string result = refusal is null ? string.Join("; ", facts) : $"refused: {Explain.Code(refusal)}";
        text.AppendLine($"  {who,-5} {what,-24} {result}".TrimEnd());
        return this;
    }

    private static string? Words(Fact fact) => fact switch
    {
        Fact.Posted posted => $"{posted.Terms.Message.Reward} locked",
        Fact.StageChanged { Stage: Stage.Voting voting } => $"voting, seats {Seats(voting)}",
        Fact.StageChanged { Stage: Stage.Opening opening } => $"opening ({opening.Reason})",
        Fact.StageChanged { Stage: Stage.Raffle raffle } => $"raffle ({raffle.Outcome.Reason})",
        Fact.Ended ended => Words(ended),
        _ => null,
    };

    private static string Words(Fact.Ended ended)
    {
        IEnumerable<string> paid = ended.Votes.Select(static vote => $"{Names[vote.Voter]} {vote.Paid}");
        string answer = ended.Outcome.Count.Answer is { } option ? $"answer {option}" : "no answer";
        string kind = $"{ended.Outcome.Kind} ({ended.Outcome.Reason})";
        string money = string.Join(", ", paid.Append($"back {ended.Refund}"));
        return $"{kind}, {answer}, {ended.Outcome.Count.Confidence:0.000}: {money}";
    }

    private static string Seats(Stage.Voting voting) =>
        string.Join(" ", voting.Seats.Select(static seat => Names[seat]).Order(StringComparer.Ordinal));
}
