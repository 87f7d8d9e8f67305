using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ChainSpace.Protocol.Merkle;

// What signer and verifier share: the name rules and the key id of C2SP signed-note, for Ed25519 keys.
internal static class NoteKey
{
    public const byte Ed25519Kind = 0x01;
    public const int PublicKeySize = 32;

    // A space ends a name in a signature line, a plus sign in a verifier key.
    public static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (char letter in name)
            if (char.IsWhiteSpace(letter) || char.IsControl(letter) || letter == '+') return false;
        return !name.IsEmpty;
    }

    public static void ThrowIfNoName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsName(name)) throw new ArgumentException("A key name has no white space and no plus sign.", nameof(name));
    }

    // SHA-256(name ‖ 0x0A ‖ kind ‖ public key), first four bytes.
    public static uint Id(string name, ReadOnlySpan<byte> publicKey)
    {
        byte[] input = [.. Encoding.UTF8.GetBytes(name), 0x0A, Ed25519Kind, .. publicKey];
        return BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(input));
    }
}
