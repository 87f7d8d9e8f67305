using System.Collections.Immutable;

namespace ChainSpace.Rules.Inference;

/// <summary>One vote of a batch; items, workers and labels are numbered from zero.</summary>
public readonly record struct BatchVote(int Item, int Worker, int Label);

/// <summary>
/// Does pieces 0 to <paramref name="pieces"/> − 1 of a work, in any order or at once, and returns when all are done. The
/// pieces never depend on who does them or when, so the result has the same bits with any runner.
/// </summary>
public delegate void Runner(int pieces, Action<int> work);

/// <summary>Runners that need no threads.</summary>
public static class Runners
{
    /// <summary>One piece after the other, on the caller's thread.</summary>
    public static void InOrder(int pieces, Action<int> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        for (int piece = 0; piece < pieces; piece++) work(piece);
    }
}

/// <summary>
/// The votes of a batch of items of one kind. A worker votes at most once on an item; the order of the votes means nothing.
/// </summary>
/// <param name="Votes">All votes.</param>
/// <param name="Items">Number of items; some may have no votes.</param>
/// <param name="Workers">Number of workers.</param>
/// <param name="Classes">Number of possible answers, K: 2 to 256.</param>
public sealed record BatchVotes(ImmutableArray<BatchVote> Votes, int Items, int Workers, int Classes)
{
    /// <summary>The most classes a batch may have.</summary>
    public const int MostClasses = 256;

    /// <summary>
    /// For each worker the number of the cluster (one person, device or wallet) it belongs to, or default where every worker
    /// stands alone. The members of a cluster share one vote on each item.
    /// </summary>
    public ImmutableArray<int> Clusters { get; init; }
}

/// <summary>
/// Items whose answer is known: they keep it, teach what each worker is worth from the start, and count
/// <see cref="Weight"/>-fold as evidence on workers. A crowd of which most are wrong can be set right by nothing else.
/// </summary>
/// <param name="Answers">The known class of each gold item.</param>
public sealed record Gold(ImmutableSortedDictionary<int, int> Answers)
{
    /// <summary>How many items a gold item is worth as evidence on a worker.</summary>
    public const double Weight = 5;
}
