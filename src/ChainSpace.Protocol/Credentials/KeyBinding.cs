using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Protocol.Credentials;

/// <summary>
/// What a holder says when presenting a credential (RFC 9901 §4.3): to whom, in answer to what, and when. It signs the
/// hash of all that is shown, so nothing can be added or left out on the way.
/// </summary>
/// <param name="Audience">Who is to believe it; for a node, the origin of the space's checkpoints.</param>
/// <param name="Nonce">What that one asked to be repeated, so that nobody can show it again.</param>
/// <param name="IssuedAt">When the holder signed.</param>
public sealed record KeyBinding(string Audience, string Nonce, Moment IssuedAt)
{
    /// <summary>Longest that a presentation may be on its way, in either direction of a wrong clock. Milliseconds.</summary>
    public const long SkewMilliseconds = 5 * 60 * 1000;

    private const string Type = "kb+jwt";

    /// <summary>Presents a credential: the same text with the holder's signature behind it.</summary>
    public SdJwt Present(SdJwt credential, P256Signer holder)
    {
        ArgumentNullException.ThrowIfNull(credential);
        ArgumentNullException.ThrowIfNull(holder);
        string hash = Disclosure.DigestOf(credential.Shown);
        Jws binding = Jws.Sign(
            holder,
            static header =>
            {
                header.WriteString("alg"u8, "ES256"u8);
                header.WriteString("typ"u8, Type);
            },
            payload =>
            {
                payload.WriteNumber("iat"u8, IssuedAt.Milliseconds / 1000);
                payload.WriteString("aud"u8, Audience);
                payload.WriteString("nonce"u8, Nonce);
                payload.WriteString("sd_hash"u8, hash);
            });
        return SdJwt.Of(credential.Issued, credential.Disclosures, binding);
    }

    /// <summary>
    /// Whether the holder's key bound exactly this presentation to this audience and nonce, about now. Null: it did.
    /// </summary>
    public static CredentialFault? Check(SdJwt presentation, P256PublicKey holder, KeyBinding expected)
    {
        ArgumentNullException.ThrowIfNull(presentation);
        ArgumentNullException.ThrowIfNull(expected);
        if (presentation.Binding is not { } binding || binding.Type != Type) return CredentialFault.NotBound;
        if (!StrictJson.TryText(binding.Payload, "aud", out string? audience) || audience != expected.Audience)
            return CredentialFault.WrongAudience;
        if (!StrictJson.TryText(binding.Payload, "nonce", out string? nonce) || nonce != expected.Nonce)
            return CredentialFault.WrongNonce;
        if (!IsFresh(StrictJson.Seconds(binding.Payload, "iat"), expected.IssuedAt)) return CredentialFault.NotFresh;
        bool isOfThis = StrictJson.TryText(binding.Payload, "sd_hash", out string? hash)
            && hash == Disclosure.DigestOf(presentation.Shown);
        return isOfThis && binding.IsSignedBy(holder) ? null : CredentialFault.NotBound;
    }

    internal static bool IsFresh(long? seconds, Moment now) =>
        seconds is { } at && Math.Abs(at * 1000 - now.Milliseconds) <= SkewMilliseconds;
}
