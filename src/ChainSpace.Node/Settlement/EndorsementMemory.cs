using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChainSpace.Node.Settlement;

/// <summary>Signatures of one anchor as they lie on the disk.</summary>
/// <param name="Size">Entries the anchor covers.</param>
/// <param name="Root">The journal's root at that size.</param>
/// <param name="PayoutRoot">The payout tree's root.</param>
/// <param name="Signatures">In hexadecimal, by the witness's address.</param>
internal sealed record EndorsementMemory(
    long Size, string Root, string PayoutRoot, ImmutableSortedDictionary<string, string> Signatures)
{
    private const string FileName = "endorsements.json";

    private static readonly EndorsementMemory Empty = new(0, "", "", ImmutableSortedDictionary<string, string>.Empty);

    public static EndorsementMemory Begin(AnchorMemory anchor) =>
        Empty with { Size = anchor.Size, Root = anchor.Root, PayoutRoot = anchor.PayoutRoot };

    public bool IsOf(AnchorMemory anchor) =>
        Size == anchor.Size && Root == anchor.Root && PayoutRoot == anchor.PayoutRoot;

    public static EndorsementMemory Load(string directory)
    {
        string path = Path.Combine(directory, FileName);
        if (!File.Exists(path)) return Empty;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), EndorsementJson.Default.EndorsementMemory) ?? Empty;
        }
        catch (JsonException)
        {
            return Empty;
        }
    }

    public void Save(string directory) => WholeFile.Write(
        Path.Combine(directory, FileName),
        file => JsonSerializer.Serialize(file, this, EndorsementJson.Default.EndorsementMemory));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(EndorsementMemory))]
internal sealed partial class EndorsementJson : JsonSerializerContext;
