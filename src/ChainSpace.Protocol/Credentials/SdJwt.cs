using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace ChainSpace.Protocol.Credentials;

/// <summary>
/// A credential with claims that can be shown one by one (SD-JWT, RFC 9901, compact form):
/// <c>issuer-signed~disclosure~…~</c>, and behind the last tilde, where its holder presents it, the key binding.
/// Reading it says nothing about signatures or time.
/// </summary>
public sealed class SdJwt
{
    /// <summary>Longest text that is read, in characters.</summary>
    public const int SizeLimit = 32_768;

    /// <summary>Most disclosures of one text.</summary>
    public const int DisclosureLimit = 128;

    private SdJwt(string text, Jws issued, ImmutableArray<Disclosure> disclosures, Jws? binding) =>
        (Text, Issued, Disclosures, Binding) = (text, issued, disclosures, binding);

    public string Text { get; }

    /// <summary>What the issuer signed.</summary>
    public Jws Issued { get; }

    public ImmutableArray<Disclosure> Disclosures { get; }

    /// <summary>The holder's own signature; null where the text is held and not presented.</summary>
    public Jws? Binding { get; }

    /// <summary>The text up to the key binding, whose hash that binding signs.</summary>
    public string Shown => Text[..(Text.LastIndexOf('~') + 1)];

    /// <summary>All claims that are open, the disclosed among the plain ones.</summary>
    public JsonElement Claims { get; private init; }

    /// <summary>False for any other spelling, a disclosure that the issuer did not sign or that comes twice.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out SdJwt? credential)
    {
        ArgumentNullException.ThrowIfNull(text);
        credential = null;
        string[] parts = text.Length > SizeLimit ? [] : text.Split('~');
        if (parts.Length is < 2 or > DisclosureLimit + 2 || !Jws.TryRead(parts[0], out Jws? issued)) return false;
        Jws? binding = null;
        if (parts[^1].Length > 0 && !Jws.TryRead(parts[^1], out binding)) return false;
        List<Disclosure> disclosures = [];
        foreach (string part in parts.AsSpan(1, parts.Length - 2))
        {
            if (!Disclosure.TryRead(part, out Disclosure? disclosure)) return false;
            disclosures.Add(disclosure);
        }

        if (ClaimReader.Read(issued.Payload, disclosures) is not { } claims) return false;
        credential = new SdJwt(text, issued, [.. disclosures], binding) { Claims = claims };
        return true;
    }

    /// <summary>The same credential with only these claims, and no key binding.</summary>
    public SdJwt Select(Func<Disclosure, bool> isShown)
    {
        string[] shown = [.. Disclosures.Where(isShown).SelectMany(static d => (string[])[d.Text, "~"])];
        string text = string.Concat([Issued.Text, "~", .. shown]);
        return TryRead(text, out SdJwt? selected)
            ? selected
            : throw new ArgumentException("A claim cannot be shown without the one it lies in.", nameof(isShown));
    }

    internal static SdJwt Of(Jws issued, IEnumerable<Disclosure> disclosures, Jws? binding = null)
    {
        string text = string.Concat([issued.Text, "~", .. disclosures.SelectMany(static d => (string[])[d.Text, "~"])]);
        return TryRead(text + binding?.Text, out SdJwt? made)
            ? made
            : throw new ArgumentException("The parts do not belong together, or are too large.");
    }
}
