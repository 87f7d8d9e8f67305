namespace ChainSpace.Rules.Selection;

/// <summary>How many to invite so that enough answer.</summary>
public static class Invitations
{
    /// <summary>Largest quorum that is computed.</summary>
    public const int MaximumQuorum = 10_000;

    /// <summary>Lowest response rate that is computed.</summary>
    public const double MinimumRate = 0.01;

    /// <summary>
    /// The smallest n with P(Binomial(n, rate) ≥ quorum) ≥ certainty. The distribution of fewer answers than the quorum is
    /// carried from each n to the next, so it needs no powers; n × quorum steps.
    /// </summary>
    /// <param name="quorum">Answers that are needed, 1 to <see cref="MaximumQuorum"/>.</param>
    /// <param name="rate">Share of those invited who answer, <see cref="MinimumRate"/> to 1, independently of each other.</param>
    /// <param name="certainty">Above 0, below 1; usually 0.95.</param>
    public static int Needed(int quorum, double rate, double certainty)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quorum, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quorum, MaximumQuorum);
        if (!(rate >= MinimumRate && rate <= 1)) throw new ArgumentOutOfRangeException(nameof(rate), rate, "0.01 to 1.");
        if (!(certainty > 0 && certainty < 1)) throw new ArgumentOutOfRangeException(nameof(certainty), certainty, "0 to 1.");

        double[] answers = new double[quorum];
        answers[0] = 1;
        int invited = 0;
        for (double tooFew = 1; tooFew > 1 - certainty; invited++)
        {
            tooFew = 0;
            for (int count = quorum - 1; count > 0; count--)
            {
                answers[count] = answers[count] * (1 - rate) + answers[count - 1] * rate;
                tooFew += answers[count];
            }

            answers[0] *= 1 - rate;
            tooFew += answers[0];
        }

        return invited;
    }

    /// <summary>
    /// The response rate that past draws show: (votes + 1) / (seats + 2), the mean of the Beta posterior after a uniform
    /// prior; one half where nothing is known.
    /// </summary>
    /// <param name="votes">Votes of drawn polls that ran to their end.</param>
    /// <param name="seats">Seats that were given in them; not below the votes.</param>
    public static double ObservedRate(long votes, long seats)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(votes);
        ArgumentOutOfRangeException.ThrowIfLessThan(seats, votes);
        double rate = (votes + 1.0) / (seats + 2.0);
        return rate < MinimumRate ? MinimumRate : rate;
    }
}
