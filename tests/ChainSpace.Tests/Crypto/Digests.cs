using System.Buffers.Binary;
using System.Numerics;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Tests.Crypto;

/// <summary>Digests and numbers that tests write as a word.</summary>
internal static class Digests
{
    public static readonly BigInteger P256Order = Number("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

    public static readonly BigInteger Secp256k1Order = Number("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");

    public static Bytes32 Digest(int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return Keccak256.Hash(bytes);
    }

    public static BigInteger Number(string hexadecimal) => Number(Convert.FromHexString(hexadecimal));

    public static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    public static byte[] Scalar(BigInteger number)
    {
        byte[] bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }

    /// <summary>The signature with the named number replaced.</summary>
    public static byte[] WithR(byte[] signature, BigInteger r) => [.. Scalar(r), .. signature.AsSpan(32)];

    public static byte[] WithS(byte[] signature, BigInteger s) =>
        [.. signature.AsSpan(0, 32), .. Scalar(s), .. signature.AsSpan(64)];
}
