using System.Globalization;
using System.Text.Json;
using ChainSpace.Journal;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Settlement;
using ChainSpace.Rules;
using ChainSpace.Rules.Settlement;
using ChainSpace.Rules.State;

namespace ChainSpace.Node.Settlement;

/// <summary>
/// The payout trees of anchors, each in a file as <c>StandardMerkleTree.dump()</c> of <c>@openzeppelin/merkle-tree</c> writes
/// it, so that others can check it and claim with it. What is lost here follows again from the journal.
/// </summary>
public sealed class PayoutFiles
{
    private const string Format = "standard-v1";

    private readonly string folder;

    /// <param name="directory">The space's folder.</param>
    public PayoutFiles(string directory)
    {
        folder = Path.Combine(directory, "payouts");
        Directory.CreateDirectory(folder);
    }

    /// <summary>The file of the tree at a size of the journal; null where there is none.</summary>
    public string? Find(long size) => File.Exists(PathOf(size)) ? PathOf(size) : null;

    /// <summary>Keeps a tree. Written beside and then named, so a file is whole or not there.</summary>
    public void Save(long size, PayoutTree payouts)
    {
        string next = PathOf(size) + ".next";
        using (FileStream file = File.Create(next)) Write(file, payouts);
        File.Move(next, PathOf(size), overwrite: true);
    }

    /// <summary>Reads a tree again; null where there is none, or its file is damaged.</summary>
    public PayoutTree? Load(long size)
    {
        return Find(size) is { } path ? TryRead(File.ReadAllBytes(path)) : null;
    }

    /// <summary>Reads a tree that somebody has kept; null where the bytes are none.</summary>
    public static PayoutTree? TryRead(byte[] dump)
    {
        try
        {
            return Read(dump);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or FormatException
            or InvalidOperationException or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Makes a tree again from the journal's first entries, and keeps it; null where there are fewer.</summary>
    public PayoutTree? Rebuild(long size, JournalStore journal)
    {
        if (size > journal.Size) return null;
        Rulebook rulebook = new(new SpaceState());
        foreach (ReadOnlyMemory<byte> leaf in journal.ReadEntries(0, size)) Recovery.Fold(rulebook, leaf);
        PayoutTree payouts = PayoutTree.Of([.. PayoutLeaves.Of(rulebook.State)]);
        Save(size, payouts);
        return payouts;
    }

    /// <summary>Reads a tree as it is published.</summary>
    public static PayoutTree Read(byte[] dump)
    {
        using JsonDocument document = JsonDocument.Parse(dump);
        return PayoutTree.Of([.. document.RootElement.GetProperty("values").EnumerateArray().Select(ReadLeaf)]);
    }

    /// <summary>Drops the trees of smaller sizes, which nobody can claim with any more.</summary>
    public void ForgetBefore(long size)
    {
        foreach (string path in Directory.EnumerateFiles(folder, "*.json"))
        {
            string name = Path.GetFileNameWithoutExtension(path);
            bool isOlder = long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out long each) && each < size;
            if (isOlder) File.Delete(path);
        }
    }

    private string PathOf(long size) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{size}.json"));

    /// <summary>Writes a tree as it is published.</summary>
    public static void Write(Stream stream, PayoutTree payouts)
    {
        using Utf8JsonWriter json = new(stream);
        Write(json, payouts);
    }

    private static void Write(Utf8JsonWriter json, PayoutTree payouts)
    {
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteStartArray("leafEncoding");
        foreach (string type in (string[])["bytes32", "uint256", "int256"]) json.WriteStringValue(type);
        json.WriteEndArray();
        json.WriteStartArray("tree");
        foreach (Bytes32 node in payouts.Nodes) json.WriteStringValue(node.ToString());
        json.WriteEndArray();
        json.WriteStartArray("values");
        foreach ((PayoutLeaf leaf, int node) in payouts.Leaves)
        {
            json.WriteStartObject();
            json.WriteStartArray("value");
            json.WriteStringValue(leaf.Account.ToString());
            json.WriteStringValue(leaf.Claimable.ToString());
            json.WriteStringValue(leaf.Net.ToString(CultureInfo.InvariantCulture));
            json.WriteEndArray();
            json.WriteNumber("treeIndex", node);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static PayoutLeaf ReadLeaf(JsonElement element)
    {
        JsonElement value = element.GetProperty("value");
        string Text(int place) => value[place].GetString() ?? throw new FormatException("A leaf consists of texts.");
        return new PayoutLeaf(
            new AccountId(Bytes32.Parse(Text(0))),
            new Amount(UInt128.Parse(Text(1), NumberStyles.None, CultureInfo.InvariantCulture)),
            Int128.Parse(Text(2), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }
}
