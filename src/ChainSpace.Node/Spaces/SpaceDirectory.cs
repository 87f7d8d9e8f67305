using System.Collections.Concurrent;

namespace ChainSpace.Node.Spaces;

/// <summary>The spaces of one node, by id and by name. A folder of spaces, each in a folder of its name.</summary>
public sealed class SpaceDirectory(string root, NodeParts parts) : IDisposable
{
    /// <summary>What a folder's name ends in while its space is being founded; no space has a point in its name.</summary>
    internal const string UnbornEnding = ".unborn";

    private readonly ConcurrentDictionary<string, SpaceHost> byName = new(StringComparer.Ordinal);

    /// <summary>Spaces in order of their names.</summary>
    public IReadOnlyList<SpaceHost> All =>
        [.. byName.OrderBy(static s => s.Key, StringComparer.Ordinal).Select(static s => s.Value)];

    /// <summary>Opens every space of the folder.</summary>
    public void OpenAll()
    {
        Directory.CreateDirectory(SpacesFolder);
        foreach (string directory in Directory.EnumerateDirectories(SpacesFolder).Order(StringComparer.Ordinal))
        {
            bool isSpace = !directory.EndsWith(UnbornEnding, StringComparison.Ordinal);
            if (isSpace && File.Exists(Path.Combine(directory, "journal.db"))) Open(Path.GetFileName(directory));
        }
    }

    /// <summary>Founds and opens a space; the one that is there already where the name is taken.</summary>
    public SpaceHost Ensure(SpaceDraft draft)
    {
        if (byName.TryGetValue(draft.Name, out SpaceHost? known)) return known;
        SpaceHost.Create(Path.Combine(SpacesFolder, draft.Name), draft, parts.Time);
        return Open(draft.Name);
    }

    /// <summary>By id or name; null where there is none.</summary>
    public SpaceHost? Find(string space) =>
        byName.GetValueOrDefault(space) ?? byName.Values.FirstOrDefault(s => s.Id.ToString() == space);

    public void Dispose()
    {
        foreach (SpaceHost space in byName.Values) space.Dispose();
    }

    private string SpacesFolder => Path.Combine(root, "spaces");

    private SpaceHost Open(string name) => byName[name] = SpaceHost.Open(Path.Combine(SpacesFolder, name), parts);
}
