using ChainSpace.Protocol;
using ChainSpace.Protocol.Formats;
using ChainSpace.Rules.Polls;

namespace ChainSpace.Rules.Payouts;

/// <summary>
/// The Robust Bayesian Truth Serum for opinions without truth (J. Witkowski and D. Parkes, "A Robust Bayesian Truth Serum
/// for Small Populations", AAAI 2012): whoever holds a view does best to state it, and to predict the others' honestly, in
/// every group of three or more. Voter i is scored by another's prediction y_j, moved up or down by i's own answer, and by
/// i's own prediction, both against a third one's answer x_k: R(y_j ± δ, x_k) + R(y_i, x_k), δ = min(y_j, 1 − y_j),
/// R(y, 1) = 2y − y², R(y, 0) = 1 − y². Here it is the mean over all pairs j, k, which has the same expectation and less luck.
/// </summary>
public static class TruthSerum
{
    /// <summary>Fewest answers that can score each other.</summary>
    public const int Fewest = 3;

    private const int Codes = 202;

    /// <summary>Each answer's score, 0 to 2, in the order of the answers; work grows with their number only.</summary>
    /// <param name="answers">Codes of <see cref="OpinionFormat"/>, at least <see cref="Fewest"/>.</param>
    public static double[] Scores(ReadOnlySpan<int> answers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(answers.Length, Fewest, nameof(answers));
        int[] counts = new int[Codes];
        foreach (int code in answers) counts[code]++;
        double?[] byCode = new double?[Codes];
        double[] scores = new double[answers.Length];
        for (int i = 0; i < scores.Length; i++) scores[i] = byCode[answers[i]] ??= Score(counts, answers[i], answers.Length);
        return scores;
    }

    /// <summary>
    /// What each vote is paid: its price (under <c>fixed</c> the reward divided by the votes, else by the maximum), times half
    /// its score, both rounded down; the rest goes back. To share out the rest would pay voters for the low scores of others.
    /// </summary>
    internal static Shares Pay(PollTerms terms, ReadOnlySpan<Ballot> ballots)
    {
        List<int> answers = new(ballots.Length);
        foreach (Ballot ballot in ballots)
            if (ballot.IsCounted) answers.Add(ballot.Choice);
        double[] scores = Scores([.. answers]);
        Amount reward = terms.Message.Reward, paid = Amount.Zero;
        Amount price = terms.Message.Pricing == "fixed" ? new(reward.Units / (uint)scores.Length) : Pricing.PartOf(terms);
        Amount[] amounts = new Amount[ballots.Length];
        for (int i = 0, next = 0; i < amounts.Length; i++)
        {
            if (!ballots[i].IsCounted) continue;
            amounts[i] = Division.Share(price, Division.Millionths(scores[next++] / 2));
            paid += amounts[i];
        }

        return new Shares([.. amounts], reward - paid);
    }

    // All j other than i, and all k other than both; ones[o] counts the answers o of those who are not i.
    private static double Score(int[] counts, int own, int answers)
    {
        bool isOne = IsOne(own);
        double prediction = OpinionFormat.PredictionOf(own);
        long ones = -(isOne ? 1 : 0);
        for (int code = 0; code < Codes; code++) ones += IsOne(code) ? counts[code] : 0;
        long zeros = answers - 1 - ones;
        double information = 0;
        for (int code = 0; code < Codes; code++)
        {
            int voters = counts[code] - (code == own ? 1 : 0);
            if (voters == 0) continue;
            double other = OpinionFormat.PredictionOf(code), step = other < 1 - other ? other : 1 - other;
            double moved = isOne ? other + step : other - step;
            long onesLeft = ones - (IsOne(code) ? 1 : 0), zerosLeft = zeros - (IsOne(code) ? 0 : 1);
            information += voters * (onesLeft * Rule(moved, true) + zerosLeft * Rule(moved, false));
        }

        double pairs = (answers - 1.0) * (answers - 2.0);
        return information / pairs + (ones * Rule(prediction, true) + zeros * Rule(prediction, false)) / (answers - 1.0);
    }

    private static double Rule(double prediction, bool isOne) =>
        isOne ? 2 * prediction - prediction * prediction : 1 - prediction * prediction;

    private static bool IsOne(int code) => code >= Codes / 2;
}
