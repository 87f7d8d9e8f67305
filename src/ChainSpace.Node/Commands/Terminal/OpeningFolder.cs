using System.Text.Json;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Commands.Terminal;

/// <summary>
/// What this user has bound to, beside the keys: a file for each commitment, readable by its owner only. Without its salt a
/// commitment can never be opened; who reads it before knows what it hides.
/// </summary>
internal sealed class OpeningFolder(string name)
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Known answers of own polls, by poll.</summary>
    public static OpeningFolder Gold { get; } = new("gold");

    /// <summary>Own ratings of parties to jobs, by job, worker and who rates.</summary>
    public static OpeningFolder Ratings { get; } = new("ratings");

    private string Folder => Path.Combine(Path.GetDirectoryName(KeyFolder.Folder)!, name);

    /// <summary>Keeps an opening. To be called before its commitment is sent, or a crash could lose it.</summary>
    public void Keep(string what, OpeningLine opening)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Folder);
        else Directory.CreateDirectory(Folder, Own | UnixFileMode.UserExecute);
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = Own;
        using FileStream file = new(FileOf(what), options);
        file.Write(Screen.Bytes(opening, CommandJson.Default.OpeningLine));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Null where this machine keeps none.</summary>
    public Opening? Find(string what)
    {
        if (!File.Exists(FileOf(what))) return null;
        OpeningLine? kept = Read(FileOf(what));
        if (kept is not null && Bytes32.TryParse(kept.Salt, out Bytes32 salt)) return new Opening(kept.Choice, salt);
        throw new Complaint($"{FileOf(what)} is damaged; what it binds to cannot be shown without its salt.");
    }

    /// <summary>All that is kept, by what it is of; files that are damaged are left out.</summary>
    public IReadOnlyList<(string What, OpeningLine Opening)> All()
    {
        if (!Directory.Exists(Folder)) return [];
        return
        [
            .. Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal)
                .Select(static file => (What: Path.GetFileNameWithoutExtension(file), Opening: Read(file)))
                .Where(static each => each.Opening is not null).Select(static each => (each.What, each.Opening!)),
        ];
    }

    private static OpeningLine? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), CommandJson.Default.OpeningLine);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Forgets what the node did not take.</summary>
    public void Forget(string what)
    {
        // Where nothing was ever kept there is no folder either.
        if (File.Exists(FileOf(what))) File.Delete(FileOf(what));
    }

    // What is named by a node's answer stays in this folder, whatever the node answers.
    private string FileOf(string what) => Path.Combine(Folder, Path.GetFileName(what) + ".json");
}

/// <summary>An opening as it is kept: of what and as what in words, its code, and the salt of its commitment.</summary>
internal sealed record OpeningLine(string Title, string Words, uint Choice, string Salt);
