using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Protocol.Credentials;

/// <summary>
/// A signed JSON object in compact form (RFC 7515 §3.1), ES256 only. Reading it says nothing about the signature;
/// <see cref="IsSignedBy"/> does. The text itself is kept, so what was read is what is hashed and written again.
/// </summary>
public sealed class Jws
{
    /// <summary>Longest text that is read, in characters.</summary>
    public const int SizeLimit = 16_384;

    private readonly byte[] signature;
    private readonly int signed;

    private Jws(string text, JsonElement header, JsonElement payload, (byte[] Signature, int Signed) seal) =>
        (Text, Header, Payload, signature, signed) = (text, header, payload, seal.Signature, seal.Signed);

    public string Text { get; }

    public JsonElement Header { get; }

    public JsonElement Payload { get; }

    /// <summary>Its <c>typ</c>; empty where there is none.</summary>
    public string Type => StrictJson.TryText(Header, "typ", out string? type) ? type : "";

    /// <summary>False for anything but three parts in their one spelling, two objects, ES256, 64 bytes of signature.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out Jws? jws)
    {
        ArgumentNullException.ThrowIfNull(text);
        jws = null;
        string[] parts = text.Length > SizeLimit ? [] : text.Split('.');
        if (parts.Length != 3 || !StrictBase64Url.TryDecode(parts[2], out byte[]? seal)) return false;
        if (seal.Length != P256Verifier.SignatureSize) return false;
        if (!StrictBase64Url.TryDecode(parts[0], out byte[]? first) || !StrictJson.TryReadObject(first, out JsonElement header))
            return false;
        if (!StrictJson.TryText(header, "alg", out string? algorithm) || algorithm != "ES256") return false;
        // What a header marks as critical must be understood (RFC 7515 §4.1.11), and none of it is.
        if (header.TryGetProperty("crit", out _)) return false;
        if (!StrictBase64Url.TryDecode(parts[1], out byte[]? second)
            || !StrictJson.TryReadObject(second, out JsonElement payload))
            return false;
        jws = new Jws(text, header, payload, (seal, parts[0].Length + 1 + parts[1].Length));
        return true;
    }

    /// <summary>Whether this key made the signature. Either of the two values of s is taken, as RFC 7518 §3.4 does.</summary>
    public bool IsSignedBy(P256PublicKey key)
    {
        if (key.IsDefault) return false;
        using ECDsa platform = ECDsa.Create(key.ToPlatform());
        return platform.VerifyData(Encoding.ASCII.GetBytes(Text[..signed]), signature, HashAlgorithmName.SHA256);
    }

    internal static Jws Sign(P256Signer signer, Action<Utf8JsonWriter> header, Action<Utf8JsonWriter> payload)
    {
        string input = $"{Part(header)}.{Part(payload)}";
        string text = $"{input}.{StrictBase64Url.Encode(signer.SignText(Encoding.ASCII.GetBytes(input)))}";
        return TryRead(text, out Jws? jws) ? jws : throw new ArgumentException("The object is too large to be signed.");
    }

    private static string Part(Action<Utf8JsonWriter> members) => StrictBase64Url.Encode(StrictJson.Write(writer =>
    {
        writer.WriteStartObject();
        members(writer);
        writer.WriteEndObject();
    }));
}
