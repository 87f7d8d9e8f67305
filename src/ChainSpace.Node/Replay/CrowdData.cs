using System.Globalization;

namespace ChainSpace.Node.Replay;

/// <summary>A crowd's recorded votes and what was true, with names replaced by numbers in order of appearance.</summary>
internal sealed class CrowdData
{
    /// <summary>The label of a truth that no vote ever named: no answer can meet it.</summary>
    public const int Unnamed = -1;

    /// <summary>Category of the polls: the folder of the file, as a slug.</summary>
    public required string Category { get; init; }

    public required IReadOnlyList<string> Tasks { get; init; }

    public required IReadOnlyList<string> Workers { get; init; }

    /// <summary>All labels of the votes: by value where all are integers, else by spelling.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>In the order of the file.</summary>
    public required IReadOnlyList<CrowdVote> Votes { get; init; }

    /// <summary>For each task the true label, <see cref="Unnamed"/>, or null where the file does not say.</summary>
    public required IReadOnlyList<int?> Truth { get; init; }

    /// <summary>For each task how many different workers voted.</summary>
    public required IReadOnlyList<int> Voters { get; init; }

    /// <summary>Reads both files.</summary>
    /// <exception cref="ReplayException">Names the file and the line that is wrong.</exception>
    public static CrowdData Read(string votesPath, string truthPath)
    {
        CrowdFile.Votes votes = CrowdFile.ReadVotes(votesPath);
        (string[] labels, int[] places) = Sort(votes.Labels.Names);
        int[] voters = new int[votes.Tasks.Count];
        CrowdVote[] cast = new CrowdVote[votes.Rows.Count];
        HashSet<(int, int)> seen = new(cast.Length);
        for (int i = 0; i < cast.Length; i++)
        {
            (int task, int worker, int label) = votes.Rows[i];
            bool isFirst = seen.Add((task, worker));
            if (isFirst) voters[task]++;
            cast[i] = new CrowdVote(task, worker, places[label], !isFirst);
        }

        return new CrowdData
        {
            Category = Slug(Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(votesPath)) ?? "")),
            Tasks = votes.Tasks.Names,
            Workers = votes.Workers.Names,
            Labels = labels,
            Votes = cast,
            Truth = CrowdFile.ReadTruth(truthPath, votes.Tasks, label => Array.IndexOf(labels, label)),
            Voters = voters,
        };
    }

    /// <summary>The nearest slug: 1 to 32 of a-z, 0-9 and hyphen.</summary>
    internal static string Slug(string name)
    {
        IEnumerable<char> characters = name.ToLowerInvariant().Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '-');
        string slug = string.Concat(characters.Take(32)).Trim('-');
        return slug.Length == 0 ? "general" : slug;
    }

    private static (string[] Sorted, int[] Places) Sort(IReadOnlyList<string> labels)
    {
        bool isNumeric = labels.All(static label =>
            long.TryParse(label, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _));
        long ValueOf(string label) => isNumeric ? long.Parse(label, CultureInfo.InvariantCulture) : 0;
        IEnumerable<int> all = Enumerable.Range(0, labels.Count);
        int[] order = [.. all.OrderBy(i => ValueOf(labels[i])).ThenBy(i => labels[i], StringComparer.Ordinal)];
        int[] places = new int[order.Length];
        for (int place = 0; place < order.Length; place++) places[order[place]] = place;
        return ([.. order.Select(i => labels[i])], places);
    }
}

/// <summary>One row of the votes.</summary>
/// <param name="Task">Number of the task.</param>
/// <param name="Worker">Number of the worker.</param>
/// <param name="Choice">Place of the label among the sorted labels.</param>
/// <param name="IsRepeat">Whether this worker voted on this task before.</param>
internal readonly record struct CrowdVote(int Task, int Worker, int Choice, bool IsRepeat);
