using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;

namespace ChainSpace.Node.Templates;

/// <summary>What is usually right for a kind of task, and why. Whoever posts may say anything else.</summary>
public sealed partial record TaskTemplate
{
    /// <summary>Word to choose it by.</summary>
    public required string Name { get; init; }

    /// <summary><c>poll</c> or <c>job</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is for, in a line.</summary>
    public required string Summary { get; init; }

    /// <summary>An example of a title.</summary>
    public required string Title { get; init; }

    /// <summary>Description to begin with; what stands in brackets is the requester's to fill in.</summary>
    public required string Instruction { get; init; }

    /// <summary>What an answer, or what is handed in, looks like.</summary>
    public required string Format { get; init; }

    /// <summary>Answers to choose from; none for a job.</summary>
    public IReadOnlyList<string> Options { get; set; } = [];

    /// <summary>How votes become an answer; null for a job, like all that follows down to <see cref="Voters"/>.</summary>
    public string? Aggregation { get; set; }

    /// <summary>Who earns.</summary>
    public string? Payout { get; set; }

    /// <summary>Where the reward goes without an answer.</summary>
    public string? Inconclusive { get; set; }

    /// <summary>Whether votes are sealed.</summary>
    public string? Voting { get; set; }

    /// <summary>Fewest votes.</summary>
    public uint? Minimum { get; set; }

    /// <summary>Most votes.</summary>
    public uint? Maximum { get; set; }

    /// <summary>Hundredths of a percent at which the poll closes; 0 for never.</summary>
    public uint? Confidence { get; set; }

    /// <summary>How long voting lasts, such as <c>6h</c>.</summary>
    public string? Deadline { get; set; }

    /// <summary>Who may vote.</summary>
    public string? Voters { get; set; }

    /// <summary>Terms of a job in words; null for a poll.</summary>
    public IReadOnlyDictionary<string, string>? Job { get; set; }

    /// <summary>Field in which reputation counts.</summary>
    public required string Category { get; init; }

    /// <summary>How to get better answers.</summary>
    public required string Quality { get; init; }

    /// <summary>Why these terms.</summary>
    public required string Reason { get; init; }

    /// <summary>The description without what is asked for in brackets: for many items, each of which says that itself.</summary>
    internal string InstructionForItems => Asking().Replace(Instruction, "");

    /// <summary>What the description leaves to the requester, in its brackets; null where nothing.</summary>
    internal string? Unfilled => Bracketed().Match(Instruction) is { Success: true } found ? found.Value : null;

    /// <summary>Whether hidden tests decide.</summary>
    internal bool NeedsTests => Job?.GetValueOrDefault("check")?.Contains("--tests", StringComparison.Ordinal) == true;

    /// <summary>All, by name.</summary>
    public static IReadOnlyList<TaskTemplate> All { get; } =
        [.. Read().OrderBy(static each => each.Name, StringComparer.Ordinal)];

    /// <summary>The draft with this template's terms in place of those that nobody has said.</summary>
    /// <param name="draft">What was said, and defaults.</param>
    /// <param name="isSaid">Whether an option of the command line was given.</param>
    /// <param name="now">From when on the deadline counts.</param>
    internal PollDraft Over(PollDraft draft, Func<string, bool> isSaid, DateTimeOffset now) => draft with
    {
        Description = isSaid("--description") ? draft.Description : Instruction,
        Maximum = isSaid("--max") ? draft.Maximum : Math.Max(Maximum!.Value, isSaid("--min") ? draft.Minimum : 0),
        Minimum = isSaid("--min") ? draft.Minimum : Math.Min(Minimum!.Value, isSaid("--max") ? draft.Maximum : uint.MaxValue),
        Category = isSaid("--category") ? draft.Category : Category,
        Aggregation = isSaid("--confidence") ? draft.Aggregation : AggregationFor(draft),
        Confidence = isSaid("--confidence") ? draft.Confidence : ConfidenceFor(draft),
        Payout = isSaid("--payout") ? draft.Payout : Payout!,
        Inconclusive = isSaid("--inconclusive") ? draft.Inconclusive : Inconclusive!,
        Voting = isSaid("--open-votes") ? draft.Voting : Voting!,
        Deadline = isSaid("--deadline") ? draft.Deadline : Wording.ReadMoment(Deadline!, now),
        Voters = isSaid("--voters") ? draft.Voters : Voters!,
    };

    // The template's confidence was chosen for its own format; another may not have any while votes are sealed.
    private uint ConfidenceFor(PollDraft draft) => draft.Format == Format ? Confidence!.Value : 0;

    private string AggregationFor(PollDraft draft) => ConfidenceFor(draft) > 0 ? Aggregation! : "majority";

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Bracketed();

    // A sentence with a bracket in it.
    [GeneratedRegex(@"\s*[^.\[]*\[[^\]]*\]\.?")]
    private static partial Regex Asking();

    private static IEnumerable<TaskTemplate> Read()
    {
        Assembly home = typeof(TaskTemplate).Assembly;
        const string folder = "Templates/";
        foreach (string name in home.GetManifestResourceNames())
        {
            if (!name.StartsWith(folder, StringComparison.Ordinal)) continue;
            using Stream stream = home.GetManifestResourceStream(name)!;
            yield return JsonSerializer.Deserialize(stream, TemplateJson.Default.TaskTemplate)!;
        }
    }
}

/// <summary>All templates, in the form of every list of the API.</summary>
internal sealed record TemplateList(IReadOnlyList<TaskTemplate> Items);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(TaskTemplate))]
[JsonSerializable(typeof(TemplateList))]
internal sealed partial class TemplateJson : JsonSerializerContext;
