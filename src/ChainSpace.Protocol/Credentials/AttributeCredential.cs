using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Protocol.Credentials;

/// <summary>
/// Attributes of the holder of a key, as an issuer states them: the profile of SD-JWT in spec/credentials.md. Every claim
/// can be shown alone. Where issuer and holder are the same key, the attributes are self-stated, else attested.
/// </summary>
/// <param name="Issuer">Account whose key signed; its key travels along and hashes to it.</param>
/// <param name="Holder">Key that must sign presentations.</param>
/// <param name="IssuedAt">Since when it is valid.</param>
/// <param name="Expires">Until when.</param>
/// <param name="Attributes">What is open of it, by name.</param>
public sealed record AttributeCredential(
    AccountId Issuer, P256PublicKey Holder, Moment IssuedAt, Moment Expires,
    ImmutableSortedDictionary<string, AttributeValue> Attributes)
{
    /// <summary>Value of <c>vct</c>.</summary>
    public const string Kind = "https://chainspace.dev/credentials/attributes/v1";

    /// <summary>Longest life of a credential: 366 days, in milliseconds.</summary>
    public const long LifeMilliseconds = 366L * 24 * 60 * 60 * 1000;

    private const string Type = "dc+sd-jwt";
    private const int Decoys = 4;

    public bool IsSelfStated => Issuer == Holder.Account;

    /// <summary>
    /// Signs attributes of a holder's key. Digests of chance are mixed among the true ones, so that their number does not
    /// tell how many attributes there are (RFC 9901 §4.2.5).
    /// </summary>
    public static SdJwt Issue(P256Signer issuer, P256PublicKey holder, AttributeTerms terms)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        ArgumentNullException.ThrowIfNull(terms);
        Disclosure[] disclosures = [.. terms.Attributes.Select(static each =>
            Disclosure.Make(RandomNumberGenerator.GetBytes(Disclosure.SaltSize), each.Key, each.Value))];
        IEnumerable<string> decoys = Enumerable.Range(0, Decoys)
            .Select(static _ => StrictBase64Url.Encode(RandomNumberGenerator.GetBytes(Bytes32.Size)));
        string[] digests = [.. disclosures.Select(static d => d.Digest).Concat(decoys).Order(StringComparer.Ordinal)];
        Jws issued = Jws.Sign(issuer, header => WriteHeader(header, issuer.Key), payload =>
        {
            payload.WriteString("iss"u8, issuer.Account.ToString());
            payload.WriteNumber("iat"u8, terms.IssuedAt.Milliseconds / 1000);
            payload.WriteNumber("exp"u8, terms.Expires.Milliseconds / 1000);
            payload.WriteString("vct"u8, Kind);
            payload.WriteStartObject("cnf"u8);
            payload.WritePropertyName("jwk"u8);
            Jwk.Write(payload, holder);
            payload.WriteEndObject();
            payload.WriteString("_sd_alg"u8, "sha-256"u8);
            payload.WriteStartArray("_sd"u8);
            foreach (string digest in digests) payload.WriteStringValue(digest);
            payload.WriteEndArray();
        });
        return SdJwt.Of(issued, disclosures);
    }

    /// <summary>What the text states, if its issuer signed it and it is valid now; a fault otherwise.</summary>
    public static CredentialFault? Check(SdJwt text, Moment now, out AttributeCredential? credential)
    {
        ArgumentNullException.ThrowIfNull(text);
        credential = null;
        JsonElement claims = text.Claims;
        bool isOfKind = text.Issued.Type == Type && StrictJson.TryText(claims, "vct", out string? kind) && kind == Kind;
        if (!isOfKind || Attributed(claims) is not { } attributes) return CredentialFault.Malformed;
        if (!TryHolder(claims, out P256PublicKey holder)) return CredentialFault.Malformed;
        if (!StrictJson.TryText(claims, "iss", out string? iss) || !Bytes32.TryParse(iss, out Bytes32 issuer))
            return CredentialFault.Malformed;
        if (StrictJson.Seconds(claims, "iat") is not { } from || StrictJson.Seconds(claims, "exp") is not { } until)
            return CredentialFault.Malformed;
        if (!text.Issued.Header.TryGetProperty("jwk", out JsonElement jwk) || !Jwk.TryRead(jwk, out P256PublicKey key)
            || key.Account.Value != issuer || !text.Issued.IsSignedBy(key))
            return CredentialFault.WrongIssuer;
        (Moment start, Moment end) = (new Moment(from * 1000), new Moment(until * 1000));
        AttributeCredential read = new(new AccountId(issuer), holder, start, end, attributes);
        if (!read.IsValidAt(now)) return CredentialFault.Expired;
        credential = read;
        return null;
    }

    /// <summary>A day of birth, or null for a text that is no day from 1900 on.</summary>
    public static DateOnly? ReadDay(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
        && day.Year >= 1900 ? day : null;

    private bool IsValidAt(Moment now) => now < Expires && IssuedAt.Milliseconds <= now.Milliseconds + KeyBinding.SkewMilliseconds
        && Expires.Milliseconds - IssuedAt.Milliseconds <= LifeMilliseconds;

    private static void WriteHeader(Utf8JsonWriter header, P256PublicKey issuer)
    {
        header.WriteString("alg"u8, "ES256"u8);
        header.WriteString("typ"u8, Type);
        header.WritePropertyName("jwk"u8);
        Jwk.Write(header, issuer);
    }

    private static bool TryHolder(JsonElement claims, out P256PublicKey holder)
    {
        holder = default;
        return claims.TryGetProperty("cnf", out JsonElement cnf) && cnf.ValueKind == JsonValueKind.Object
            && cnf.TryGetProperty("jwk", out JsonElement jwk) && Jwk.TryRead(jwk, out holder);
    }

    // Whatever is not a member of the format is an attribute.
    private static ImmutableSortedDictionary<string, AttributeValue>? Attributed(JsonElement claims)
    {
        var attributes = ImmutableSortedDictionary.CreateBuilder<string, AttributeValue>(StringComparer.Ordinal);
        foreach (JsonProperty member in claims.EnumerateObject())
        {
            if (member.Name is "iss" or "iat" or "exp" or "vct" or "cnf") continue;
            if (!AttributeNames.IsName(member.Name) || AttributeValue.Read(member.Value) is not { } value) return null;
            bool isDay = member.Name == AttributeNames.DateOfBirth;
            if (isDay && (value is not AttributeValue.Text day || ReadDay(day.Value) is null)) return null;
            attributes.Add(member.Name, value);
        }

        return attributes.ToImmutable();
    }
}

/// <summary>What an issuer states, and for how long.</summary>
public sealed record AttributeTerms(
    ImmutableSortedDictionary<string, AttributeValue> Attributes, Moment IssuedAt, Moment Expires);
