using System.Globalization;

namespace ChainSpace.Protocol.Formats;

/// <summary>All options in order, the best first, <c>2&gt;0&gt;1</c>; the code is the order's number.</summary>
public sealed record RankingFormat(int Options) : ResponseFormat
{
    public override bool Accepts(uint code) => code < Permutation.Count(Options);

    /// <summary>
    /// 1 − 2 d, at least 0, with d the share of pairs that the two orders put the other way round (M. Kendall, "A new measure
    /// of rank correlation", 1938); so orders agree that differ in at most a quarter of their pairs.
    /// </summary>
    public override double Similarity(int code, int answer)
    {
        int[] places = PlacesOf(answer), order = Permutation.Decode(code, Options);
        int swapped = 0;
        for (int first = 0; first < Options; first++)
        {
            for (int second = first + 1; second < Options; second++)
                swapped += places[order[first]] > places[order[second]] ? 1 : 0;
        }

        double similarity = 1 - 2 * swapped / (Options * (Options - 1) / 2.0);
        return similarity > 0 ? similarity : 0;
    }

    public override string Write(int code) =>
        string.Join('>', Permutation.Decode(code, Options).Select(static o => o.ToString(CultureInfo.InvariantCulture)));

    public override uint? Read(string answer)
    {
        int[] order = [.. answer.Split('>').Select(part => (int?)Codes.Read(part, o => o < Options) ?? -1)];
        bool isWhole = order.Length == Options && order.Distinct().Count() == Options && order.All(static o => o >= 0);
        return isWhole ? (uint)Permutation.Encode(order) : null;
    }

    private int[] PlacesOf(int code)
    {
        int[] order = Permutation.Decode(code, Options), places = new int[Options];
        for (int place = 0; place < Options; place++) places[order[place]] = place;
        return places;
    }
}
