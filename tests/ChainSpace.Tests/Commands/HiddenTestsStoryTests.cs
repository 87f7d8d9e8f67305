using System.Text.Json;
using ChainSpace.Tests.Checking;
using ChainSpace.Tests.Sandbox;

namespace ChainSpace.Tests.Commands;

public sealed class HiddenTestsStoryTests
{
    private const int Patience = 120;

    [Fact]
    public async Task A_coding_problem_is_posted_tried_solved_and_its_tests_are_run_again()
    {
        Bench.NeedsSandbox();
        await using Machine machine = new();
        await machine.UpAsync("--no-demo", "--space", "demo");
        foreach (string name in (string[])["default", "ann"]) await machine.DoneAsync("key", "new", name);
        await machine.DoneAsync("join", "--key", "ann");
        await File.WriteAllBytesAsync(machine.InHome("sum.json"), Classroom.JsonOf(Classroom.Suite));
        await File.WriteAllTextAsync(machine.InHome("wrong.sh"), Classroom.Wrong);
        Directory.CreateDirectory(machine.InHome("right"));
        await File.WriteAllTextAsync(machine.InHome("right/main.sh"), ". /code/lib/sum.sh");
        Directory.CreateDirectory(machine.InHome("right/lib"));
        await File.WriteAllTextAsync(machine.InHome("right/lib/sum.sh"), Classroom.Right);

        JsonElement posted = await machine.JsonAsync(
            "job", "post", "--title", "Add two numbers", "--reward", "10.00", "--tests", "sum.json");
        string job = posted.GetProperty("id").GetString()!;
        await machine.DoneAsync("job", "claim", job, "--key", "ann");
        await machine.DoneAsync("job", "submit", job, "wrong.sh", "--key", "ann");
        Assert.Contains("  working", await ShownAsync(machine, job, "1 of 3 hidden tests passed"), StringComparison.Ordinal);
        Assert.NotEqual(0, (await machine.RunAsync("job", "tests", job)).Status);

        await machine.DoneAsync("job", "submit", job, "right", "--key", "ann");
        Assert.Contains("  review", await ShownAsync(machine, job, "3 of 3 hidden tests passed"), StringComparison.Ordinal);
        await machine.DoneAsync("job", "accept", job);

        await File.WriteAllTextAsync(machine.InHome("published.json"), await machine.DoneAsync("job", "tests", job));
        string hash = (await machine.DoneAsync("tests", "hash", "published.json")).Trim();
        string shown = await machine.DoneAsync("job", "show", job);
        Assert.Contains(hash, shown, StringComparison.Ordinal);
        string verdict = (await machine.DoneAsync("tests", "run", "published.json", "right")).Trim().Split(' ')[^1];
        Assert.Contains($"verdict {verdict}", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tests_that_nobody_would_run_are_refused_before_money_is_locked()
    {
        await using Machine machine = new();
        await machine.UpAsync("--no-demo", "--space", "demo");
        await machine.DoneAsync("key", "new", "default");
        await File.WriteAllTextAsync(machine.InHome("sum.json"), "{\"title\":\"none\",\"tests\":[]}");
        Said said = await machine.RunAsync("job", "post", "--title", "Add", "--reward", "10.00", "--tests", "sum.json");
        Assert.NotEqual(0, said.Status);
        Assert.Contains("no suite of tests", said.Errors, StringComparison.Ordinal);
        Assert.Contains("There are no jobs", await machine.DoneAsync("job", "list"), StringComparison.Ordinal);
    }

    private static async Task<string> ShownAsync(Machine machine, string job, string sentence)
    {
        string shown = "";
        for (int tries = 0; tries < Patience; tries++)
        {
            shown = await machine.DoneAsync("job", "show", job);
            if (shown.Contains(sentence, StringComparison.Ordinal)) return shown;
            await Task.Delay(250);
        }

        Assert.Fail($"'{sentence}' is never said:\n{shown}");
        return shown;
    }
}
