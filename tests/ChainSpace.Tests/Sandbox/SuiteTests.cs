using System.Text;
using System.Text.Json;
using ChainSpace.Node.Sandbox;
using ChainSpace.Node.Sandbox.Suites;
using CsCheck;

namespace ChainSpace.Tests.Sandbox;

public sealed class SuiteTests
{
    private static readonly SuiteTest[] _sums =
    [
        new() { Name = "small", Input = "1 2\n", Expected = "3\n" },
        new() { Name = "negative", Input = "-5 2\n", Expected = "-3\n" },
        new() { Name = "large", Input = "1000000000000 1\n", Expected = "1000000000001\n" },
    ];

    [Theory]
    [InlineData("main.py", "print(sum(map(int, input().split())))")]
    [InlineData("main.js", "console.log(require('fs').readFileSync(0, 'utf8').split(' ').map(Number).reduce((a, b) => a + b))")]
    [InlineData("main.sh", "read a b; echo $((a + b))")]
    public async Task A_right_program_passes_every_test(string file, string text)
    {
        SuiteVerdict verdict = await Bench.VerdictAsync(Bench.Suite(_sums), Of(file, text));

        Assert.Equal((3, 0), (verdict.Passed, verdict.Failed));
        Assert.All(verdict.Tests, static test => Assert.Equal(TestVerdict.Ok, test.Verdict));
    }

    [Fact]
    public async Task Each_test_says_how_it_went_and_says_it_again()
    {
        Submission submission = Bench.Python("""
            import sys
            a, b = map(int, input().split())
            if a < 0: sys.exit(3)
            print(a + b if a < 9 else 0)
            """);

        SuiteVerdict first = await Bench.VerdictAsync(Bench.Suite(_sums), submission);
        SuiteVerdict second = await Bench.VerdictAsync(Bench.Suite(_sums), submission);

        Assert.Equal([TestVerdict.Ok, TestVerdict.Crash, TestVerdict.Wrong], first.Tests.Select(static test => test.Verdict));
        Assert.Equal((1, 2), (first.Passed, first.Failed));
        Assert.Equal(first.Hash, second.Hash);
    }

    [Fact]
    public async Task A_checker_judges_where_there_is_one()
    {
        const string source = "import json, sys; o = json.load(sys.stdin); "
            + "sys.exit(0 if sorted(o['output'].split()) == o['expected'].split() else 43)";
        TestSuite suite = Bench.Suite(Bench.Test("1 2 3")) with { Checker = new Checker("python3", source) };

        Assert.Equal(1, (await Bench.VerdictAsync(suite, Bench.Python("print('3 1 2')"))).Passed);
        Assert.Equal(0, (await Bench.VerdictAsync(suite, Bench.Python("print('3 1')"))).Passed);
    }

    [Fact]
    public async Task A_checker_that_fails_is_nobodys_verdict()
    {
        Bench.NeedsSandbox();
        TestSuite suite = Bench.Suite(Bench.Test("1")) with { Checker = new Checker("python3", "1 / 0") };
        using SubmissionCheck check = new(new CheckOptions(), Language.BuiltIn);

        CheckOutcome outcome = await check.RunAsync(suite, Bench.Python("print(1)"), default);

        Assert.Contains("ZeroDivisionError", Assert.IsType<CheckOutcome.Unable>(outcome).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_language_is_a_few_lines_of_configuration()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("languages-").FullName, "sandbox.json");
        await File.WriteAllTextAsync(file, """
            {"languages":[{"name":"copied","file":"main.copy","compile":["/bin/cp","/code/main.copy","/tmp/it's"],
              "command":["/bin/sh","/tmp/it's"]}]}
            """);

        SuiteVerdict verdict = await Bench.VerdictAsync(
            Bench.Suite(Bench.Test("right word", "", "right", "$HOME 'word'")),
            Of("main.copy", "[ \"$2\" = \"\\$HOME 'word'\" ] && echo $1 word"), Language.From(file));

        Assert.Equal(("copied", 1), (verdict.Language, verdict.Passed));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public async Task A_submission_in_no_language_of_the_suite_is_unfit()
    {
        using SubmissionCheck check = new(new CheckOptions(), Language.BuiltIn);
        TestSuite suite = Bench.Suite(_sums) with { Languages = ["node"] };

        CheckOutcome outcome = await check.RunAsync(suite, Bench.Python("print(1)"), default);

        Assert.Contains("main.js", Assert.IsType<CheckOutcome.Unfit>(outcome).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asks_for_more_than_the_node_allows_is_told()
    {
        using SubmissionCheck check = new(new CheckOptions(), Language.BuiltIn);
        TestSuite suite = Bench.Suite(_sums) with { Limits = new BoxLimits { MemoryMebibytes = 2_000 } };

        CheckOutcome outcome = await check.RunAsync(suite, Bench.Python("print(1)"), default);

        Assert.Equal("memoryMebibytes is 2000; this node allows 1024.", Assert.IsType<CheckOutcome.Unable>(outcome).Sentence);
    }

    [Fact]
    public async Task A_full_queue_says_so()
    {
        Bench.NeedsSandbox();
        using SubmissionCheck check = new(new CheckOptions { QueueLimit = 1 }, Language.BuiltIn);
        TestSuite suite = Bench.Suite(Bench.Test(""));
        Submission slow = Bench.Python("import time; time.sleep(1)");

        CheckOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => check.RunAsync(suite, slow, default)));

        Assert.Equal(2, outcomes.OfType<CheckOutcome.Checked>().Count());
        Assert.IsType<CheckOutcome.Busy>(outcomes[2]);
        Assert.IsType<CheckOutcome.Checked>(await check.RunAsync(suite, slow, default));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new SubmissionCheck(new CheckOptions { AtOnce = 0 }, []));
        Assert.Throws<ArgumentException>(() => new SubmissionCheck(new CheckOptions { QueueLimit = -1 }, []));
        BoxLimits none = new() { Processes = 0 };
        Assert.Throws<ArgumentException>(() => new SubmissionCheck(new CheckOptions { Ceiling = none }, []));
    }

    [Fact]
    public void Whatever_is_changed_in_a_suite_changes_its_hash()
    {
        TestSuite suite = Bench.Suite(_sums);
        SuiteTest test = _sums[0];
        TestSuite[] others =
        [
            suite with { Title = "B" }, suite with { Statement = "B" }, suite with { Salt = Bench.Salt[..^1] + "2" },
            suite with { Languages = ["sh"] }, suite with { Compare = Comparison.Words },
            suite with { Limits = new BoxLimits { WallMilliseconds = 1_000 } },
            suite with { Limits = new BoxLimits { Processes = 9 } },
            suite with { Checker = new Checker("sh", "") }, suite with { Tests = _sums[..2] },
            suite with { Tests = [.. _sums.Reverse()] }, suite with { Tests = [test with { Name = "" }, .. _sums[1..]] },
            suite with { Tests = [test with { Input = "1 2" }, .. _sums[1..]] },
            suite with { Tests = [test with { Arguments = [""] }, .. _sums[1..]] },
            suite with { Tests = [test with { Input = "1 2\n3", Expected = "\n" }, .. _sums[1..]] },
        ];

        Assert.Equal(others.Length + 1, others.Append(suite).Select(static each => each.Hash).Distinct().Count());
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(suite, SuiteJson.Default.TestSuite);
        Assert.Equal(suite.Hash, TestSuite.Read(json).Hash);
    }

    [Fact]
    public void What_a_suite_or_a_language_leaves_out_is_as_the_guide_says()
    {
        TestSuite suite = TestSuite.Read(Encoding.UTF8.GetBytes(
            $$"""{"title":"A","salt":"{{Bench.Salt}}","limits":{"wallMilliseconds":2000},"tests":[{"name":"a"}]}"""));
        string file = Path.GetTempFileName();
        File.WriteAllText(file, """{"languages":[{"name":"c","file":"main.c","command":["/usr/bin/c"]}]}""");

        Assert.Equal(new BoxLimits { WallMilliseconds = 2_000 }, suite.Limits);
        Assert.Equal(Comparison.Lines, suite.Compare);
        Assert.Equal((Bench.Suite(new SuiteTest { Name = "a" }) with { Title = "A", Limits = suite.Limits }).Hash, suite.Hash);
        Assert.Equal([], Language.From(file)[0].MemoryMarks);
        File.Delete(file);
    }

    [Fact]
    public void A_suite_without_salt_or_with_a_slip_of_the_pen_is_none()
    {
        Assert.Throws<SandboxException>(() => TestSuite.Read("""{"title":"A","tests":[{"name":"a"}]}"""u8));
        Assert.Throws<SandboxException>(() => TestSuite.Read(Encoding.UTF8.GetBytes(
            $$"""{"title":"A","salt":"{{Bench.Salt}}","tests":[{"name":"a","expect":"1"}]}""")));
    }

    [Theory]
    [InlineData(Comparison.Exact, "a\n", "a", false)]
    [InlineData(Comparison.Lines, "a \nb\n\n", "a\nb", true)]
    [InlineData(Comparison.Lines, "a b", "a\nb", false)]
    [InlineData(Comparison.Words, " a\nb", "a  b", true)]
    [InlineData(Comparison.Words, "ab", "a b", false)]
    [InlineData(Comparison.Numbers, "x 0.3333333", "x 0.33333333333", true)]
    [InlineData(Comparison.Numbers, "0.3334", "0.3333", false)]
    [InlineData(Comparison.Numbers, "NaN", "1", false)]
    public void Outputs_are_compared_as_the_suite_says(Comparison comparison, string output, string expected, bool isRight) =>
        Assert.Equal(isRight, comparison.IsRight(output, expected));

    [Fact]
    public void A_name_leads_nowhere_but_down() => Gen.String[Gen.Char["ab./\\~ \0-"], 0, 12].Sample(name =>
    {
        if (!Submission.IsName(name)) return;
        string full = Path.GetFullPath(Path.Combine("/root-of-it", name));
        Assert.Equal($"/root-of-it/{name}", full);
    });

    private static Submission Of(string file, string text) => Submission.Of([new(file, Encoding.UTF8.GetBytes(text))]);
}
