using System.Collections.Immutable;
using ChainSpace.Node.Simulation.World;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Payouts;
using ChainSpace.Rules.Polls;

namespace ChainSpace.Node.Simulation;

/// <summary>
/// What one voter earns among four honest ones by each way to vote, by the rules' own payments. Two options, the first true
/// of 70 % of the items; who looks is right with 85 %. A batch has 50 items, for determinant information 10.
/// </summary>
public sealed class LazyVoters(ulong seed, int batches = 400)
{
    /// <summary>The ways to vote.</summary>
    public static readonly ImmutableArray<string> Ways =
        ["honest", "always the commoner", "guess by the prior", "coin", "inverted"];

    private const int Voters = 5, Items = 50, FewItems = 10;
    private const int Price = 1_000_000;

    private readonly Chance chance = new(seed);

    /// <summary>
    /// Mean pay of a vote, in prices of one vote, under <c>majority</c> with a deposit of one price; a lost deposit is below
    /// zero.
    /// </summary>
    public double Majority(string way)
    {
        double sum = 0;
        for (int i = 0; i < batches * Items; i++)
        {
            int truth = Truth();
            int[] votes = [Answer(way, truth), .. Enumerable.Range(1, Voters - 1).Select(_ => Answer("honest", truth))];
            sum += Paid(votes);
        }

        return sum / (batches * Items * (double)Price);
    }

    /// <summary>Mean <see cref="CorrelatedAgreement"/> score over batches of 50; where all vote in that way if said so.</summary>
    public double Agreement(string way, bool doAll = false) => Mean(way, Items, doAll, CorrelatedAgreement.Scores);

    /// <summary>Mean <see cref="DeterminantInformation"/> over batches of 10, not normalised.</summary>
    public double Determinant(string way) => Mean(way, FewItems, false, DeterminantInformation.Scores);

    /// <summary>Mean chance to win by <see cref="CorrelatedAgreement.ClippedChance"/> for the usual honest score.</summary>
    public double Clipped(string way, double usual) => Mean(
        way, Items, false, table => [CorrelatedAgreement.ClippedChance(CorrelatedAgreement.Scores(table)[0], usual)]);

    private double Mean(string way, int items, bool doAll, Func<AnswerTable, double[]> scores)
    {
        double sum = 0;
        for (int batch = 0; batch < batches; batch++)
        {
            int[] truths = [.. Enumerable.Range(0, items).Select(_ => Truth())];
            ImmutableArray<ImmutableArray<int>> answers =
                [.. Enumerable.Range(0, Voters).Select(v => Answers(v == 0 || doAll ? way : "honest", truths))];
            sum += scores(new AnswerTable(2, answers))[0];
        }

        return sum / batches;
    }

    private ImmutableArray<int> Answers(string way, int[] truths) => [.. truths.Select(truth => Answer(way, truth))];

    private int Truth() => chance.Below(100) < 70 ? 0 : 1;

    private int Answer(string way, int truth) => way switch
    {
        "honest" => chance.Below(100) < 85 ? truth : 1 - truth,
        "inverted" => chance.Below(100) < 85 ? 1 - truth : truth,
        "always the commoner" => 0,
        "guess by the prior" => Truth(),
        "coin" => chance.Below(2),
        _ => throw new ArgumentOutOfRangeException(nameof(way)),
    };

    private static double Paid(int[] votes)
    {
        Account requester = new(Id(100), 0, default);
        Weights alike = new(1, 1);
        Ballot[] ballots =
        [
            .. votes.Select((choice, i) => new Ballot(new Account(Id(i), i + 1, default), default, choice, default, alike)),
        ];
        PollTerms terms = new(default, requester, default, Terms(requester.Id), null);
        Count count = Counting.Of(terms, ballots);
        Shares shares = Shares.Of(terms, new Outcome(OutcomeKind.Closed, EndReason.Maximum, default, default, count), ballots);
        return (double)shares.PerVote[0].Units - (shares.IsLost(0) ? Price : 0);
    }

    private static PostPoll Terms(AccountId requester) => new(new Header(requester, 0, default))
    {
        Aggregation = "majority",
        Category = "lazy",
        Confidence = 0,
        Content = default,
        Deadline = default,
        Deposit = new Amount(Price),
        Height = 0,
        Inconclusive = "equal",
        Maximum = Voters,
        Minimum = 1,
        Named = [],
        Options = 2,
        Payout = "majority",
        Reward = new Amount(Voters * Price),
        Sample = 0,
        Voters = "open",
        Voting = "open",
    };

    private static AccountId Id(int number)
    {
        byte[] bytes = new byte[Bytes32.Size];
        bytes[^1] = (byte)number;
        return new AccountId(Bytes32.Read(bytes));
    }
}
