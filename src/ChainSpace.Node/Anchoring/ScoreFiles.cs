using System.Collections.Immutable;
using System.Globalization;
using ChainSpace.Node.Settlement;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Settlement;

namespace ChainSpace.Node.Anchoring;

/// <summary>
/// The score trees that a network's super-roots carry, each in a file as <c>@openzeppelin/merkle-tree</c> writes it. What
/// is lost here is made again with the next super-root.
/// </summary>
internal sealed class ScoreFiles
{
    private static readonly ImmutableArray<string> Types = ["bytes32", "bytes32", "uint256", "uint256", "uint256"];

    private readonly string folder;

    /// <param name="directory">The network's folder.</param>
    public ScoreFiles(string directory)
    {
        folder = Path.Combine(directory, "scores");
        Directory.CreateDirectory(folder);
    }

    public void Save(SpaceId space, long size, ScoreTree scores) =>
        WholeFile.Write(PathOf(space, size), file => TreeDump.Write(file, Types, scores.Nodes, scores.Places.Select(TextsOf)));

    /// <summary>Null where there is none, or its file is damaged.</summary>
    public ScoreTree? Load(SpaceId space, long size)
    {
        string path = PathOf(space, size);
        if (!File.Exists(path)) return null;
        try
        {
            return new ScoreTree([.. TreeDump.Read(File.ReadAllBytes(path)).Select(ReadLeaf)]);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>Drops all but these.</summary>
    public void Keep(IEnumerable<(SpaceId Space, long Size)> trees)
    {
        HashSet<string> kept = [.. trees.Select(each => PathOf(each.Space, each.Size))];
        foreach (string path in Directory.EnumerateFiles(folder, "*.json"))
            if (!kept.Contains(path)) File.Delete(path);
    }

    private string PathOf(SpaceId space, long size) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{space}-{size}.json"));

    private static (string[] Values, int Node) TextsOf((ScoreLeaf Leaf, int Node) place)
    {
        ScoreLeaf leaf = place.Leaf;
        string[] values =
        [
            leaf.Account.ToString(), leaf.CategoryWord.ToString(), Text(leaf.Score), Text(leaf.Bound), Text(leaf.Count),
        ];
        return (values, place.Node);
    }

    private static ScoreLeaf ReadLeaf(string[] values)
    {
        if (values is not [string account, string category, string score, string bound, string count])
            throw new FormatException("A leaf has five values.");
        return new ScoreLeaf(
            new AccountId(Bytes32.Parse(account)), ScoreLeaf.CategoryOf(Bytes32.Parse(category)),
            (uint)Number(score), (uint)Number(bound), Number(count));
    }

    private static string Text(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    private static ulong Number(string text) => ulong.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
