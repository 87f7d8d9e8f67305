using System.Security.Cryptography;

namespace ChainSpace.Protocol.Crypto;

/// <summary>Thirty-two bytes as a big-endian number modulo the order of a curve, as far as signatures need it.</summary>
internal static class Scalars
{
    public const int Size = 32;

    /// <summary>True for 1 ≤ value &lt; order; not constant in time, so for public numbers and refusals only.</summary>
    public static bool IsInRange(ReadOnlySpan<byte> value, ReadOnlySpan<byte> order) =>
        value.IndexOfAnyExcept((byte)0) >= 0 && value.SequenceCompareTo(order) < 0;

    /// <summary>True for s ≤ ⌊n / 2⌋. Of the two signatures (r, s) and (r, n − s) only this one is taken.</summary>
    public static bool IsLow(ReadOnlySpan<byte> s, ReadOnlySpan<byte> halfOrder) => s.SequenceCompareTo(halfOrder) <= 0;

    /// <summary>Replaces s by n − s.</summary>
    public static void Negate(Span<byte> s, ReadOnlySpan<byte> order)
    {
        int borrow = 0;
        for (int index = Size - 1; index >= 0; index--)
        {
            int difference = order[index] - s[index] - borrow;
            borrow = difference < 0 ? 1 : 0;
            s[index] = (byte)(difference & 0xFF);
        }
    }

    /// <summary>A random private key: uniform below the order, by drawing again the one time in 2³² it is not.</summary>
    public static byte[] CreatePrivateKey(ReadOnlySpan<byte> order)
    {
        byte[] key = new byte[Size];
        do RandomNumberGenerator.Fill(key);
        while (!IsInRange(key, order));
        return key;
    }

    public static void ThrowIfNotPrivateKey(ReadOnlySpan<byte> key, ReadOnlySpan<byte> order)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, Size);
        if (!IsInRange(key, order))
            throw new ArgumentOutOfRangeException(nameof(key), "A private key is at least 1 and below the order of the curve.");
    }
}
