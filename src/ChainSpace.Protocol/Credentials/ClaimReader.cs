using System.Text.Json;

namespace ChainSpace.Protocol.Credentials;

// Puts disclosed claims where their digests stand (RFC 9901 §7.1, step 3). Every digest may stand once, and every
// disclosure must have found its place.
internal sealed class ClaimReader
{
    private readonly Dictionary<string, Disclosure> byDigest = new(StringComparer.Ordinal);
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private int placed;

    public static JsonElement? Read(JsonElement payload, IReadOnlyList<Disclosure> disclosures)
    {
        if (StrictJson.TryText(payload, "_sd_alg", out string? algorithm) && algorithm != "sha-256") return null;
        ClaimReader reader = new();
        foreach (Disclosure disclosure in disclosures)
        {
            if (!reader.byDigest.TryAdd(disclosure.Digest, disclosure)) return null;
        }

        bool isSound = true;
        byte[] claims = StrictJson.Write(writer =>
        {
            isSound = reader.Copy(payload, writer, isTop: true);
            if (!isSound) Abandon(writer);
        });
        // A name that stands plainly and is disclosed as well is a member twice, which the strict reader refuses.
        return isSound && reader.placed == disclosures.Count && StrictJson.TryReadObject(claims, out JsonElement root)
            ? root
            : null;
    }

    private static void Abandon(Utf8JsonWriter writer)
    {
        writer.Reset();
        writer.WriteNullValue();
    }

    private bool Copy(JsonElement element, Utf8JsonWriter writer, bool isTop = false)
    {
        // Disclosures may lie in each other: together they are no deeper than what one reader takes.
        if (writer.CurrentDepth > StrictJson.Depth) return false;
        if (element.ValueKind == JsonValueKind.Object) return CopyObject(element, writer, isTop);
        if (element.ValueKind == JsonValueKind.Array) return CopyArray(element, writer);
        element.WriteTo(writer);
        return true;
    }

    private bool CopyObject(JsonElement element, Utf8JsonWriter writer, bool isTop)
    {
        writer.WriteStartObject();
        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (member.Name == "...") return false;
            if (member.Name == "_sd_alg" && isTop) continue;
            if (member.Name == "_sd")
            {
                if (!CopyDisclosed(member.Value, writer)) return false;
                continue;
            }

            writer.WritePropertyName(member.Name);
            if (!Copy(member.Value, writer)) return false;
        }

        writer.WriteEndObject();
        return true;
    }

    private bool CopyDisclosed(JsonElement digests, Utf8JsonWriter writer)
    {
        if (digests.ValueKind != JsonValueKind.Array) return false;
        foreach (JsonElement each in digests.EnumerateArray())
        {
            if (each.ValueKind != JsonValueKind.String || !seen.Add(each.GetString()!)) return false;
            if (!byDigest.TryGetValue(each.GetString()!, out Disclosure? disclosure)) continue;
            if (disclosure.Name is not { } name) return false;
            placed++;
            writer.WritePropertyName(name);
            if (!Copy(disclosure.Value, writer)) return false;
        }

        return true;
    }

    private bool CopyArray(JsonElement element, Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (JsonElement each in element.EnumerateArray())
        {
            if (each.ValueKind != JsonValueKind.Object || !each.TryGetProperty("...", out JsonElement digest))
            {
                if (!Copy(each, writer)) return false;
                continue;
            }

            bool isDigest = digest.ValueKind == JsonValueKind.String && each.GetPropertyCount() == 1;
            if (!isDigest || !seen.Add(digest.GetString()!)) return false;
            if (!byDigest.TryGetValue(digest.GetString()!, out Disclosure? disclosure)) continue;
            if (disclosure.Name is not null) return false;
            placed++;
            if (!Copy(disclosure.Value, writer)) return false;
        }

        writer.WriteEndArray();
        return true;
    }
}
