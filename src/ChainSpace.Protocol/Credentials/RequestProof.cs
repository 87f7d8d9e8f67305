using System.Text.Json;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Protocol.Credentials;

/// <summary>
/// Who asks, for requests that leave no message in the journal: a key signs method, path, audience and a nonce of the
/// node's. After DPoP (RFC 9449 §4.2), with the account's words for it.
/// </summary>
/// <param name="Audience">Origin of the space's checkpoints.</param>
/// <param name="Method">Such as <c>GET</c>.</param>
/// <param name="Path">Without a query, as it is asked for.</param>
/// <param name="Nonce">One that the node gave out, used once.</param>
public sealed record RequestProof(string Audience, string Method, string Path, string Nonce)
{
    private const string Type = "chainspace-request+jwt";

    /// <summary>The text that goes behind <c>Authorization: Bearer</c>.</summary>
    public string Sign(P256Signer signer, Moment now)
    {
        ArgumentNullException.ThrowIfNull(signer);
        return Jws.Sign(
            signer,
            header =>
            {
                header.WriteString("alg"u8, "ES256"u8);
                header.WriteString("typ"u8, Type);
                header.WritePropertyName("jwk"u8);
                Jwk.Write(header, signer.Key);
            },
            payload =>
            {
                payload.WriteNumber("iat"u8, now.Milliseconds / 1000);
                payload.WriteString("aud"u8, Audience);
                payload.WriteString("htm"u8, Method);
                payload.WriteString("htu"u8, Path);
                payload.WriteString("nonce"u8, Nonce);
            }).Text;
    }

    /// <summary>Reads who signed what; the caller compares it and asks whether the nonce is its own.</summary>
    public static CredentialFault? Check(
        string text, Moment now, out RequestProof? proof, out P256PublicKey signer)
    {
        (proof, signer) = (null, default);
        bool isRead = Jws.TryRead(text, out Jws? jws) && jws.Type == Type
            && jws.Header.TryGetProperty("jwk", out JsonElement jwk) && Jwk.TryRead(jwk, out signer);
        if (!isRead) return CredentialFault.Malformed;
        JsonElement payload = jws!.Payload;
        if (!StrictJson.TryText(payload, "aud", out string? audience) || !StrictJson.TryText(payload, "htm", out string? method)
            || !StrictJson.TryText(payload, "htu", out string? path) || !StrictJson.TryText(payload, "nonce", out string? nonce))
            return CredentialFault.Malformed;
        if (!KeyBinding.IsFresh(StrictJson.Seconds(payload, "iat"), now)) return CredentialFault.NotFresh;
        if (!jws.IsSignedBy(signer)) return CredentialFault.NotBound;
        proof = new RequestProof(audience, method, path, nonce);
        return null;
    }
}
