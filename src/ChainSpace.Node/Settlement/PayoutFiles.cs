using System.Collections.Immutable;
using System.Globalization;
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
    private static readonly ImmutableArray<string> Types = ["bytes32", "uint256", "int256"];

    private readonly string folder;

    /// <param name="directory">The space's folder.</param>
    public PayoutFiles(string directory)
    {
        folder = Path.Combine(directory, "payouts");
        Directory.CreateDirectory(folder);
    }

    /// <summary>The file of the tree at a size of the journal; null where there is none.</summary>
    public string? Find(long size) => File.Exists(PathOf(size)) ? PathOf(size) : null;

    /// <summary>Keeps a tree.</summary>
    public void Save(long size, PayoutTree payouts)
    {
        ArgumentNullException.ThrowIfNull(payouts);
        WholeFile.Write(PathOf(size), file => Write(file, payouts));
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
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException)
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
    /// <exception cref="FormatException">It is none.</exception>
    public static PayoutTree Read(byte[] dump) => PayoutTree.Of([.. TreeDump.Read(dump).Select(ReadLeaf)]);

    /// <summary>Drops one tree.</summary>
    public void Forget(long size) => File.Delete(PathOf(size));

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
        ArgumentNullException.ThrowIfNull(payouts);
        TreeDump.Write(stream, Types, payouts.Nodes, payouts.Leaves.Select(TextsOf));
    }

    private static (string[] Values, int Node) TextsOf((PayoutLeaf Leaf, int Node) place)
    {
        (PayoutLeaf leaf, int node) = place;
        return ([leaf.Account.ToString(), leaf.Claimable.ToString(), leaf.Net.ToString(CultureInfo.InvariantCulture)], node);
    }

    private static PayoutLeaf ReadLeaf(string[] values)
    {
        if (values is not [string account, string claimable, string net]) throw new FormatException("A leaf has three values.");
        return new PayoutLeaf(
            new AccountId(Bytes32.Parse(account)),
            new Amount(UInt128.Parse(claimable, NumberStyles.None, CultureInfo.InvariantCulture)),
            Int128.Parse(net, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }
}
