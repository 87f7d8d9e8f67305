using System.Collections.Immutable;

namespace ChainSpace.Rules.Aggregation;

/// <summary>
/// The outcome by counting heads: the option with the most votes, the lowest of equals. Shown beside the consensus
/// answer so that people see when weights have changed the outcome.
/// </summary>
/// <param name="Option">The option with the most votes.</param>
/// <param name="Votes">Its votes.</param>
/// <param name="IsTie">Another option has as many; also true when nobody voted.</param>
public readonly record struct Plurality(int Option, int Votes, bool IsTie)
{
    public static Plurality Of(ImmutableArray<int> counts)
    {
        int best = 0;
        bool isTie = false;
        for (int option = 1; option < counts.Length; option++)
        {
            if (counts[option] == counts[best]) isTie = true;
            if (counts[option] <= counts[best]) continue;
            best = option;
            isTie = false;
        }

        return new Plurality(best, counts[best], isTie);
    }
}
