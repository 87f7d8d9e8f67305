using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ChainSpace.Protocol.Credentials;

/// <summary>
/// One claim that its holder may show or keep (RFC 9901 §4.2): base64url of <c>[salt, name, value]</c>, or of
/// <c>[salt, value]</c> for an element of a list.
/// </summary>
public sealed class Disclosure
{
    /// <summary>Bytes of salt that this program draws (RFC 9901 §9.3 asks for 128 bits).</summary>
    public const int SaltSize = 16;

    private Disclosure(string text, string? name, JsonElement value) => (Text, Name, Value) = (text, name, value);

    /// <summary>As it travels.</summary>
    public string Text { get; }

    /// <summary>Null for an element of a list.</summary>
    public string? Name { get; }

    public JsonElement Value { get; }

    /// <summary>What the issuer signed instead of the claim: base64url of the SHA-256 of the text.</summary>
    public string Digest => DigestOf(Text);

    /// <summary>False for another spelling, or anything but a list of two or three members with a salt.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out Disclosure? disclosure)
    {
        ArgumentNullException.ThrowIfNull(text);
        disclosure = null;
        if (text.Length > Jws.SizeLimit || !StrictBase64Url.TryDecode(text, out byte[]? bytes)) return false;
        if (!StrictJson.TryRead(bytes, out JsonElement list) || list.ValueKind != JsonValueKind.Array) return false;
        int length = list.GetArrayLength();
        if (length is not (2 or 3) || list[0].ValueKind != JsonValueKind.String) return false;
        string? name = null;
        if (length == 3)
        {
            // These two names are the format's own (RFC 9901 §7.1, 3.c.ii.3).
            name = list[1].ValueKind == JsonValueKind.String ? list[1].GetString() : null;
            if (name is null or "_sd" or "...") return false;
        }

        disclosure = new Disclosure(text, name, list[length - 1]);
        return true;
    }

    internal static Disclosure Make(ReadOnlySpan<byte> salt, string name, AttributeValue value)
    {
        string spelled = StrictBase64Url.Encode(salt);
        byte[] list = StrictJson.Write(writer =>
        {
            writer.WriteStartArray();
            writer.WriteStringValue(spelled);
            writer.WriteStringValue(name);
            value.WriteTo(writer);
            writer.WriteEndArray();
        });
        return TryRead(StrictBase64Url.Encode(list), out Disclosure? made)
            ? made
            : throw new ArgumentException($"'{name}' is no name of a claim.", nameof(name));
    }

    internal static string DigestOf(string text) => StrictBase64Url.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(text)));
}
