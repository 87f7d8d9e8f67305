using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using NSec.Cryptography;

namespace ChainSpace.Protocol.Merkle;

/// <summary>An Ed25519 public key with the name it is known by; its text form is the C2SP verifier key.</summary>
public sealed class NoteVerifier
{
    private readonly PublicKey key;
    private readonly byte[] bytes;

    /// <summary>The verifier of a raw 32-byte public key.</summary>
    /// <exception cref="FormatException">The bytes are no Ed25519 key.</exception>
    public NoteVerifier(string name, ReadOnlySpan<byte> publicKey)
    {
        NoteKey.ThrowIfNoName(name);
        (Name, bytes) = (name, publicKey.ToArray());
        key = PublicKey.Import(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey);
        KeyId = NoteKey.Id(name, publicKey);
    }

    public string Name { get; }

    /// <summary>The raw public key, 32 bytes.</summary>
    public ReadOnlySpan<byte> Key => bytes;

    /// <summary>First four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key).</summary>
    public uint KeyId { get; }

    /// <summary>
    /// True if this key signed the note. Lines of other keys are passed over; a single bad line under this key's name
    /// and id spoils the note, as the specification demands.
    /// </summary>
    public bool Verifies(SignedNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        byte[] text = Encoding.UTF8.GetBytes(note.Text);
        bool isSigned = false;
        foreach (NoteSignature line in note.Signatures)
        {
            if (line.KeyId != KeyId || line.Name != Name) continue;
            if (!SignatureAlgorithm.Ed25519.Verify(key, text, line.Signature.AsSpan())) return false;
            isSigned = true;
        }

        return isSigned;
    }

    /// <summary>The verifier key: name, key id in hexadecimal, base64 of 0x01 ‖ public key, joined by plus signs.</summary>
    public override string ToString() =>
        $"{Name}+{KeyId:x8}+{Convert.ToBase64String([NoteKey.Ed25519Kind, .. bytes])}";

    /// <summary>Reads exactly what <see cref="ToString"/> writes; false too where the key id belongs to another key.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out NoteVerifier? verifier)
    {
        verifier = null;
        if (text?.Split('+', 3) is not [string name, { Length: 8 } id, string encoded] || !NoteKey.IsName(name)) return false;
        if (!StrictBase64.TryDecode(encoded, out byte[]? kindAndKey)) return false;
        if (kindAndKey.Length != 1 + NoteKey.PublicKeySize || kindAndKey[0] != NoteKey.Ed25519Kind) return false;
        if (NoteKey.Id(name, kindAndKey.AsSpan(1)).ToString("x8", CultureInfo.InvariantCulture) != id) return false;
        ReadOnlySpan<byte> publicKey = kindAndKey.AsSpan(1);
        if (!PublicKey.TryImport(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out _)) return false;

        verifier = new NoteVerifier(name, publicKey);
        return true;
    }
}
