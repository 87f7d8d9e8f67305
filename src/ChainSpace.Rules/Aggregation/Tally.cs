using System.Collections.Immutable;
using ChainSpace.Protocol.Numbers;

namespace ChainSpace.Rules.Aggregation;

/// <summary>
/// The votes of one poll as far as the consensus needs them: for each option the sum of weights of those who chose it,
/// once with every voter's own weight and once with the same weight for all, and the count. A vote is added in time
/// proportional to the options, whatever came before.
/// </summary>
/// <param name="Skilled">Per option, the sum of the voters' own weights.</param>
/// <param name="Plain">Per option, the sum of the weight of an average voter.</param>
/// <param name="Counts">Per option, the number of votes.</param>
public sealed record Tally(
    ImmutableArray<double> Skilled, ImmutableArray<double> Plain, ImmutableArray<int> Counts)
{
    /// <summary>
    /// Share of the belief that ignores who voted. It keeps one supposedly excellent voter from closing a poll alone
    /// and from being confirmed by the result.
    /// </summary>
    private const double PlainShare = 0.2;

    /// <summary>
    /// How alike two votes on one poll are beyond what the voters' accuracies explain: a hard question misleads many
    /// at once, so twenty votes are worth fewer than twenty independent ones. This is the intra-class correlation of
    /// survey sampling and n / (1 + (n − 1) ρ) its effective sample size (L. Kish, "Survey Sampling", 1965).
    /// </summary>
    private const double Correlation = 0.05;

    /// <summary>No votes yet.</summary>
    public static Tally Empty(int options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options, 2);
        return new Tally(
            ImmutableArray.Create(new double[options]),
            ImmutableArray.Create(new double[options]),
            ImmutableArray.Create(new int[options]));
    }

    /// <summary>Number of options, K.</summary>
    public int Options => Counts.Length;

    /// <summary>Number of votes.</summary>
    public int Votes => Counts.Sum();

    /// <summary>How much of an independent vote each of so many votes is worth, 0 to 1.</summary>
    public static double IndependenceOf(int votes) => votes == 0 ? 1 : 1 / (1 + Correlation * (votes - 1));

    /// <summary>The tally with one vote more.</summary>
    /// <param name="skilledWeight"><see cref="VoterSkill.Weight"/> of the voter's accuracy.</param>
    /// <param name="plainWeight"><see cref="VoterSkill.Weight"/> of the pool's accuracy.</param>
    public Tally Add(int choice, double skilledWeight, double plainWeight) => new(
        Skilled.SetItem(choice, Skilled[choice] + skilledWeight),
        Plain.SetItem(choice, Plain[choice] + plainWeight),
        Counts.SetItem(choice, Counts[choice] + 1));

    /// <summary>The chance of each option to be the answer; sums to one up to rounding.</summary>
    public ImmutableArray<double> Posterior()
    {
        double independence = IndependenceOf(Votes);
        double[] belief = Shares(Skilled, independence);
        double[] plain = Shares(Plain, independence);
        for (int option = 0; option < belief.Length; option++)
            belief[option] = (1 - PlainShare) * belief[option] + PlainShare * plain[option];

        return ImmutableArray.Create(belief);
    }

    /// <summary>The most likely option and its chance; the lowest of equals.</summary>
    public Leader Leader()
    {
        ImmutableArray<double> posterior = Posterior();
        int best = 0;
        for (int option = 1; option < posterior.Length; option++)
        {
            if (posterior[option] > posterior[best]) best = option;
        }

        return new Leader(best, posterior[best]);
    }

    /// <summary>Whether the poll may close: the leader is likely enough and enough people were asked.</summary>
    public bool Reached(double target, int minimumVotes) => Votes >= minimumVotes && Leader().Probability >= target;

    /// <summary>
    /// What the other votes say about one voter's choice, so that nobody confirms himself; evidence for or against
    /// the voter once the poll has closed.
    /// </summary>
    /// <param name="skilledWeight">The weight with which the vote was added.</param>
    /// <param name="plainWeight">The plain weight with which the vote was added.</param>
    public PeerJudgement LeaveOneOut(int choice, double skilledWeight, double plainWeight)
    {
        if (Counts[choice] == 0) throw new ArgumentException("Nobody chose this option.", nameof(choice));
        return PeerJudgement.Of(WithoutVote(choice, skilledWeight, plainWeight).Posterior(), choice);
    }

    /// <summary>How many chose what, without weights.</summary>
    public Plurality Plurality() => Aggregation.Plurality.Of(Counts);

    public bool Equals(Tally? other) => other is not null
        && Skilled.AsSpan().SequenceEqual(other.Skilled.AsSpan())
        && Plain.AsSpan().SequenceEqual(other.Plain.AsSpan())
        && Counts.AsSpan().SequenceEqual(other.Counts.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Options, Votes);

    private Tally WithoutVote(int choice, double skilledWeight, double plainWeight) => new(
        Skilled.SetItem(choice, Skilled[choice] - skilledWeight),
        Plain.SetItem(choice, Plain[choice] - plainWeight),
        Counts.SetItem(choice, Counts[choice] - 1));

    /// <summary>Log weights to shares; the largest is taken off first so that no exponential overflows.</summary>
    private static double[] Shares(ImmutableArray<double> logWeights, double independence)
    {
        double largest = logWeights[0];
        foreach (double weight in logWeights)
        {
            if (weight > largest) largest = weight;
        }

        double[] shares = new double[logWeights.Length];
        double sum = 0;
        for (int option = 0; option < shares.Length; option++)
        {
            shares[option] = DeterministicMath.Exp((logWeights[option] - largest) * independence);
            sum += shares[option];
        }

        for (int option = 0; option < shares.Length; option++) shares[option] /= sum;
        return shares;
    }
}
