using ChainSpace.Rules.Reputation;

namespace ChainSpace.Rules.Aggregation;

/// <summary>What a requester has in mind.</summary>
/// <param name="Options">How many options, 2 to 100.</param>
/// <param name="Target">Confidence at which the poll is to close, 0 to 1.</param>
/// <param name="Minimum">Fewest votes.</param>
/// <param name="Maximum">Most votes.</param>
/// <param name="MayBeGold">Whether the poll is to close when its answer is probably true, as gold has shown.</param>
public readonly record struct QuoteTerms(int Options, double Target, int Minimum, int Maximum, bool MayBeGold);

/// <summary>
/// What a poll will probably need, found by asking imagined voters of the category's skills, with fixed dice: the same
/// question gets the same answer. Imagined voters err each for himself; real ones err alike, so the truth is rather more.
/// </summary>
/// <param name="Votes">Votes expected.</param>
/// <param name="Low">One poll in ten needs no more votes than that.</param>
/// <param name="High">One in ten needs more.</param>
/// <param name="Inconclusive">Chance to come to the maximum without the confidence, 0 to 1.</param>
/// <param name="Polls">Imagined polls it rests on.</param>
public sealed record Quote(double Votes, int Low, int High, double Inconclusive, int Polls)
{
    private const int MostPolls = 400;
    private const int MostVotes = 12_000;

    /// <summary>A quote from the records of a category's voters; of newcomers where there are none.</summary>
    public static Quote Of(QuoteTerms terms, IReadOnlyList<Evidence> voters, Calibration calibration)
    {
        ArgumentNullException.ThrowIfNull(voters);
        ArgumentNullException.ThrowIfNull(calibration);
        ArgumentOutOfRangeException.ThrowIfLessThan(terms.Options, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(terms.Maximum, 1);
        Evidence pool = voters.Aggregate(default(Evidence), static (sum, each) =>
            new Evidence(sum.For + each.For, sum.Against + each.Against, default));
        double pooled = VoterSkill.PooledAccuracy(pool, terms.Options);
        Guest[] guests = [.. voters.DefaultIfEmpty().Select(each => Guest.Of(each, pooled, terms))];
        double plain = VoterSkill.Weight(pooled, terms.Options);
        Dice dice = new(0x9E3779B97F4A7C15);
        List<int> lengths = [];
        int votes = 0, unsure = 0;
        while (lengths.Count < MostPolls && votes < MostVotes)
        {
            (int length, bool isSure) = Ask(terms, (guests, plain), calibration, ref dice);
            lengths.Add(length);
            votes += length;
            if (!isSure) unsure++;
        }

        lengths.Sort();
        return new Quote(
            (double)votes / lengths.Count, lengths[lengths.Count / 10], lengths[lengths.Count * 9 / 10],
            (double)unsure / lengths.Count, lengths.Count);
    }

    private static (int Votes, bool IsSure) Ask(
        QuoteTerms terms, (Guest[] Guests, double Plain) crowd, Calibration calibration, ref Dice dice)
    {
        Tally tally = Tally.Empty(terms.Options);
        int least = Math.Max(Limits.ConfidentVotes, terms.Minimum);
        for (int votes = 1; votes <= terms.Maximum; votes++)
        {
            Guest guest = crowd.Guests[dice.Below(crowd.Guests.Length)];
            int choice = dice.Share() < guest.Accuracy ? 0 : 1 + dice.Below(terms.Options - 1);
            tally = tally.Add(choice, guest.Weight, crowd.Plain);
            double belief = tally.Leader().Probability;
            double confidence = terms.MayBeGold ? calibration.Confidence(belief) : belief;
            if (votes >= least && confidence >= terms.Target) return (votes, true);
        }

        return (terms.Maximum, false);
    }

    private readonly record struct Guest(double Accuracy, double Weight)
    {
        public static Guest Of(Evidence voter, double pooled, QuoteTerms terms)
        {
            double accuracy = VoterSkill.Accuracy(voter, pooled, terms.Options);
            double weight = VoterSkill.Weight(accuracy, terms.Options);
            return new Guest(accuracy, terms.MayBeGold ? weight : weight * VoterSkill.Emphasis(voter));
        }
    }

    // SplitMix64 (G. L. Steele and others, 2014): the same numbers everywhere.
    private struct Dice(ulong seed)
    {
        private ulong state = seed;

        public double Share() => (Next() >> 11) / 9007199254740992.0;

        public int Below(int limit) => (int)(Share() * limit);

        private ulong Next()
        {
            unchecked
            {
                state += 0x9E3779B97F4A7C15;
                ulong mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
                mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
                return mixed ^ (mixed >> 31);
            }
        }
    }
}
