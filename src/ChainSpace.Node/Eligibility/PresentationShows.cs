using System.Text.Json;
using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Credentials;

namespace ChainSpace.Node.Eligibility;

/// <summary>Presentations as they go out, to their account or, where published, to everybody.</summary>
internal static class PresentationShows
{
    public static bool IsSensitive(string presentation) => SdJwt.TryRead(presentation, out SdJwt? read)
        && read.Claims.EnumerateObject().Any(static claim => AttributeNames.IsSensitive(claim.Name));

    public static PresentationView View(Presentation kept) => new()
    {
        Issuer = kept.Credential.Issuer.ToString(),
        IsSelfStated = kept.Credential.IsSelfStated,
        IsPublished = kept.IsPublished,
        Attributes = Values(kept),
        Stored = kept.Stored.ToString(),
        Expires = kept.Credential.Expires.ToString(),
        Hash = kept.Hash.ToString(),
        Salt = Hex.Encode(kept.Salt.AsSpan()),
        Presentation = kept.Text,
    };

    public static CredentialView Published(Presentation kept) => new(
        kept.Credential.Issuer.ToString(), kept.Credential.IsSelfStated, Values(kept), kept.Credential.Expires.ToString(),
        kept.Text);

    // The very JSON that was disclosed.
    private static Dictionary<string, JsonElement> Values(Presentation kept) => SdJwt.TryRead(kept.Text, out SdJwt? read)
        ? kept.Credential.Attributes.Keys.ToDictionary(static name => name, name => read.Claims.GetProperty(name))
        : [];
}
