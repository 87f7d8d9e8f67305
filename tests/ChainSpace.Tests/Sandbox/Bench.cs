using System.Text;
using ChainSpace.Node.Sandbox;
using ChainSpace.Node.Sandbox.Suites;

namespace ChainSpace.Tests.Sandbox;

/// <summary>Programs of a few lines, run for real.</summary>
internal static class Bench
{
    public const string Salt = "0x0000000000000000000000000000000000000000000000000000000000000001";

    /// <summary>Most tests here need what confines programs; on a machine without it they say so.</summary>
    public static void NeedsSandbox() => Assert.SkipUnless(File.Exists("/usr/bin/bwrap"), "There is no bubblewrap here.");

    public static TestSuite Suite(params SuiteTest[] tests) => new() { Title = "A problem", Salt = Salt, Tests = tests };

    public static SuiteTest Test(string expected, string input = "", params string[] arguments) =>
        new() { Name = "one", Expected = expected, Input = input, Arguments = arguments };

    public static Submission Python(string text) => Submission.Of([new("main.py", Encoding.UTF8.GetBytes(text))]);

    public static async Task<SuiteVerdict> VerdictAsync(
        TestSuite suite,
        Submission submission,
        IReadOnlyList<Language>? languages = null,
        CancellationToken cancellationToken = default)
    {
        NeedsSandbox();
        using SubmissionCheck check = new(new CheckOptions(), languages ?? Language.BuiltIn);
        CheckOutcome outcome = await check.RunAsync(suite, submission, cancellationToken);
        return Assert.IsType<CheckOutcome.Checked>(outcome).Verdict;
    }

    /// <summary>How the only test of a program went.</summary>
    public static async Task<TestVerdict> OutcomeAsync(string python, SuiteTest test, BoxLimits? limits = null)
    {
        SuiteVerdict verdict = await VerdictAsync(Suite(test) with { Limits = limits ?? new() }, Python(python));
        return Assert.Single(verdict.Tests).Verdict;
    }

    /// <summary>What a program wrote.</summary>
    public static async Task<string> OutputAsync(string python, params string[] arguments)
    {
        NeedsSandbox();
        using StagedFolder code = new(Python(python));
        BoxResult result = await Box.RunAsync(new BoxJob(Language.BuiltIn[0], code.Path, arguments, default, new()), default);
        Assert.True(result is { End: BoxEnd.Exited, Status: 0 }, $"{result.End} {result.Status} {result.Errors}");
        return Encoding.UTF8.GetString(result.Output).Trim();
    }

    /// <summary>Processes of the machine that have this text among their arguments.</summary>
    public static int Running(string argument)
    {
        int count = 0;
        foreach (string folder in Directory.EnumerateDirectories("/proc").Where(each => char.IsAsciiDigit(each[6])))
        {
            try
            {
                if (File.ReadAllText($"{folder}/cmdline").Contains(argument, StringComparison.Ordinal)) count++;
            }
            catch (IOException)
            {
                // It ended while we looked.
            }
        }

        return count;
    }

    public static async Task<bool> SoonAsync(Func<bool> isSo)
    {
        for (int tries = 0; tries < 200; tries++)
        {
            if (isSo()) return true;
            await Task.Delay(50);
        }

        return false;
    }
}
