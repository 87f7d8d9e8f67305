using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;

namespace ChainSpace.Protocol.Crypto;

/// <summary>
/// The path without libsecp256k1. On the <em>custom</em> curve: the generic one of the same name is seven times slower and
/// makes megabytes of garbage for every signature.
/// </summary>
internal static class Secp256k1Managed
{
    /// <summary>Length of x ‖ y in bytes.</summary>
    public const int PublicKeySize = 64;

    private static readonly X9ECParameters Parameters = CustomNamedCurves.GetByName("secp256k1");
    private static readonly ECDomainParameters Domain = new(Parameters);

    /// <summary>n (SEC 2 §2.4.1); a private key is at least 1 and below this.</summary>
    public static ReadOnlySpan<byte> Order =>
    [
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE,
        0xBA, 0xAE, 0xDC, 0xE6, 0xAF, 0x48, 0xA0, 0x3B, 0xBF, 0xD2, 0x5E, 0x8C, 0xD0, 0x36, 0x41, 0x41,
    ];

    /// <summary>⌊n / 2⌋, the greatest s that counts as low (EIP-2).</summary>
    public static ReadOnlySpan<byte> HalfOrder =>
    [
        0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0x5D, 0x57, 0x6E, 0x73, 0x57, 0xA4, 0x50, 0x1D, 0xDF, 0xE9, 0x2F, 0x46, 0x68, 0x1B, 0x20, 0xA0,
    ];

    /// <summary>
    /// Writes x ‖ y of the key that made r ‖ s (SEC 1 §4.1.6); false where no point has x = r, or the key would be the
    /// point at infinity. r and s are in range; a recovery of 0 or 1 is the parity of the point's y.
    /// </summary>
    public static bool TryRecover(ReadOnlySpan<byte> signature, int recovery, ReadOnlySpan<byte> digest, Span<byte> publicKey)
    {
        BigInteger n = Parameters.N;
        BigInteger r = ReadNumber(signature[..Scalars.Size]);
        BigInteger s = ReadNumber(signature[Scalars.Size..]);
        if (Lift(r, recovery == 1) is not { } nonce) return false;

        // Q = r⁻¹ (s R − z G)
        BigInteger inverse = r.ModInverse(n);
        BigInteger ofBase = n.Subtract(ReadNumber(digest).Mod(n)).Multiply(inverse).Mod(n);
        ECPoint point = ECAlgorithms.SumOfTwoMultiplies(Parameters.G, ofBase, nonce, s.Multiply(inverse).Mod(n));
        if (point.IsInfinity) return false;
        Write(point, publicKey);
        return true;
    }

    /// <summary>Writes r ‖ s to the start of the signature; the recovery number is returned.</summary>
    public static int Sign(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> digest, Span<byte> signature)
    {
        ECDsaSigner signer = new(new HMacDsaKCalculator(new Sha256Digest()));
        signer.Init(forSigning: true, new ECPrivateKeyParameters(ReadNumber(privateKey), Domain));
        BigInteger[] numbers = signer.GenerateSignature(digest.ToArray());
        WriteNumber(numbers[0], signature[..Scalars.Size]);
        WriteNumber(numbers[1], signature[Scalars.Size..(2 * Scalars.Size)]);
        Span<byte> s = signature[Scalars.Size..(2 * Scalars.Size)];
        if (!Scalars.IsLow(s, HalfOrder)) Scalars.Negate(s, Order);

        // The signer does not tell the parity of its nonce's point: the one that leads back to the key is it.
        Span<byte> own = stackalloc byte[PublicKeySize];
        Span<byte> recovered = stackalloc byte[PublicKeySize];
        WritePublicKey(privateKey, own);
        for (int recovery = 0; recovery <= 1; recovery++)
        {
            ReadOnlySpan<byte> pair = signature[..(2 * Scalars.Size)];
            if (TryRecover(pair, recovery, digest, recovered) && recovered.SequenceEqual(own)) return recovery;
        }

        throw new InvalidOperationException("The nonce's x is above the order; one signature in 2¹²⁷ is.");
    }

    /// <summary>Writes x ‖ y of a private key.</summary>
    public static void WritePublicKey(ReadOnlySpan<byte> privateKey, Span<byte> publicKey) =>
        Write(Parameters.G.Multiply(ReadNumber(privateKey)), publicKey);

    private static ECPoint? Lift(BigInteger x, bool isOdd)
    {
        ECCurve curve = Parameters.Curve;
        ECFieldElement abscissa = curve.FromBigInteger(x);
        ECFieldElement square = abscissa.Square().Multiply(abscissa).Add(curve.B);
        if (square.Sqrt() is not { } root) return null;
        ECFieldElement ordinate = root.TestBitZero() == isOdd ? root : root.Negate();
        return curve.CreatePoint(x, ordinate.ToBigInteger());
    }

    private static void Write(ECPoint point, Span<byte> publicKey)
    {
        ECPoint affine = point.Normalize();
        affine.AffineXCoord.GetEncoded().CopyTo(publicKey);
        affine.AffineYCoord.GetEncoded().CopyTo(publicKey[Scalars.Size..]);
    }

    private static BigInteger ReadNumber(ReadOnlySpan<byte> bytes) => new(1, bytes.ToArray());

    private static void WriteNumber(BigInteger number, Span<byte> target)
    {
        byte[] bytes = number.ToByteArrayUnsigned();
        target.Clear();
        bytes.CopyTo(target[(target.Length - bytes.Length)..]);
    }
}
