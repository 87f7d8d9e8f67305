namespace ChainSpace.Protocol.Numbers;

/// <summary>
/// A number held as the unevaluated sum of two doubles: the rounded result of one operation and exactly what the
/// rounding lost. Needs only + − × (T. J. Dekker, "A floating-point technique for extending the available precision",
/// 1971), so it gives the same bits with and without a fused multiply-add in the machine.
/// </summary>
internal readonly record struct ExactPair(double Head, double Tail)
{
    private const double SplitFactor = (1 << 27) + 1;

    /// <summary>left + right, without loss, whichever is larger.</summary>
    public static ExactPair Sum(double left, double right)
    {
        double head = left + right;
        double rightPart = head - left;
        return new ExactPair(head, (left - (head - rightPart)) + (right - rightPart));
    }

    /// <summary>left × right, without loss while both are below 2⁹⁹⁶ and the product is not subnormal.</summary>
    public static ExactPair Product(double left, double right)
    {
        double head = left * right;
        ExactPair a = Halve(left);
        ExactPair b = Halve(right);
        double tail = ((a.Head * b.Head - head) + a.Head * b.Tail + a.Tail * b.Head) + a.Tail * b.Tail;
        return new ExactPair(head, tail);
    }

    /// <summary>Two halves of at most 26 significant bits, so that products of halves are exact.</summary>
    private static ExactPair Halve(double value)
    {
        double scaled = SplitFactor * value;
        double head = scaled - (scaled - value);
        return new ExactPair(head, value - head);
    }
}
