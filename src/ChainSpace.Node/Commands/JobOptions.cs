using System.CommandLine;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Checking;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Node.Templates;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Commands;

/// <summary>The terms of a job on the command line.</summary>
internal sealed class JobOptions
{
    private readonly Option<string> title = new("--title") { Description = "What is to be done; else the template's." };
    private readonly Option<string> description = Text("--description", "", "What a worker and a juror must know.");
    private readonly Option<string> reward = Text("--reward", "10.0", "Reward for each winner, locked at once.");
    private readonly Option<uint> winners = NodeOption.Count("--winners", 1, "Workers who may be paid, side by side.");
    private readonly Option<string> mode = Text("--mode", "open", "Who works: open, apply, direct, or contest.");
    private readonly Option<string?> to = new("--to") { Description = "Account that a direct job is offered to." };
    private readonly Option<string> milestones = Text("--milestones", "100", "Percents paid one after the other, such as 40,60.");
    private readonly Option<string> lease = Text("--lease", "1d", "Time for each submission: 30m, 12h, 7d.");
    private readonly Option<string> review = Text("--review", "3d", "Time to decide; silence accepts.");
    private readonly Option<string> deadline = Text("--deadline", "7d", "When nobody may begin any more.");
    private readonly Option<uint> revisions = NodeOption.Count("--revisions", 1, "How often a milestone may be sent back.");
    private readonly Option<uint> tries = NodeOption.Count("--tries", 0, "Failed checks that end a lease; 0: as many as fit in.");
    private readonly Option<uint> bond = NodeOption.Count("--bond", 15, "Percent of the reward that a worker locks.");
    private readonly Option<string> jury = Text("--jury", "0", "Least reputation of jurors in the category, such as 0.8.");
    private readonly Option<string> workers = Text("--workers", "open", "Who may work: open, or a filter such as skill=writing.");
    private readonly Option<string> category = Text("--category", "general", "Field in which reputation is earned.");

    private readonly Option<FileInfo?> tests = new("--tests")
    {
        Description = "Suite of hidden tests that work must pass before you are asked; see docs/guides/sandbox.md.",
    };

    private readonly Option<string?> checker = new("--checker")
    {
        Description = "Account whose check comes before the review; with --tests the node's operator, which runs them.",
    };

    private readonly Option<string?> template = new("--template")
    {
        Description = "Begin with the terms of a template (chainspace templates); what is said here wins.",
    };

    private readonly TimeOption time = new();

    public IReadOnlyList<Option> All =>
    [
        title, description, reward, winners, mode, to, milestones, lease, review, deadline, revisions, tries, bond, jury,
        workers, category, tests, checker, time.Option, template,
    ];

    // What no node takes is said before money is locked.
    private SuiteFile? ReadTests(ParseResult parsed)
    {
        if (parsed.GetValue(tests) is not { } file) return null;
        SuiteFile read = SuiteFile.Read(file);
        if (read.Json.Length > SuiteDesk.Limit) throw new Complaint($"A suite has at most {SuiteDesk.Limit} bytes.");
        return SuiteDesk.Fault(read.Suite) is { } fault ? throw new Complaint(fault) : read;
    }

    /// <summary>The terms, and the hidden tests where there are some.</summary>
    public (JobDraft Draft, SuiteFile? Tests) Read(ParseResult parsed, SpaceView space)
    {
        SuiteFile? suite = ReadTests(parsed);
        TaskTemplate? begun = parsed.GetValue(template) is { } name ? TemplatesCommand.OfJob(name) : null;
        if (begun is { NeedsTests: true } && suite is null)
            throw new Complaint($"Hidden tests decide in the template '{begun.Name}': name a suite with --tests.");
        string? checks = parsed.GetValue(checker) ?? (suite is null ? null : space.Operator);
        JobDraft draft = new()
        {
            Title = parsed.GetValue(title) ?? begun?.Title ?? throw new Complaint("Say --title, or begin with a --template."),
            Description = Said(parsed, description) ?? DescriptionBy(begun),
            Reward = Wording.ReadAmount(parsed.GetValue(reward)!, space),
            Winners = parsed.GetValue(winners),
            Mode = parsed.GetValue(mode)!,
            To = Account(parsed.GetValue(to)),
            Checker = Account(checks),
            Tests = suite?.Hash,
            Seconds = time.Read(parsed),
            Milestones = parsed.GetValue(milestones)!,
            Lease = Span(Said(parsed, lease) ?? begun?.Job!["lease"] ?? parsed.GetValue(lease)!),
            Review = Span(Said(parsed, review) ?? begun?.Job!["review"] ?? parsed.GetValue(review)!),
            Deadline = Wording.ReadMoment(parsed.GetValue(deadline)!, TimeProvider.System.GetUtcNow()),
            Revisions = parsed.GetValue(revisions),
            Tries = TriesOf(parsed, begun),
            Bond = parsed.GetValue(bond) * 100,
            Jury = ReadJury(parsed.GetValue(jury)!),
            Workers = parsed.GetValue(workers)!,
            Category = Said(parsed, category) ?? begun?.Category ?? parsed.GetValue(category)!,
        };
        return (draft, suite);
    }

    // A template whose work is checked by tests says after how many failures they end the lease.
    private uint TriesOf(ParseResult parsed, TaskTemplate? begun) =>
        !IsSaid(parsed, tries) && begun is { NeedsTests: true } && uint.TryParse(begun.Job!["tries"], out uint told)
            ? told
            : parsed.GetValue(tries);

    private static string? Said(ParseResult parsed, Option<string> option) =>
        IsSaid(parsed, option) ? parsed.GetValue(option) : null;

    private static bool IsSaid(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static string DescriptionBy(TaskTemplate? begun)
    {
        if (begun is null) return "";
        return begun.Unfilled is { } unfilled ? throw new Complaint(TemplatesCommand.ToFill(begun, unfilled)) : begun.Instruction;
    }

    private static AccountId Account(string? text)
    {
        if (text is null) return default;
        return Bytes32.TryParse(text, out Bytes32 id) ? new AccountId(id) : throw new Complaint($"'{text}' is no account.");
    }

    // Hundredths of a percent, as filters say reputation.
    private static uint ReadJury(string text) => Wording.TryReadShare(text) is { } share and <= 0.99m && share * 10_000 % 1 == 0
        ? (uint)(share * 10_000)
        : throw new Complaint($"'{text}' is no reputation of jurors; take 0 to 0.99, with at most four digits.");

    // A span is a moment counted from the beginning of time.
    private static ulong Span(string text) => (ulong)Wording.ReadMoment(text, DateTimeOffset.UnixEpoch).Milliseconds;

    private static Option<string> Text(string name, string otherwise, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => otherwise };
}
