using System.Text;
using NSec.Cryptography;

namespace ChainSpace.Protocol.Merkle;

/// <summary>An Ed25519 key with the name it signs notes under. The name is public and by custom a host and a path.</summary>
public sealed class NoteSigner : IDisposable
{
    private readonly Key key;

    /// <summary>The key that RFC 8032 derives from a 32-byte seed.</summary>
    public NoteSigner(string name, ReadOnlySpan<byte> seed)
    {
        NoteKey.ThrowIfNoName(name);
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, Bytes32.Size);
        key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        Verifier = new NoteVerifier(name, key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
    }

    /// <summary>What others need to check this signer's notes.</summary>
    public NoteVerifier Verifier { get; }

    /// <summary>A note of this text with this signer's line only.</summary>
    public SignedNote Sign(string text) => new(text, [SignLine(text)]);

    /// <summary>A signature line to add to somebody's note of the same text.</summary>
    public NoteSignature SignLine(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.EndsWith('\n')) throw new ArgumentException("The text of a note ends with a line break.", nameof(text));

        byte[] signature = SignatureAlgorithm.Ed25519.Sign(key, Encoding.UTF8.GetBytes(text));
        return new NoteSignature(Verifier.Name, Verifier.KeyId, [.. signature]);
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();
}
