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

    /// <summary>The anchor under way or last sent.</summary>
    public AnchorMemory? Anchor { get; init; }

    /// <summary>Highest size of an anchor that has been reported as final.</summary>
    public long Reported { get; init; }

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

    public void Save(string directory)
    {
        string path = Path.Combine(directory, FileName), next = path + ".next";
        File.WriteAllBytes(next, JsonSerializer.SerializeToUtf8Bytes(this, MemoryJson.Default.SettlementMemory));
        File.Move(next, path, overwrite: true);
    }
}

/// <summary>An anchor as it was or will be sent.</summary>
/// <param name="Size">Entries it covers.</param>
/// <param name="Root">The journal's root at that size.</param>
/// <param name="PayoutRoot">The payout tree's root.</param>
/// <param name="Withdrawn">All withdrawn at that size, in minor units.</param>
/// <param name="SentAt">When it was given to the sender, milliseconds of Unix time.</param>
public sealed record AnchorMemory(long Size, string Root, string PayoutRoot, string Withdrawn, long SentAt)
{
    /// <summary>Block of its transaction once it is final.</summary>
    public ulong? Height { get; init; }

    /// <summary>Hash of its transaction once it is final.</summary>
    public string? Transaction { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SettlementMemory))]
internal sealed partial class MemoryJson : JsonSerializerContext;
