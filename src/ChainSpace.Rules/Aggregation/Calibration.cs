using System.Collections.Immutable;

namespace ChainSpace.Rules.Aggregation;

/// <summary>
/// What gold items have shown of a belief: how many polls reached each level, and how often the option that led at that
/// moment was the true one. That is the very question a poll asks which closes the moment it reaches a level. Whole numbers
/// only; the map from belief to confidence is made of them. See docs/confidence.md.
/// </summary>
public sealed class Calibration : IEquatable<Calibration>
{
    /// <summary>Gold items after which all counts are halved, so that a crowd which changes is noticed.</summary>
    public const int MostItems = 4_096;

    /// <summary>How many imagined items the first guess weighs.</summary>
    private const double PriorItems = 4;

    /// <summary>Standard errors taken off: the bound that holds in some 49 of 50 cases.</summary>
    private const double Care = 2;

    private readonly double[] confidences;

    private Calibration(int items, ImmutableArray<int> reached, ImmutableArray<int> right)
    {
        (Items, Reached, Right) = (items, reached, right);
        confidences = Fit(reached, right);
    }

    /// <summary>Beliefs at which polls are looked at, rising.</summary>
    public static ImmutableArray<double> Levels { get; } =
        [.5, .6, .7, .8, .85, .9, .93, .95, .97, .98, .99, .995, .998, .999, .9995, .9999, .99999];

    /// <summary>No gold item has been shown.</summary>
    public static Calibration None { get; } = new(0, Zeros, Zeros);

    private static ImmutableArray<int> Zeros => ImmutableArray.Create(new int[Levels.Length]);

    /// <summary>Gold items it rests on.</summary>
    public int Items { get; }

    /// <summary>Of these, how many reached each level.</summary>
    public ImmutableArray<int> Reached { get; }

    /// <summary>And with the true option in the lead.</summary>
    public ImmutableArray<int> Right { get; }

    /// <summary>Puts together what was kept.</summary>
    /// <exception cref="ArgumentException">The counts cannot be those of so many items.</exception>
    public static Calibration Of(int items, ImmutableArray<int> reached, ImmutableArray<int> right)
    {
        bool isRight = items >= 0 && reached.Length == Levels.Length && right.Length == Levels.Length;
        for (int level = 0; isRight && level < Levels.Length; level++)
            isRight = right[level] >= 0 && right[level] <= reached[level] && reached[level] <= items;
        return isRight ? new Calibration(items, reached, right) : throw new ArgumentException("No counts.", nameof(reached));
    }

    /// <summary>With one gold item more.</summary>
    /// <param name="leaders">For each level the poll reached, from the lowest on, the option that led when it did.</param>
    /// <param name="truth">The true option.</param>
    public Calibration Add(ReadOnlySpan<int> leaders, int truth)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(leaders.Length, Levels.Length);
        bool isFull = Items >= MostItems;
        int[] reached = new int[Levels.Length], right = new int[Levels.Length];
        for (int level = 0; level < Levels.Length; level++)
        {
            reached[level] = isFull ? Reached[level] / 2 : Reached[level];
            right[level] = isFull ? Right[level] / 2 : Right[level];
            if (level >= leaders.Length) continue;
            reached[level]++;
            if (leaders[level] == truth) right[level]++;
        }

        return new Calibration((isFull ? Items / 2 : Items) + 1, [.. reached], [.. right]);
    }

    /// <summary>
    /// The chance, 0 to 1, that the leading option is true of a poll that has just come to this belief; never falls as the
    /// belief rises.
    /// </summary>
    public double Confidence(double belief)
    {
        int level = -1;
        while (level + 1 < Levels.Length && belief >= Levels[level + 1]) level++;
        return level < 0 ? belief * confidences[0] / Levels[0] : confidences[level];
    }

    public bool Equals(Calibration? other) => other is not null && Items == other.Items
        && Reached.AsSpan().SequenceEqual(other.Reached.AsSpan()) && Right.AsSpan().SequenceEqual(other.Right.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as Calibration);

    public override int GetHashCode() => HashCode.Combine(Items, Reached[0], Right[0]);

    // Pool adjacent violators (M. Ayer and others, 1955): where a higher level was right less often than a lower one, both get
    // the share of the two together. A bound is shown, not
    // the share itself, for whoever closes early lives by the lucky levels.
    private static double[] Fit(ImmutableArray<int> reached, ImmutableArray<int> right)
    {
        List<(double Right, double Items, int Levels)> blocks = [];
        for (int level = 0; level < reached.Length; level++)
        {
            blocks.Add((right[level] + PriorItems * Tempered(Levels[level]), reached[level] + PriorItems, 1));
            while (blocks.Count > 1 && blocks[^2].Right / blocks[^2].Items > blocks[^1].Right / blocks[^1].Items)
            {
                (double Right, double Items, int Levels) last = blocks[^1], before = blocks[^2];
                blocks.RemoveRange(blocks.Count - 2, 2);
                blocks.Add((before.Right + last.Right, before.Items + last.Items, before.Levels + last.Levels));
            }
        }

        double[] confidences = new double[reached.Length];
        double highest = 0;
        int next = 0;
        foreach ((double Right, double Items, int Levels) block in blocks)
        {
            double share = block.Right / block.Items, items = block.Items / block.Levels;
            double careful = share - Care * Math.Sqrt(share * (1 - share) / (items + 1));
            if (careful > highest) highest = careful;
            for (int level = 0; level < block.Levels; level++) confidences[next++] = highest;
        }

        return confidences;
    }

    // Beliefs of models of crowds are too sure by about the square of the odds; measured on public crowds, docs/confidence.md.
    private static double Tempered(double belief)
    {
        double odds = Math.Sqrt(belief / (1 - belief));
        return odds / (1 + odds);
    }
}
