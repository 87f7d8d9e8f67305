using System.Text;

namespace ChainSpace.Node.Replay;

/// <summary>Reads the two files of a crowd.</summary>
internal static class CrowdFile
{
    private const int OptionLimit = 100;
    private const int NameLimit = 200;

    /// <summary>The votes, as numbers in order of appearance.</summary>
    public sealed record Votes(
        Numbering Tasks, Numbering Workers, Numbering Labels, List<(int Task, int Worker, int Label)> Rows);

    public static Votes ReadVotes(string path) => Open(path, ["task", "worker", "label"], csv =>
    {
        Votes votes = new(new Numbering(), new Numbering(), new Numbering(), []);
        while (Row(csv, 3) is { } row)
        {
            int label = votes.Labels.Of(row.Fields[2]);
            if (label >= OptionLimit)
                throw csv.Fault(row.Line, $"label {row.Fields[2]} is one more than the {OptionLimit} options a poll has");
            votes.Rows.Add((votes.Tasks.Of(row.Fields[0]), votes.Workers.Of(row.Fields[1]), label));
        }

        return votes.Rows.Count > 0 ? votes : throw csv.Fault(1, "there are no votes below the header");
    });

    /// <summary>The truth of each task of the votes; other tasks are passed over.</summary>
    public static int?[] ReadTruth(string path, Numbering tasks, Func<string, int> placeOf) =>
        Open(path, ["task", "label"], csv => ReadTruth(csv, tasks, placeOf));

    private static int?[] ReadTruth(CsvReader csv, Numbering tasks, Func<string, int> placeOf)
    {
        int?[] truth = new int?[tasks.Count];
        HashSet<string> seen = [];
        while (Row(csv, 2) is { } row)
        {
            if (!seen.Add(row.Fields[0])) throw csv.Fault(row.Line, $"task {row.Fields[0]} has a truth already");
            if (tasks.Find(row.Fields[0]) is { } task) truth[task] = placeOf(row.Fields[1]);
        }

        return truth;
    }

    private static T Open<T>(string path, string[] header, Func<CsvReader, T> read)
    {
        string name = Path.GetFileName(path);
        try
        {
            using StreamReader text = new(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
            CsvReader csv = new(text, name);
            if (csv.Next() is not { } first || !first.Fields.SequenceEqual(header))
                throw csv.Fault(1, $"the header must be {string.Join(',', header)}");
            return read(csv);
        }
        catch (DecoderFallbackException)
        {
            throw new ReplayException($"{name} is not UTF-8 text.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ReplayException($"{path} cannot be read: {exception.Message}");
        }
    }

    private static CsvRow? Row(CsvReader csv, int fields)
    {
        if (csv.Next() is not { } row) return null;
        if (row.Fields.Count != fields)
            throw csv.Fault(row.Line, $"{fields} fields are expected, there are {row.Fields.Count}");
        if (row.Fields.Any(static field => field.Length is 0 or > NameLimit))
            throw csv.Fault(row.Line, $"a field must have 1 to {NameLimit} characters");
        return row;
    }
}

/// <summary>Names, numbered as they appear.</summary>
internal sealed class Numbering
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<string> names = [];

    public int Count => names.Count;

    public IReadOnlyList<string> Names => names;

    public int? Find(string name) => numbers.TryGetValue(name, out int number) ? number : null;

    public int Of(string name)
    {
        if (numbers.TryGetValue(name, out int known)) return known;
        numbers.Add(name, names.Count);
        names.Add(name);
        return names.Count - 1;
    }
}
