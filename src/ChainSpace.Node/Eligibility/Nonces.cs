using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Credentials;

namespace ChainSpace.Node.Eligibility;

/// <summary>
/// Questions to be repeated in a signature, each once and within five minutes. A nonce carries its moment and a keyed hash,
/// so those given out take no memory; those used are remembered until they would be too old anyway. Thread-safe.
/// </summary>
public sealed class Nonces
{
    private const int Size = 40, MacAt = 24;

    private readonly byte[] secret = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, long> used = new(StringComparer.Ordinal);
    private long lastSweep;

    /// <summary>A new one.</summary>
    public string Make(Moment now)
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, now.Milliseconds);
        RandomNumberGenerator.Fill(bytes[8..MacAt]);
        Seal(bytes[..MacAt], bytes[MacAt..]);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>True once for each that was made here lately; for a signature that has been checked.</summary>
    public bool Use(string nonce, Moment now)
    {
        ArgumentNullException.ThrowIfNull(nonce);
        if (MomentOf(nonce) is not { } made || Math.Abs(now.Milliseconds - made) > KeyBinding.SkewMilliseconds) return false;
        Sweep(now.Milliseconds);
        return used.TryAdd(nonce, made);
    }

    private long? MomentOf(string nonce)
    {
        if (nonce.Length != 2 * Size || nonce.Any(static c => !char.IsAsciiHexDigitLower(c))) return null;
        byte[] bytes = Convert.FromHexString(nonce);
        Span<byte> seal = stackalloc byte[Size - MacAt];
        Seal(bytes.AsSpan(0, MacAt), seal);
        bool isOwn = CryptographicOperations.FixedTimeEquals(seal, bytes.AsSpan(MacAt));
        return isOwn ? BinaryPrimitives.ReadInt64BigEndian(bytes) : null;
    }

    private void Seal(ReadOnlySpan<byte> bytes, Span<byte> target)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, bytes, mac);
        mac[..target.Length].CopyTo(target);
    }

    private void Sweep(long now)
    {
        long last = Interlocked.Read(ref lastSweep);
        if (now - last < KeyBinding.SkewMilliseconds || Interlocked.CompareExchange(ref lastSweep, now, last) != last) return;
        foreach ((string nonce, long made) in used)
        {
            if (now - made > KeyBinding.SkewMilliseconds) used.TryRemove(nonce, out _);
        }
    }
}
