using ChainSpace.Client.Reading;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Commands.Terminal;

/// <summary>Finds tasks of a kind by id, or by the first digits where only one of the kind begins with them.</summary>
/// <param name="Kind">What people call it: a poll, a batch, a job.</param>
/// <param name="Whole">The task of a whole id; null where there is none.</param>
/// <param name="Page">The newest, and from a cursor on the older ones.</param>
/// <param name="IdOf">The id of a task.</param>
internal sealed record TaskSearch<T>(
    string Kind, Func<string, Task<T?>> Whole, Func<string?, Task<Page<T>>> Page, Func<T, string> IdOf)
    where T : class
{
    private const int ShortestPrefix = 6;

    // So many are looked through for a shortened id; older ones need the whole.
    private const int MostSearched = 10_000;

    /// <summary>Null where no task has this id or begins so.</summary>
    public async Task<T?> FindAsync(string text)
    {
        string digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
        if (digits.Length is < ShortestPrefix or > Bytes32.TextSize - 2 || !digits.All(char.IsAsciiHexDigit))
            throw new Complaint($"'{text}' is no id of a {Kind}; give at least its first {ShortestPrefix} digits.");
        string id = "0x" + digits.ToLowerInvariant();
        if (id.Length == Bytes32.TextSize) return await Whole(id);
        // Lists leave some of a task out.
        return await OnlyAsync(id) is { } found ? await Whole(found) : null;
    }

    private async Task<string?> OnlyAsync(string prefix)
    {
        string? found = null, cursor = null;
        for (int seen = 0; seen < MostSearched;)
        {
            Page<T> page = await Page(cursor);
            foreach (string id in page.Data.Select(IdOf))
            {
                if (!id.StartsWith(prefix, StringComparison.Ordinal) || id == found) continue;
                if (found is not null) throw new Complaint($"More than one {Kind} begins with {prefix}; give more digits.");
                found = id;
            }

            seen += page.Data.Count;
            if ((cursor = page.NextCursor) is null) break;
        }

        return found;
    }
}
