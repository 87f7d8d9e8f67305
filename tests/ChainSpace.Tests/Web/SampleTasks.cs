using System.Text.Json;
using ChainSpace.Client.Reading;

namespace ChainSpace.Tests.Web;

/// <summary>Batches and a drawn poll, as a node would show them beside the polls of the sample.</summary>
internal sealed class SampleTasks(SampleReader reader)
{
    public BatchView[] Batches => [Spam, Fresh, Hostile, Paneled, Undrawn];

    public BatchView Spam => new()
    {
        Id = SampleReader.Id(4, 1),
        Index = "3",
        Requester = reader.Journal.Voter,
        Category = "moderation",
        Content = new("Is it spam?", "Comments under recipes.\nAdvertising is spam, thanks are not.", ["Spam", "Not spam"]),
        ContentHash = SampleReader.Id(3, 4),
        Format = "single",
        Options = 2,
        Payout = "correlated",
        Group = 2,
        Training = 1,
        Posted = reader.Ago(600),
        Deadline = reader.Ago(-60),
        State = "open",
        Items = 5,
        Votes = "1312",
        MedianSeconds = 41,
        Hourly = "878",
        Groups = 3,
        SettledGroups = 1,
        States = new Dictionary<string, int> { ["voting"] = 1, ["closed"] = 2, ["waiting"] = 1, ["inconclusive"] = 1 },
    };

    public BatchView Fresh => Spam with
    {
        Id = SampleReader.Id(4, 2),
        Content = null,
        Items = 0,
        Votes = "0",
        MedianSeconds = null,
        Hourly = null,
        Groups = 0,
        SettledGroups = 0,
        States = new Dictionary<string, int>(),
    };

    public BatchView Hostile => Spam with
    {
        Id = SampleReader.Id(4, 3),
        Category = "x\" onmouseover=\"alert(1)",
        Content = new(SampleReader.Hostile, "<img src=x onerror=alert(1)>", ["<b>bold</b>", "\"quoted\""]),
    };

    /// <summary>Twenty seats, of which eighteen could be filled.</summary>
    public BatchView Paneled => Spam with
    {
        Id = SampleReader.Id(4, 4),
        Sample = 20,
        Voters = "country=DE|AT",
        Quotas = "country=DE:15,country=AT:5",
        Drawn = 18,
        GoldShown = 3,
    };

    public BatchView Undrawn => Paneled with { Id = SampleReader.Id(4, 5), Drawn = null, GoldShown = 0, Voters = "open" };

    /// <summary>The panel's first seats.</summary>
    public Page<SeatView> Panel =>
        new([new(reader.Journal.Voter, "seated", null), new(SampleReader.Id(1, 2), "seated", null)], "more");

    public PollView[] Items =>
    [
        Item(0, "closed") with { Outcome = Outcome(0.81, 0.93, 0), Gold = SampleReader.Id(5, 1), GoldAnswer = 0 },
        Item(1, "closed") with
        {
            Outcome = Outcome(0.78, 0.9, 0), Gold = SampleReader.Id(5, 2), GoldAnswer = 1,
            Content = new("Bo\"y, now, <b>bold</b>", "", ["Spam", "Not spam"]),
        },
        Item(2, "inconclusive") with { Outcome = Outcome(0.55, 0.6, 1) },
        Item(3, "waiting"),
        Item(4, "voting"),
        Item(5, "waiting") with { GoldAnswer = 0, Gold = SampleReader.Id(5, 4), Batch = Paneled.Id, Panel = 20 },
        Item(6, "voting") with { Batch = Undrawn.Id, Panel = 20 },
    ];

    public PollView Drawn => reader.Sealed with
    {
        Id = SampleReader.Id(2, 7),
        Voters = "admitted",
        Sample = 15,
        Quotas = "country=DE:10,country=AT|CH:5",
        Lease = "7200000",
        Pricing = "response",
        Gold = SampleReader.Id(5, 3),
        Content = new("Is the song in tune?", "", ["Yes", "No", "Cannot tell"])
        {
            Filter = JsonDocument.Parse(
                """{"all":[{"age":{"ge":18}},{"reputation":{"category":"music","ge":0.8}}]}""").RootElement,
            Purpose = "The study compares grown-up listeners. <b>bold</b>",
            Seconds = 45,
        },
    };

    public SeatView[] Seats =>
    [
        new(reader.Journal.Voter, "seated", reader.Ago(-40)), new(SampleReader.Id(1, 2), "seated", reader.Ago(-40)),
        new(SampleReader.Id(1, 3), "lapsed", null),
    ];

    private static PollOutcome Outcome(double confidence, double belief, int answer) => new()
    {
        Index = "6",
        Moment = "1795000000000",
        Reason = "maximum",
        Answer = answer,
        Confidence = confidence,
        Belief = belief,
        GoldItems = 40,
        Plurality = answer,
        Counts = [2, 1],
        Paid = "30",
        Refunded = "0",
    };

    private PollView Item(int number, string state) => reader.Sealed with
    {
        Id = SampleReader.Id(6, number),
        Batch = Spam.Id,
        Number = number,
        State = state,
        Options = 2,
        Votes = 3,
        Minimum = 2,
        Maximum = 3,
        Reward = "30",
        Aggregation = "batch",
        Content = new($"Comment {number + 1}", "", ["Spam", "Not spam"]),
    };
}
