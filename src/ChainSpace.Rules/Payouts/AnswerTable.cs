using System.Collections.Immutable;

namespace ChainSpace.Rules.Payouts;

/// <summary>The answers of a batch: who chose which option on which item.</summary>
/// <param name="Options">K, at least 2; options are counted from zero.</param>
/// <param name="ByVoter">For each voter one number an item, <see cref="None"/> where it was not answered.</param>
public sealed record AnswerTable(int Options, ImmutableArray<ImmutableArray<int>> ByVoter)
{
    public const int None = -1;

    public int Voters => ByVoter.Length;

    public int Items => ByVoter.IsEmpty ? 0 : ByVoter[0].Length;

    /// <summary>The answers of two voters on the items that both have answered, in the order of the items.</summary>
    public ImmutableArray<(int One, int Other)> Shared(int one, int other)
    {
        ImmutableArray<(int, int)>.Builder shared = ImmutableArray.CreateBuilder<(int, int)>();
        for (int item = 0; item < Items; item++)
        {
            (int a, int b) = (ByVoter[one][item], ByVoter[other][item]);
            if (a != None && b != None) shared.Add((a, b));
        }

        return shared.DrainToImmutable();
    }
}
