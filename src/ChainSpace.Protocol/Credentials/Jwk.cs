using System.Text.Json;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Protocol.Credentials;

/// <summary>P-256 public keys as JSON Web Keys (RFC 7518 §6.2.1): <c>kty</c> EC, <c>crv</c> P-256, <c>x</c>, <c>y</c>.</summary>
public static class Jwk
{
    /// <summary>False for another kind of key, another spelling of the numbers, or a point that is not on the curve.</summary>
    public static bool TryRead(JsonElement jwk, out P256PublicKey key)
    {
        key = default;
        bool isOfKind = StrictJson.TryText(jwk, "kty", out string? type) && type == "EC"
            && StrictJson.TryText(jwk, "crv", out string? curve) && curve == "P-256";
        return isOfKind
            && StrictJson.TryText(jwk, "x", out string? x) && StrictBase64Url.TryDecode(x, out byte[]? abscissa)
            && StrictJson.TryText(jwk, "y", out string? y) && StrictBase64Url.TryDecode(y, out byte[]? ordinate)
            && abscissa.Length == Bytes32.Size && P256PublicKey.TryRead([.. abscissa, .. ordinate], out key);
    }

    internal static void Write(Utf8JsonWriter writer, P256PublicKey key)
    {
        writer.WriteStartObject();
        writer.WriteString("kty"u8, "EC"u8);
        writer.WriteString("crv"u8, "P-256"u8);
        writer.WriteString("x"u8, StrictBase64Url.Encode(key.X.ToArray()));
        writer.WriteString("y"u8, StrictBase64Url.Encode(key.Y.ToArray()));
        writer.WriteEndObject();
    }
}
