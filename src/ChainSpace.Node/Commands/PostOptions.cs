using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Node.Templates;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Formats;
using ChainSpace.Chains.Networks;
using ChainSpace.Rules.Selection;

namespace ChainSpace.Node.Commands;

/// <summary>The terms of a poll on the command line.</summary>
internal sealed class PostOptions
{
    private readonly Option<string> title = new("--title") { Description = "The question; else the template's." };

    private readonly Option<string[]> choices = new("--option")
    {
        Description = "An answer to choose from; say it once for each.",
    };

    private readonly Option<string> format = Text(
        "--format",
        "single",
        "What an answer looks like: single, yes-no, ordinal, multiple, labels, ranking, pairwise, opinion, "
        + "text, url, json, file, or number:0..100/1~5 (from 0 to 100 in steps of 1; 5 apart still agree).");

    private readonly Option<FileInfo?> schema = new("--schema")
    {
        Description = "File with the JSON Schema that answers of the format json must fit.",
    };

    private readonly Option<string> description = Text("--description", "", "What a voter must know to answer.");

    private readonly Option<string> reward = Text(
        "--reward", "10.0", "Reward for all voters together, locked at once; minor units unless there is a decimal point.");

    private readonly Option<uint> maximum = NodeOption.Count("--max", 5, "Votes at which the poll closes.");

    private readonly Option<uint> minimum = NodeOption.Count("--min", 1, "Fewer votes at the end, and the poll expires.");

    private readonly Option<string> category = Text("--category", "general", "Field in which reputation counts and is earned.");

    private readonly Option<string> deadline = Text("--deadline", "1d", "When voting ends: 30m, 12h, 7d, or 2027-01-31T18:00.");

    private readonly Option<string> payout = Text(
        "--payout", "majority", "Who earns: majority, equal, quality, lottery, or truth-serum.");

    private readonly Option<string> pricing = Text(
        "--pricing",
        "fixed",
        "What it costs: all (fixed), by earning vote (response), or by what voters are known to tell (quality).");

    private readonly Option<string> deposit = Text(
        "--deposit", "0", "What every voter locks, and loses to the majority by another answer.");

    private readonly InconclusiveOptions inconclusive = new();

    private readonly Option<bool> isOpen = new("--open-votes")
    {
        Description = "Votes are public at once; else they are sealed until the end.",
    };

    private readonly Option<string?> confidence = new("--confidence")
    {
        Description = "Close as soon as the answer is this certain, such as 0.95.",
    };

    private readonly Option<string> voters = Text(
        "--voters", "open", "Who may vote: open, or a filter such as country=DE|AT,reputation>=0.8.");

    private readonly Option<FileInfo?> named = new("--named")
    {
        Description = "File with the only accounts that may vote, one a line.",
    };

    private readonly Option<uint> sample = NodeOption.Count(
        "--sample", 0, "Seats drawn at random among those who may vote; 0 seats all.");

    private readonly Option<string> quotas = Text(
        "--quotas", "", "Seats by group of the sample, such as country=DE:10,country=AT:5; the sample is their sum.");

    private readonly Option<string?> lease = new("--lease")
    {
        Description = "How long a drawn seat waits for its vote, such as 2h; then the next of the reserve has it.",
    };

    private readonly Option<string?> filter = new("--filter")
    {
        Description = "Who may vote, as JSON or a file of it (spec/filters.md); the node admits who shows that it holds.",
    };

    private readonly Option<string?> purpose = new("--purpose")
    {
        Description = "Why the filter asks for what it asks for; voters read it before they answer.",
    };

    private readonly TimeOption time = new();

    private readonly Option<string?> template = new("--template")
    {
        Description = "Begin with the terms of a template (chainspace templates); what is said here wins.",
    };

    private readonly bool areItems;

    /// <param name="areItems">Whether these are the terms of many items, each with a title and a description of its own.</param>
    public PostOptions(bool areItems = false)
    {
        this.areItems = areItems;
        payout.AcceptOnlyFromAmong("majority", "equal", "quality", "lottery", "truth-serum");
        pricing.AcceptOnlyFromAmong("fixed", "response", "quality");
    }

    public IReadOnlyList<Option> All =>
    [
        title, choices, format, schema, description, reward, maximum, minimum, category, deadline, payout,
        inconclusive.Last, inconclusive.Extend, isOpen,
        confidence, voters, named, sample, quotas, lease, pricing, deposit, filter,
        purpose, time.Option, template,
    ];

    /// <summary>The terms that are said, and what they leave to a template or to the answers that are to be judged.</summary>
    public PollDraft Read(ParseResult parsed, SpaceView space, Judged? judged = null)
    {
        TaskTemplate? begun = parsed.GetValue(template) is { } name ? TemplatesCommand.OfPoll(name) : null;
        if (judged is not null && (begun is not null || IsSaid(parsed, "--option") || IsSaid(parsed, "--format")))
            throw new Complaint("--judge says options and format by itself; leave --option, --format and --template out.");
        (string form, string[] options) = judged is null ? ReadFormat(parsed, begun) : ("pairwise", [.. judged.Options]);
        uint target = parsed.GetValue(confidence) is { } certain ? Wording.ReadConfidence(certain) : 0;
        FilterChoice choice = FilterChoice.Read(parsed.GetValue(filter), parsed.GetValue(voters)!);
        PollDraft draft = new()
        {
            Title = parsed.GetValue(title) ?? judged?.Title ?? begun?.Title
                ?? throw new Complaint("Say --title, or begin with a --template."),
            Description = parsed.GetValue(description)!,
            Format = form,
            Options = [.. options],
            Schema = parsed.GetValue(schema) is { } rules ? ReadSchema(rules) : null,
            Reward = Wording.ReadAmount(parsed.GetValue(reward)!, space),
            Deadline = Wording.ReadMoment(parsed.GetValue(deadline)!, TimeProvider.System.GetUtcNow()),
            Maximum = parsed.GetValue(maximum),
            Minimum = parsed.GetValue(minimum),
            Category = parsed.GetValue(category)!,
            Aggregation = target > 0 ? "weighted" : "majority",
            Payout = parsed.GetValue(payout)!,
            Pricing = parsed.GetValue(pricing)!,
            Deposit = Wording.ReadAmount(parsed.GetValue(deposit)!, space),
            Inconclusive = parsed.GetValue(inconclusive.Last)!,
            Voting = parsed.GetValue(isOpen) ? "open" : "sealed",
            Confidence = target,
            Voters = choice.Voters,
            Filter = choice.Filter,
            Purpose = parsed.GetValue(purpose),
            Seconds = time.Read(parsed),
            Named = parsed.GetValue(named) is { } file ? ReadNamed(file) : [],
            Sample = SampleOf(parsed.GetValue(sample), parsed.GetValue(quotas)!),
            Quotas = parsed.GetValue(quotas)!,
            Lease = ReadLease(parsed.GetValue(lease)),
        };
        if (begun is null) return draft with { Inconclusive = inconclusive.Read(parsed, draft.Inconclusive) };
        draft = begun.Over(draft, said => IsSaid(parsed, said), TimeProvider.System.GetUtcNow());
        return draft with
        {
            Description = IsSaid(parsed, "--description") ? draft.Description : DescriptionBy(begun),
            Inconclusive = inconclusive.Read(parsed, draft.Inconclusive),
        };
    }

    private string DescriptionBy(TaskTemplate begun)
    {
        if (areItems) return begun.InstructionForItems;
        return begun.Unfilled is { } unfilled ? throw new Complaint(TemplatesCommand.ToFill(begun, unfilled)) : begun.Instruction;
    }

    /// <summary>Whether an option was given, and not left to its default.</summary>
    public bool IsSaid(ParseResult parsed, string name) =>
        parsed.GetResult(All.First(each => each.Name == name)) is { Implicit: false };

    // A template's options fit its own format only.
    private (string Format, string[] Options) ReadFormat(ParseResult parsed, TaskTemplate? begun)
    {
        string[] said = parsed.GetValue(choices)!;
        if (begun is null || IsSaid(parsed, "--format")) return ReadFormat(parsed.GetValue(format)!, said);
        return ReadFormat(begun.Format, said.Length > 0 ? said : [.. begun.Options]);
    }

    private static (string Format, string[] Options) ReadFormat(string format, string[] options)
    {
        if (format == "yes-no" && options.Length == 0) options = ["Yes", "No"];
        if (ResponseFormat.TryRead(format, (uint)options.Length) is not null) return (format, options);
        throw new Complaint(options.Length < 2 && format is "single" or "ordinal" or "multiple" or "ranking" or "pairwise"
            ? "A poll needs at least two answers; say --option once for each."
            : $"'{format}' is no format of {options.Length} options; see --help.");
    }

    private static Option<string> Text(string name, string otherwise, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => otherwise };

    // Who sets quotas need not add them up; what cannot be read is the node's to refuse.
    private static uint SampleOf(uint said, string quotas) =>
        said == 0 && Quotas.TryRead(quotas) is { Groups.IsEmpty: false } read ? (uint)Math.Min(read.Seats, uint.MaxValue) : said;

    private static ulong ReadLease(string? text)
    {
        if (text is null) return 0;
        return Duration.Read(text) is { } span
            ? (ulong)span.TotalMilliseconds
            : throw new Complaint($"'{text}' is no span; write one such as 30m, 2h or 1d.");
    }

    private static JsonElement ReadSchema(FileInfo file)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(file.FullName));
            return json.RootElement.Clone();
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            throw new Complaint($"{file.Name} cannot be read as JSON: {exception.Message.TrimEnd('.')}.");
        }
    }

    private static ImmutableArray<AccountId> ReadNamed(FileInfo file)
    {
        if (!file.Exists) throw new Complaint($"There is no file {file.FullName}.");
        string[] lines = File.ReadAllLines(file.FullName);
        SortedSet<AccountId> accounts = [];
        for (int number = 0; number < lines.Length; number++)
        {
            string line = lines[number].Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            if (!Bytes32.TryParse(line, out Bytes32 id))
                throw new Complaint($"Line {number + 1} of {file.Name} is no account; one has 0x and 64 lower-case digits.");
            accounts.Add(new AccountId(id));
        }

        return accounts.Count > 0 ? [.. accounts] : throw new Complaint($"{file.Name} names no account.");
    }
}
