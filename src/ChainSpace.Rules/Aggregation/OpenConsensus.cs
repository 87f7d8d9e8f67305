using System.Collections.Immutable;
using ChainSpace.Protocol.Numbers;
using ChainSpace.Rules.Polls;

namespace ChainSpace.Rules.Aggregation;

/// <summary>
/// Answers in people's own words: those that are the same in their normal form count as one. The answer is the one with most
/// weight; two of equal weight are none.
/// </summary>
internal static class OpenConsensus
{
    /// <summary>Distinct answers whose votes are told, those that came first.</summary>
    private const int Told = 100;

    // Among the answers given there may be none that is right: one more, of which nobody has thought, has the weight of no vote.
    /// <summary>The confidence is e^w of the answer's weight among those of all answers given and one more of weight 0.</summary>
    public static Count Of(ReadOnlySpan<WeighedAnswer> answers)
    {
        Dictionary<int, int> places = [];
        List<(int Code, double Weight, int Votes)> distinct = [];
        foreach (WeighedAnswer answer in answers)
        {
            if (!places.TryGetValue(answer.Code, out int place))
            {
                places.Add(answer.Code, place = distinct.Count);
                distinct.Add((answer.Code, 0, 0));
            }

            (int code, double weight, int votes) = distinct[place];
            distinct[place] = (code, weight + answer.Skilled, votes + 1);
        }

        ImmutableArray<int> counts = [.. distinct.Take(Told).Select(static each => each.Votes)];
        if (distinct.Count == 0) return Count.None(counts);
        double most = distinct.Max(static each => each.Weight);
        (int Code, double Weight, int Votes)[] leaders = [.. distinct.Where(each => each.Weight == most)];
        double sum = DeterministicMath.Exp(-most);
        foreach ((_, double weight, _) in distinct) sum += DeterministicMath.Exp(weight - most);
        return new Count(leaders.Length == 1 ? leaders[0].Code : null, 1 / sum, null, counts) { Votes = answers.Length };
    }
}
