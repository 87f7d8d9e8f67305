using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChainSpace.Node.Settlement;

/// <summary>
/// How far a space has come with its chain, in a file of its folder. Losing it costs time and nothing else: deposits are
/// told by totals, anchors by sizes, and the chain is asked again.
/// </summary>
public sealed record SettlementMemory
{
    private const string FileName = "settlement.json";

    /// <summary>First block whose deposits have not been read.</summary>
    public ulong NextBlock { get; init; }

    /// <summary>Hash of the block before it; null where none was read.</summary>
    public string? LastBlockHash { get; init; }

    /// <summary>What a network that broke its promise of finality did; for the operator, until he takes it out of here.</summary>
    public string? Broken { get; init; }

    /// <summary>The anchor under way, or the last one that is final.</summary>
    public AnchorMemory? Anchor { get; init; }

    /// <summary>When the last anchor was made, refused ones too; milliseconds of Unix time.</summary>
    public long AnchoredAt { get; init; }

    public static SettlementMemory Load(string directory)
    {
        string path = Path.Combine(directory, FileName);
        if (!File.Exists(path)) return new SettlementMemory();
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), MemoryJson.Default.SettlementMemory)
                ?? new SettlementMemory();
        }
        catch (JsonException)
        {
            return new SettlementMemory();
        }
    }

    public void Save(string directory) => WholeFile.Write(
        Path.Combine(directory, FileName), file => JsonSerializer.Serialize(file, this, MemoryJson.Default.SettlementMemory));
}

/// <summary>An anchor of a space's vault.</summary>
/// <param name="Size">Entries it covers.</param>
/// <param name="Root">The journal's root at that size.</param>
/// <param name="PayoutRoot">The payout tree's root.</param>
/// <param name="MadeAt">When it was made, milliseconds of Unix time.</param>
public sealed record AnchorMemory(long Size, string Root, string PayoutRoot, long MadeAt)
{
    /// <summary>How many anchors of this size were refused before it.</summary>
    public int Attempt { get; init; }

    /// <summary>How it was sent; null while it waits for its witnesses.</summary>
    public AnchorForm? Form { get; init; }

    /// <summary>All that was withdrawn at that size, in minor units.</summary>
    public string Withdrawn { get; init; } = "0";

    /// <summary>All that was deposited or earned at that size, likewise.</summary>
    public string Moved { get; init; } = "0";

    /// <summary>Block of its transaction once it is final.</summary>
    public ulong? Height { get; init; }

    /// <summary>Hash of its transaction once it is final.</summary>
    public string? Transaction { get; init; }

    /// <summary>Whether it is still to become final.</summary>
    [JsonIgnore]
    public bool IsUnderWay => Height is null;
}

/// <summary>How an anchor is sent.</summary>
public enum AnchorForm
{
    /// <summary>By itself; what makes it good comes afterwards.</summary>
    Plain,

    /// <summary>With the signatures of enough witnesses, so that it is good at once.</summary>
    Endorsed,
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SettlementMemory))]
internal sealed partial class MemoryJson : JsonSerializerContext;
