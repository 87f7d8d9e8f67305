using System.Collections.Immutable;
using System.Globalization;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Credentials;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Client.Attributes;

/// <summary>Credentials of attributes as people write and keep them.</summary>
public static class HeldAttributes
{
    /// <summary><c>name=value</c> pairs: a number, true, false, a text, or several texts joined by <c>|</c>.</summary>
    /// <exception cref="FormatException">A pair is none; the message says which.</exception>
    public static ImmutableSortedDictionary<string, AttributeValue> Read(IEnumerable<string> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var read = ImmutableSortedDictionary.CreateBuilder<string, AttributeValue>(StringComparer.Ordinal);
        foreach (string pair in pairs)
        {
            int at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at < 1 || at == pair.Length - 1 || !AttributeNames.IsName(pair[..at]))
                throw new FormatException($"'{pair}' is no attribute; one looks like occupation=nurse or languages=de|en.");
            string name = pair[..at], text = pair[(at + 1)..];
            if (name == AttributeNames.DateOfBirth && AttributeCredential.ReadDay(text) is null)
                throw new FormatException($"'{text}' is no day of birth; one looks like 1990-12-31.");
            read[name] = ValueOf(text);
        }

        return read.ToImmutable();
    }

    /// <summary>A credential in which the key's owner speaks of himself.</summary>
    public static SdJwt State(P256Signer holder, ImmutableSortedDictionary<string, AttributeValue> attributes, Moment now)
    {
        ArgumentNullException.ThrowIfNull(holder);
        return Attest(holder, holder.Key, attributes, now);
    }

    /// <summary>A credential in which an issuer speaks of a holder, for a year.</summary>
    public static SdJwt Attest(
        P256Signer issuer, P256PublicKey holder, ImmutableSortedDictionary<string, AttributeValue> attributes, Moment now)
    {
        // Whole seconds, and a day less than the longest life, so that no rounding makes it too long.
        Moment until = new(now.Milliseconds + AttributeCredential.LifeMilliseconds - 24L * 60 * 60 * 1000);
        return AttributeCredential.Issue(issuer, holder, new AttributeTerms(attributes, now, until));
    }

    private static AttributeValue ValueOf(string text)
    {
        if (text is "true" or "false") return new AttributeValue.Flag(text == "true");
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (double.TryParse(text, style, CultureInfo.InvariantCulture, out double number))
            return new AttributeValue.Number(number);
        string[] parts = text.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        bool areFit = parts.Length is > 0 and <= AttributeValue.ManyLimit
            && parts.All(static part => part.Length <= AttributeValue.TextLimit && !part.Any(char.IsControl));
        if (!areFit) throw new FormatException($"'{text}' is too long: at most 32 texts of 64 characters.");
        return parts is [string one] ? new AttributeValue.Text(one) : new AttributeValue.Many([.. parts]);
    }
}
