using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using ECCurve = Org.BouncyCastle.Math.EC.ECCurve;
using ECPoint = Org.BouncyCastle.Math.EC.ECPoint;

namespace ChainSpace.Protocol.Crypto;

/// <summary>
/// Arithmetic of P-256 (FIPS 186-5, SP 800-186 §3.2.1.3) that the platform does not give: is a point on the curve, what is
/// its second coordinate. Never throws for what strangers send.
/// </summary>
internal static class P256Curve
{
    public const int FieldSize = 32;

    private static readonly X9ECParameters Parameters = CustomNamedCurves.GetByName("secp256r1");

    private static ECCurve Curve => Parameters.Curve;

    /// <summary>n; a private key is at least 1 and below this.</summary>
    public static ReadOnlySpan<byte> Order =>
    [
        0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,
    ];

    /// <summary>⌊n / 2⌋, the greatest s that counts as low.</summary>
    public static ReadOnlySpan<byte> HalfOrder =>
    [
        0x7F, 0xFF, 0xFF, 0xFF, 0x80, 0x00, 0x00, 0x00, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xDE, 0x73, 0x7D, 0x56, 0xD3, 0x8B, 0xCF, 0x42, 0x79, 0xDC, 0xE5, 0x61, 0x7E, 0x31, 0x92, 0xA8,
    ];

    /// <summary>True where y² = x³ − 3x + b and both are below the field's prime.</summary>
    public static bool Contains(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y) =>
        TryReadField(y, out ECFieldElement? ordinate) && TrySquare(x, out ECFieldElement? square)
        && ordinate.Square().Equals(square);

    /// <summary>Finds y of the given parity; false where no point has this x (SEC 1 §2.3.4).</summary>
    public static bool TryDecompress(ReadOnlySpan<byte> x, bool isOdd, Span<byte> y)
    {
        if (!TrySquare(x, out ECFieldElement? square) || square.Sqrt() is not { } root) return false;
        ECFieldElement ordinate = root.TestBitZero() == isOdd ? root : root.Negate();
        ordinate.GetEncoded().CopyTo(y);
        return true;
    }

    /// <summary>The public point of a private key, with the key, as the platform imports it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The key is not 32 bytes, is zero, or is not below the order.</exception>
    public static ECParameters ReadPrivateKey(ReadOnlySpan<byte> privateKey)
    {
        Scalars.ThrowIfNotPrivateKey(privateKey, Order);
        ECPoint point = Parameters.G.Multiply(new BigInteger(1, privateKey.ToArray())).Normalize();
        return new ECParameters
        {
            Curve = System.Security.Cryptography.ECCurve.NamedCurves.nistP256,
            D = privateKey.ToArray(),
            Q = new() { X = point.AffineXCoord.GetEncoded(), Y = point.AffineYCoord.GetEncoded() },
        };
    }

    private static bool TrySquare(
        ReadOnlySpan<byte> x, [NotNullWhen(true)] out ECFieldElement? square)
    {
        square = TryReadField(x, out ECFieldElement? abscissa)
            ? abscissa.Square().Add(Curve.A).Multiply(abscissa).Add(Curve.B)
            : null;
        return square is not null;
    }

    private static bool TryReadField(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out ECFieldElement? element)
    {
        BigInteger value = new(1, bytes.ToArray());
        element = value.CompareTo(Curve.Field.Characteristic) < 0 ? Curve.FromBigInteger(value) : null;
        return element is not null;
    }
}
