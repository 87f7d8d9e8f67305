using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChainSpace.Node.Settlement;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Settlement;

namespace ChainSpace.Node.Anchoring;

/// <summary>
/// The super-roots of a node on one network, in a file of the network's folder. Losing it costs an anchor: everything
/// counts as new then.
/// </summary>
internal sealed record SuperMemory
{
    private const string FileName = "super.json";

    /// <summary>The one under way.</summary>
    public SuperAnchor? Next { get; init; }

    /// <summary>The newest that is final, by which everything is proved.</summary>
    public SuperAnchor? Last { get; init; }

    public static SuperMemory Load(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return new SuperMemory();
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), SuperJson.Default.SuperMemory) ?? new SuperMemory();
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return new SuperMemory();
        }
    }

    public void Save(string folder) => WholeFile.Write(
        Path.Combine(folder, FileName), file => JsonSerializer.Serialize(file, this, SuperJson.Default.SuperMemory));
}

/// <summary>A super-root and what it carries.</summary>
/// <param name="Heads">One for each space.</param>
/// <param name="MadeAt">When it was made, milliseconds of Unix time.</param>
internal sealed record SuperAnchor(ImmutableArray<HeadText> Heads, long MadeAt)
{
    /// <summary>Block of its transaction once it is final.</summary>
    public ulong? Height { get; init; }

    /// <summary>Hash of its transaction once it is final.</summary>
    public string? Transaction { get; init; }

    /// <summary>The operator's slot before it.</summary>
    public string? Previous { get; init; }

    private SuperTree? tree;

    /// <summary>The tree of its heads; hashed once, for every receipt asks for it.</summary>
    [JsonIgnore]
    public SuperTree Tree => tree ??= new SuperTree([.. Heads.Select(static each => each.ToLeaf())]);

    /// <summary>Entries it covers of a space; 0 for none.</summary>
    public long SizeOf(SpaceId space)
    {
        string id = space.ToString();
        return Heads.FirstOrDefault(each => each.Space == id)?.Size ?? 0;
    }
}

/// <summary>A space's head as it lies on the disk.</summary>
internal sealed record HeadText(string Space, long Size, string Root, string PayoutRoot, string ReputationRoot)
{
    public SuperLeaf ToLeaf() => new(
        new SpaceId(Bytes32.Parse(Space)), (ulong)Size, Bytes32.Parse(Root),
        Bytes32.Parse(PayoutRoot), Bytes32.Parse(ReputationRoot));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SuperMemory))]
internal sealed partial class SuperJson : JsonSerializerContext;
