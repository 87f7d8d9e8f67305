using System.Security.Cryptography;

namespace ChainSpace.Protocol.Crypto;

/// <summary>
/// A point of P-256 as x ‖ y. The only ways to one check that it is on the curve, so whoever holds it need not; just
/// <c>default</c> is no key, and is refused where keys are kept.
/// </summary>
public readonly record struct P256PublicKey
{
    /// <summary>Length of x ‖ y in bytes.</summary>
    public const int Size = 64;

    /// <summary>Length of the compressed form (SEC 1 §2.3.3) in bytes.</summary>
    public const int CompressedSize = 33;

    private const byte EvenPrefix = 0x02;
    private const byte OddPrefix = 0x03;

    private P256PublicKey(Bytes32 x, Bytes32 y) => (X, Y) = (x, y);

    public Bytes32 X { get; }

    public Bytes32 Y { get; }

    /// <summary>Kind byte 1, then the last 31 bytes of keccak256(x ‖ y).</summary>
    public AccountId Account
    {
        get
        {
            Span<byte> bytes = stackalloc byte[Size];
            CopyTo(bytes);
            Keccak256.Hash(bytes, bytes);
            bytes[0] = (byte)AccountKind.P256;
            return new AccountId(Bytes32.Read(bytes[..Bytes32.Size]));
        }
    }

    /// <summary>Reads x ‖ y; false for another length or a point that is not on the curve.</summary>
    public static bool TryRead(ReadOnlySpan<byte> xy, out P256PublicKey key)
    {
        bool isRead = xy.Length == Size && P256Curve.Contains(xy[..Bytes32.Size], xy[Bytes32.Size..]);
        key = isRead ? new P256PublicKey(Bytes32.Read(xy[..Bytes32.Size]), Bytes32.Read(xy[Bytes32.Size..])) : default;
        return isRead;
    }

    /// <summary>Reads x ‖ y of something this program wrote.</summary>
    /// <exception cref="FormatException">The bytes are no point of the curve.</exception>
    public static P256PublicKey Read(ReadOnlySpan<byte> xy) =>
        TryRead(xy, out P256PublicKey key) ? key : throw new FormatException("Not a point of P-256.");

    /// <summary>Reads the compressed form; false for another length or prefix, or an x that no point has.</summary>
    public static bool TryReadCompressed(ReadOnlySpan<byte> source, out P256PublicKey key)
    {
        key = default;
        if (source.Length != CompressedSize || source[0] is not (EvenPrefix or OddPrefix)) return false;
        Span<byte> y = stackalloc byte[Bytes32.Size];
        if (!P256Curve.TryDecompress(source[1..], source[0] == OddPrefix, y)) return false;
        key = new P256PublicKey(Bytes32.Read(source[1..]), Bytes32.Read(y));
        return true;
    }

    /// <summary>Writes x ‖ y to the start of the target.</summary>
    public void CopyTo(Span<byte> target)
    {
        X.CopyTo(target);
        Y.CopyTo(target[Bytes32.Size..]);
    }

    /// <summary>Writes the compressed form to the start of the target.</summary>
    public void CopyCompressedTo(Span<byte> target)
    {
        Span<byte> y = stackalloc byte[Bytes32.Size];
        Y.CopyTo(y);
        target[0] = (y[^1] & 1) == 0 ? EvenPrefix : OddPrefix;
        X.CopyTo(target[1..]);
    }

    /// <summary>A new array of x ‖ y.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    internal bool IsDefault => X.IsZero && Y.IsZero;

    internal static P256PublicKey FromPlatform(ECParameters parameters) =>
        new(Bytes32.Read(parameters.Q.X), Bytes32.Read(parameters.Q.Y));

    internal ECParameters ToPlatform() => new()
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = X.ToArray(), Y = Y.ToArray() },
    };
}
