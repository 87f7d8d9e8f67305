using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Audit;

/// <summary>A journal to audit, and the space it was said to be of.</summary>
public sealed record AuditTarget(string Name, SpaceId? Space, IJournalSource Source);

/// <summary>Finds the journals behind what a person names: a node, one of its spaces, a data folder, a space's folder.</summary>
internal static class AuditTargets
{
    private const string SpacesPath = "/v1/spaces/";

    /// <summary>The journals at an address or in a folder; of one space, where one is named.</summary>
    /// <param name="http">For an address, which becomes its base.</param>
    /// <exception cref="UnreadableJournalException">There is none.</exception>
    public static async Task<IReadOnlyList<AuditTarget>> FindAsync(
        HttpClient http, string place, string? space, CancellationToken cancellationToken)
    {
        bool isAddress = Uri.TryCreate(place, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https";
        if (isAddress)
        {
            http.BaseAddress = address;
            return await OfNodeAsync(http, space, cancellationToken);
        }

        IEnumerable<string> folders = Folders(place);
        if (space is not null && IdOf(space) is null)
            folders = folders.Where(folder => Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)) == space);
        AuditTarget[] targets = [.. folders.Select(static f => new AuditTarget(Path.GetFileName(f), null, new FolderSource(f)))];
        return targets.Length > 0 ? targets : throw new UnreadableJournalException($"There is no space '{space}' here.");
    }

    /// <summary>The folders below a data folder that hold a journal, or the folder itself where it does.</summary>
    /// <exception cref="UnreadableJournalException">There is none.</exception>
    public static IReadOnlyList<string> Folders(string directory)
    {
        if (HasJournal(directory)) return [directory];
        string spaces = Path.Combine(directory, "spaces");
        string[] found = Directory.Exists(spaces)
            ? [.. Directory.EnumerateDirectories(spaces).Where(HasJournal).Order(StringComparer.Ordinal)]
            : [];
        return found.Length > 0 ? found : throw new UnreadableJournalException($"There is no journal in '{directory}'.");
    }

    /// <summary>The spaces a node has, or the one that is asked for or stands in the address.</summary>
    /// <exception cref="UnreadableJournalException">The node cannot be reached, or has no space.</exception>
    public static async Task<IReadOnlyList<AuditTarget>> OfNodeAsync(
        HttpClient http, string? space, CancellationToken cancellationToken)
    {
        string path = http.BaseAddress!.AbsolutePath;
        int at = path.IndexOf(SpacesPath, StringComparison.Ordinal);
        if (at >= 0)
        {
            space ??= path[(at + SpacesPath.Length)..].Split('/')[0];
            path = path[..at];
        }

        // The client's addresses are relative to one that ends in a slash.
        http.BaseAddress = new Uri(http.BaseAddress, path.TrimEnd('/') + "/");

        ChainSpaceClient client = new(http);
        if (space is not null) return [new AuditTarget(space, IdOf(space), new NodeSource(client, space))];
        try
        {
            Page<SpaceView> spaces = await client.SpacesAsync(cancellationToken);
            if (spaces.Data.Count == 0) throw new UnreadableJournalException("The node has no space.");
            return [.. spaces.Data.Select(view => new AuditTarget(view.Name, IdOf(view.Id), new NodeSource(client, view.Id)))];
        }
        catch (Exception exception) when (exception is HttpRequestException or System.Text.Json.JsonException)
        {
            throw new UnreadableJournalException($"There is no node at {http.BaseAddress}: {exception.Message}", exception);
        }
    }

    /// <summary>An id where the text is one; null for a name.</summary>
    public static SpaceId? IdOf(string? space) => Bytes32.TryParse(space, out Bytes32 id) ? new SpaceId(id) : null;

    private static bool HasJournal(string directory) => File.Exists(Path.Combine(directory, "journal.db"));
}
