using System.Security.Cryptography;
using ChainSpace.Protocol;

namespace ChainSpace.Client.Keys;

/// <summary>A key under a passphrase: PBKDF2-HMAC-SHA256 (RFC 8018 §5.2), AES-256-GCM, the account as associated data.</summary>
internal static class PassphraseLock
{
    private const int Iterations = 600_000;
    private const int MostIterations = 10_000_000;
    private const int SaltSize = 16;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    public static LockedKey Close(ReadOnlySpan<byte> privateKey, Bytes32 account, string passphrase)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltSize), nonce = RandomNumberGenerator.GetBytes(NonceSize);
        byte[] box = new byte[privateKey.Length + TagSize];
        using AesGcm cipher = Cipher(passphrase, salt, Iterations);
        cipher.Encrypt(nonce, privateKey, box.AsSpan(..^TagSize), box.AsSpan(^TagSize..), account.ToArray());
        return new LockedKey(Iterations, Hex.Encode(salt), Hex.Encode(nonce), Hex.Encode(box));
    }

    /// <summary>True for sizes this format has; so a strange file cannot keep the machine busy for hours either.</summary>
    public static bool IsReadable(LockedKey locked) =>
        locked.Iterations is >= Iterations and <= MostIterations
        && Size(locked.Salt) == SaltSize
        && Size(locked.Nonce) == NonceSize
        && Size(locked.Ciphertext) == Bytes32.Size + TagSize;

    /// <summary>Null where another passphrase locked it.</summary>
    public static byte[]? Open(LockedKey locked, Bytes32 account, string passphrase)
    {
        byte[] box = Hex.Decode(locked.Ciphertext!)!;
        byte[] privateKey = new byte[box.Length - TagSize];
        using AesGcm cipher = Cipher(passphrase, Hex.Decode(locked.Salt!)!, locked.Iterations);
        try
        {
            ReadOnlySpan<byte> nonce = Hex.Decode(locked.Nonce!);
            cipher.Decrypt(nonce, box.AsSpan(..^TagSize), box.AsSpan(^TagSize..), privateKey, account.ToArray());
            return privateKey;
        }
        catch (AuthenticationTagMismatchException)
        {
            // The platform has no other way to say no.
            return null;
        }
    }

    private static AesGcm Cipher(string passphrase, byte[] salt, int iterations)
    {
        byte[] key = Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, iterations, HashAlgorithmName.SHA256, outputLength: 32);
        AesGcm cipher = new(key, TagSize);
        CryptographicOperations.ZeroMemory(key);
        return cipher;
    }

    private static int? Size(string? text) => text is null ? null : Hex.Decode(text)?.Length;
}
