namespace ChainSpace.Protocol.Formats;

/// <summary>
/// An order of up to 12 items as a number: the items' orders counted in the order of a dictionary ("Lehmer code",
/// D. H. Lehmer, "Teaching combinatorial tricks to a computer", 1960).
/// </summary>
public static class Permutation
{
    /// <summary>12! is the last factorial below 2³¹.</summary>
    public const int MostItems = 12;

    /// <summary>How many orders of so many items there are.</summary>
    public static int Count(int items)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(items, MostItems);
        int count = 1;
        for (int factor = 2; factor <= items; factor++) count *= factor;
        return count;
    }

    /// <summary>The number of an order.</summary>
    /// <param name="order">Every item from 0 on, once, the first first.</param>
    public static int Encode(ReadOnlySpan<int> order)
    {
        int code = 0;
        for (int place = 0; place < order.Length; place++)
        {
            int smaller = 0;
            foreach (int later in order[(place + 1)..]) smaller += later < order[place] ? 1 : 0;
            code += smaller * Count(order.Length - place - 1);
        }

        return code;
    }

    /// <summary>The order of a number below <see cref="Count"/>.</summary>
    public static int[] Decode(int code, int items)
    {
        List<int> left = [.. Enumerable.Range(0, items)];
        int[] order = new int[items];
        for (int place = 0; place < items; place++)
        {
            (int next, code) = Math.DivRem(code, Count(items - place - 1));
            order[place] = left[next];
            left.RemoveAt(next);
        }

        return order;
    }
}
