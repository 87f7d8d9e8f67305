using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Node.Sandbox;
using ChainSpace.Node.Sandbox.Suites;
using ChainSpace.Protocol;
using Spectre.Console;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace tests</c>: hidden tests of a coding problem, their hash, and a program run against them.</summary>
internal static class TestsCommand
{
    private const int SomeFailed = 2;

    public static Command Create() => new("tests", "Hidden tests of a coding problem: their hash, and a program against them.")
    {
        Run(), Hash(), Salt(),
    };

    private static Argument<FileInfo> SuiteArgument =>
        new("suite") { Description = "File of the suite; see docs/guides/sandbox.md." };

    private static Command Run()
    {
        Argument<FileInfo> suite = SuiteArgument;
        Argument<string> submission = new("submission") { Description = "A source file, a folder, a .zip or a .tar." };
        Option<FileInfo?> languages = new("--languages") { Description = "File like sandbox.json with further languages." };
        Command command = new(
            "run", "Run a program, confined, against a suite. The status is 0 where all tests pass, 2 where one does not.")
        {
            suite, submission, languages,
        };
        command.AddJson();
        command.Does(async (parsed, cancellationToken) =>
        {
            IReadOnlyList<Language> known = Languages(parsed.GetValue(languages));
            SuiteVerdict verdict = await RunAsync(
                ReadSuite(parsed.GetValue(suite)!),
                ReadSubmission(parsed.GetValue(submission)!, known),
                known,
                cancellationToken);
            if (parsed.GetValue<bool>(NodeOption.Json))
                Console.WriteLine(JsonSerializer.Serialize(verdict, SuiteJson.Default.SuiteVerdict));
            else Say(verdict);
            return verdict.Failed == 0 ? 0 : SomeFailed;
        });
        return command;
    }

    private static Command Hash()
    {
        Argument<FileInfo> suite = SuiteArgument;
        Command command = new("hash", "Print the hash of a suite, by which a task commits to it.") { suite };
        command.Does((parsed, _) =>
        {
            Console.WriteLine(ReadSuite(parsed.GetValue(suite)!).Hash);
            return Task.FromResult(0);
        });
        return command;
    }

    private static Command Salt()
    {
        Command command = new("salt", "Print a new salt for a suite.");
        command.Does((_, _) =>
        {
            Console.WriteLine(Bytes32.Read(RandomNumberGenerator.GetBytes(Bytes32.Size)));
            return Task.FromResult(0);
        });
        return command;
    }

    private static async Task<SuiteVerdict> RunAsync(
        TestSuite suite, Submission submission, IReadOnlyList<Language> languages, CancellationToken cancellationToken)
    {
        // A person's own machine: whatever the suite allows is allowed.
        using SubmissionCheck check = new(new CheckOptions { Ceiling = suite.Limits }, languages);
        return await check.RunAsync(suite, submission, cancellationToken) switch
        {
            CheckOutcome.Checked(var verdict) => verdict,
            CheckOutcome.Unfit(var sentence) => throw new Complaint(sentence),
            CheckOutcome.Unable(var sentence) => throw new Complaint(sentence),
            CheckOutcome.Busy => throw new Complaint("Too many submissions wait; try again later."),
        };
    }

    private static TestSuite ReadSuite(FileInfo file) => SuiteFile.Read(file).Suite;

    private static Submission ReadSubmission(string path, IReadOnlyList<Language> languages) =>
        Complaining(() => SubmissionReader.FromDisk(path, languages));

    private static IReadOnlyList<Language> Languages(FileInfo? file)
    {
        if (file is null) return Language.BuiltIn;
        if (!file.Exists) throw new Complaint($"There is no file {file.FullName}.");
        return Complaining(() => Language.From(file.FullName));
    }

    private static T Complaining<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is SandboxException or SubmissionException)
        {
            throw new Complaint(exception.Message);
        }
    }

    private static void Say(SuiteVerdict verdict)
    {
        foreach (TestLine test in verdict.Tests)
        {
            string colour = test.Verdict == TestVerdict.Ok ? "green" : "red";
            AnsiConsole.MarkupLine(
                $"[{colour}]{test.Verdict.ToString().ToLowerInvariant(),-8}[/]{Markup.Escape(test.Name)}"
                + $" [grey]({test.Time.ToString().ToLowerInvariant()})[/]");
        }

        Console.WriteLine($"{verdict.Passed} passed, {verdict.Failed} failed, in {verdict.Language}; verdict {verdict.Hash}");
    }
}
