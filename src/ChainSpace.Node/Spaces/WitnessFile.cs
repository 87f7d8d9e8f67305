using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Settlement;

namespace ChainSpace.Node.Spaces;

/// <summary>
/// The wallets of a space's witnesses, in a file of its folder: the terms of its vault have only their hash, by which the
/// file is checked. Who has lost it may ask the witnesses for their addresses and write it again.
/// </summary>
internal static class WitnessFile
{
    public const string Name = "witnesses.json";

    public static void Write(string directory, IEnumerable<AccountId> witnesses)
    {
        string[] texts = [.. witnesses.Order().Select(static each => each.Value.ToString())];
        using FileStream file = File.Create(Path.Combine(directory, Name));
        JsonSerializer.Serialize(file, texts, WitnessJson.Default.StringArray);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Ascending, as their hash wants them; none where the file is missing or another's.</summary>
    public static ImmutableArray<AccountId> Read(string directory, VaultTerms terms)
    {
        string path = Path.Combine(directory, Name);
        if (!File.Exists(path)) return [];
        try
        {
            string[] texts = JsonSerializer.Deserialize(File.ReadAllBytes(path), WitnessJson.Default.StringArray) ?? [];
            ImmutableArray<AccountId> witnesses =
                [.. texts.Select(static each => new AccountId(Bytes32.Parse(each))).Order()];
            return VaultTerms.HashOf(witnesses) == terms.Witnesses ? witnesses : [];
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return [];
        }
    }
}

[JsonSerializable(typeof(string[]))]
internal sealed partial class WitnessJson : JsonSerializerContext;
