using System.Text;
using System.Text.Json;

namespace ChainSpace.Node.Sandbox.Suites;

/// <summary>Runs the tests of a suite, one after the other, each in a box of its own.</summary>
internal static class SuiteRun
{
    private static readonly UTF8Encoding _strict = new(false, throwOnInvalidBytes: true);

    /// <exception cref="SandboxException">The machine cannot confine a program, or runs no such language.</exception>
    /// <exception cref="SubmissionException">The submission is in no language that the suite allows.</exception>
    public static async Task<SuiteVerdict> RunAsync(
        TestSuite suite, Submission submission, IReadOnlyList<Language> languages, CancellationToken cancellationToken)
    {
        Language language = LanguageOf(suite, submission, languages);
        using StagedFolder code = new(submission);
        using StagedChecker? checker = suite.Checker is { } program ? StagedChecker.Of(program, languages) : null;
        List<TestLine> lines = [];
        foreach (SuiteTest test in suite.Tests)
        {
            BoxJob job = new(language, code.Path, test.Arguments, Encoding.UTF8.GetBytes(test.Input), suite.Limits);
            BoxResult result = await Box.RunAsync(job, cancellationToken);
            TestVerdict verdict = await JudgeAsync(suite, test, (result, checker), cancellationToken);
            lines.Add(new TestLine(test.Name, verdict, TimeOf(result, suite.Limits)));
        }

        int passed = lines.Count(static line => line.Verdict == TestVerdict.Ok);
        return new SuiteVerdict
        {
            Suite = suite.Hash.ToString(),
            Submission = submission.Hash.ToString(),
            Language = language.Name,
            Passed = passed,
            Failed = lines.Count - passed,
            Tests = lines,
        };
    }

    private static Language LanguageOf(TestSuite suite, Submission submission, IReadOnlyList<Language> languages)
    {
        Language[] fitting =
        [
            .. languages.Where(each => submission.Files.ContainsKey(each.File))
                .Where(each => suite.Languages.Count == 0 || suite.Languages.Contains(each.Name)),
        ];
        string wanted = string.Join(", ", languages
            .Where(each => suite.Languages.Count == 0 || suite.Languages.Contains(each.Name)).Select(each => each.File));
        return fitting switch
        {
            [Language only] => only,
            [] => throw new SubmissionException($"The submission must have one of these files: {wanted}."),
            _ => throw new SubmissionException($"The submission must have only one of these files: {wanted}."),
        };
    }

    private static async Task<TestVerdict> JudgeAsync(
        TestSuite suite, SuiteTest test, (BoxResult Run, StagedChecker? Checker) done, CancellationToken cancellationToken) =>
        done.Run switch
        {
            { End: BoxEnd.Timeout } => TestVerdict.Timeout,
            { End: BoxEnd.Memory } => TestVerdict.Memory,
            { End: BoxEnd.Output } => TestVerdict.Output,
            { Status: not 0 } => TestVerdict.Crash,
            { Output: var output } => await IsRightAsync(suite, test, (output, done.Checker), cancellationToken)
                ? TestVerdict.Ok
                : TestVerdict.Wrong,
        };

    private static async Task<bool> IsRightAsync(
        TestSuite suite, SuiteTest test, (byte[] Output, StagedChecker? Checker) done, CancellationToken cancellationToken)
    {
        string output;
        try
        {
            output = _strict.GetString(done.Output);
        }
        catch (DecoderFallbackException)
        {
            // Suites are text; what is none cannot be right.
            return false;
        }

        if (done.Checker is null) return suite.Compare.IsRight(output, test.Expected);
        CheckerInput input = new(test.Input, test.Expected, output);
        return await done.Checker.IsRightAsync(input, suite.Limits, cancellationToken);
    }

    private static TimeClass TimeOf(BoxResult result, BoxLimits limits) =>
        result.Milliseconds * 10 < limits.WallMilliseconds ? TimeClass.Quick
        : result.Milliseconds * 2 < limits.WallMilliseconds ? TimeClass.Fair
        : TimeClass.Slow;
}

/// <summary>The files of a submission on the disk, for as long as its runs take.</summary>
internal sealed class StagedFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chainspace-box-");

    public StagedFolder(Submission submission)
    {
        // A node that runs as root has its boxes read them as somebody else.
        const UnixFileMode open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess) File.SetUnixFileMode(folder.FullName, open);
        submission.WriteTo(folder.FullName);
    }

    public string Path => folder.FullName;

    public void Dispose() => folder.Delete(recursive: true);
}

/// <summary>The program that judges outputs, ready to run.</summary>
internal sealed class StagedChecker(Language language, StagedFolder code) : IDisposable
{
    private const int Right = 0, Wrong = 43;

    public static StagedChecker Of(Checker checker, IReadOnlyList<Language> languages)
    {
        Language language = languages.FirstOrDefault(each => each.Name == checker.Language)
            ?? throw new SandboxException($"The suite's checker is in '{checker.Language}', which this node does not run.");
        return new StagedChecker(
            language, new StagedFolder(Submission.Of([new(language.File, Encoding.UTF8.GetBytes(checker.Source))])));
    }

    public async Task<bool> IsRightAsync(CheckerInput input, BoxLimits limits, CancellationToken cancellationToken)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(input, SuiteJson.Default.CheckerInput);
        BoxResult result = await Box.RunAsync(new BoxJob(language, code.Path, [], json, limits), cancellationToken);
        return result switch
        {
            { End: BoxEnd.Exited, Status: Right } => true,
            { End: BoxEnd.Exited, Status: Wrong } => false,
            // No verdict of anybody's program may hang on a judge that fails.
            _ => throw new SandboxException($"The suite's checker failed with status {result.Status}: {result.Errors.Trim()}"),
        };
    }

    public void Dispose() => code.Dispose();
}
