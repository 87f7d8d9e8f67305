using ChainSpace.Client.Writing;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Demo;

/// <summary>
/// What the demo shows: polls as people would ask them, ended in every way a poll can end, and some that wait for the
/// visitor's vote. The newest are listed first, so the open ones come last.
/// </summary>
internal static class DemoScript
{
    private const string Mark = "Simulated: people and money of this poll are play.";

    /// <summary>Public attributes of the people; everybody speaks English, the first five German too.</summary>
    public static readonly string[] People =
    [
        "country=DE,language=de|en,name=Ada,simulated=yes",
        "country=AT,language=de|en,name=Ben,simulated=yes",
        "country=DE,language=de|en,name=Chloe,simulated=yes",
        "country=CH,language=de|en|fr,name=Deniz,simulated=yes",
        "country=DE,language=de|en,name=Emil,simulated=yes",
        "country=FR,language=en|fr,name=Farah,simulated=yes",
        "country=IN,language=en|hi,name=Gita,simulated=yes",
        "country=BR,language=en|pt,name=Hugo,simulated=yes",
    ];

    public static IReadOnlyList<DemoPoll> Polls(DateTimeOffset now) =>
        [.. Closed(now), .. Shared(now), .. WithoutAnswer(now), .. Drawn(now), .. Open(now)];

    private static IEnumerable<DemoPoll> Closed(DateTimeOffset now)
    {
        yield return new(
            Draft(
                now,
                "Which animal is on picture 0417?",
                "A label for training data.",
                ["Cat", "Dog", "Fox"]) with
            {
                Category = "labelling",
                Maximum = 5,
                Reward = new(500),
            },
            [2, 2, 1, 2, 2]);
        yield return new(
            Draft(
                now,
                "Does this post break the community's rules?",
                "\"Sell me your old account, I pay double.\" Trading accounts is not allowed here.",
                ["Keep it", "Remove it", "Ask a moderator"]) with
            {
                Category = "moderation",
                Maximum = 5,
                Reward = new(1_000),
            },
            [1, 1, 1, 2, 1]);
        yield return new(
            Draft(
                now,
                "What damaged this car roof?",
                "Photo of an insurance claim: many round dents of 2 cm, on the roof only. Closes when the answer is 95 % sure.",
                ["Hail", "A collision", "Vandalism"]) with
            {
                Category = "insurance",
                Aggregation = "weighted",
                Confidence = 9_500,
                Voting = "open",
                Maximum = 7,
                Minimum = 3,
                Reward = new(1_400),
            },
            [0, 0, 0, 0, 0, 0, 0]);
    }

    // Paid otherwise than to the majority.
    private static IEnumerable<DemoPoll> Shared(DateTimeOffset now)
    {
        yield return new(
            Draft(
                now,
                "Is this solution of 3x + 7 = 22 right?",
                "Homework: 3x = 15, so x = 5. Everybody who answers is paid the same.",
                ["Right", "Wrong"]) with
            {
                Category = "homework",
                Maximum = 4,
                Payout = "equal",
                Reward = new(400),
            },
            [0, 0, 1, 0]);
        yield return new(
            Draft(
                now,
                "Which German sentence says \"The bill is due on Friday\"?",
                "For people who speak German; one of them, drawn by lot, earns the whole reward.",
                [
                    "Die Rechnung ist am Freitag fällig.",
                    "Die Rechnung fällt am Freitag.",
                    "Der Schein ist freitags schuld.",
                ]) with
            {
                Category = "translation",
                Maximum = 4,
                Payout = "lottery",
                Reward = new(600),
                Voters = "language=de",
            },
            [0, 0, 0, 1]);
    }

    private static IEnumerable<DemoPoll> WithoutAnswer(DateTimeOffset now)
    {
        yield return new(
            Draft(
                now,
                "Is the headline \"Chocolate cures colds\" misleading?",
                "The study asked twelve people. Two against two: no answer, and everybody is paid.",
                ["Misleading", "Fair"]) with
            {
                Category = "moderation",
                Maximum = 4,
                Reward = new(400),
            },
            [0, 1, 1, 0]);
        yield return new(
            Draft(
                now,
                "Is this invoice a duplicate?",
                "Ended by hand before enough people had voted: expired, and the rest of the reward went back.",
                ["Duplicate", "Not a duplicate"]) with
            {
                Category = "data",
                Maximum = 8,
                Minimum = 5,
                Reward = new(800),
            },
            [0, 0])
        { End = DemoEnd.Close };
        yield return new(
            Draft(
                now,
                "Which logo do you like better?",
                "Taken back before anybody voted.",
                ["The round one", "The square one"]) with
            { Reward = new(500) },
            [])
        { End = DemoEnd.Cancel };
    }

    private static IEnumerable<DemoPoll> Drawn(DateTimeOffset now)
    {
        yield return new(
            Draft(
                now,
                "Is this product review written by a customer?",
                "Five voters drawn at random among all accounts; three votes are wanted.",
                ["A customer", "An advertisement"]) with
            {
                Category = "moderation",
                Maximum = 3,
                Sample = 5,
                Reward = new(600),
            },
            [1, 1, 0]);
    }

    private static IEnumerable<DemoPoll> Open(DateTimeOffset now)
    {
        yield return new(
            Draft(
                now,
                "How many days a week do you work from home?",
                "A small census. Votes are public, everybody is paid the same.",
                ["None", "One or two", "Three or four", "All"]) with
            {
                Category = "census",
                Maximum = 50,
                Payout = "equal",
                Reward = new(5_000),
                Voting = "open",
            },
            [1, 2, 0, 3, 2]);
        yield return new(
            Draft(
                now,
                "Which answer explains recursion better?",
                "A: \"A function that calls itself on a smaller problem.\" B: \"See recursion.\" Closes at 95 % confidence.",
                ["Answer A", "Answer B"]) with
            {
                Category = "homework",
                Aggregation = "weighted",
                Confidence = 9_500,
                Maximum = 20,
                Minimum = 3,
                Reward = new(2_000),
            },
            [0, 0]);
        yield return new(
            Draft(
                now,
                "Should this comment stay?",
                "\"Nobody who drives that car can park.\" Below a photo of a parked car.",
                ["Keep it", "Hide it"]) with
            {
                Category = "moderation",
                Maximum = 9,
                Reward = new(1_800),
            },
            [0, 1, 0]);
        yield return new(
            Draft(
                now,
                "One vote is missing: is this digit a 1 or a 7?",
                "It has a bar through its stem. Your vote closes the poll and pays.",
                ["1", "7"]) with
            {
                Category = "labelling",
                Maximum = 4,
                Reward = new(400),
            },
            [1, 1, 1]);
    }

    private static PollDraft Draft(DateTimeOffset now, string title, string description, string[] options) => new()
    {
        Title = $"{title} (demo)",
        Description = $"{description}\n{Mark}",
        Options = [.. options],
        Reward = Amount.Zero,
        Deadline = new Moment(now.AddDays(60).ToUnixTimeMilliseconds()),
    };
}
