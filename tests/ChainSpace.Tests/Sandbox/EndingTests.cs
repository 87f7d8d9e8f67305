using System.Diagnostics;
using System.Text.Json;
using ChainSpace.Node.Sandbox.Suites;
using ChainSpace.Tests.Commands;

namespace ChainSpace.Tests.Sandbox;

/// <summary>The program of the command line, and what is left when it goes.</summary>
public sealed class EndingTests
{
    private const string Sleeper =
        "import os, time\nos.fork()\nif os.fork() == 0: os.setsid()\n"
        + "print(1, flush=True); os.close(1); os.close(2); time.sleep(300)";

    [Fact]
    public async Task Killing_the_runner_leaves_nothing_running()
    {
        Bench.NeedsSandbox();
        await using Machine machine = new();
        string argument = Guid.NewGuid().ToString();
        (string suite, string program) = await FilesAsync(machine, Bench.Test("", "", argument), Sleeper);
        using Process runner = machine.Start("tests", "run", suite, program);
        Assert.True(await Bench.SoonAsync(() => Bench.Running(argument) > 3));

        runner.Kill();
        await runner.WaitForExitAsync();

        Assert.True(await Bench.SoonAsync(() => Bench.Running(argument) == 0));
    }

    [Fact]
    public async Task Calling_it_off_leaves_nothing_running()
    {
        string argument = Guid.NewGuid().ToString();
        TestSuite suite = Bench.Suite(Bench.Test("", "", argument)) with { Limits = new() { WallMilliseconds = 60_000 } };
        using CancellationTokenSource source = new();
        Task<SuiteVerdict> run = Bench.VerdictAsync(suite, Bench.Python(Sleeper), null, source.Token);
        Assert.True(await Bench.SoonAsync(() => Bench.Running(argument) > 3));

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.True(await Bench.SoonAsync(() => Bench.Running(argument) == 0));
    }

    [Fact]
    public async Task A_program_that_leaves_children_behind_is_over_when_it_ends()
    {
        string argument = Guid.NewGuid().ToString();
        string program = "import os, time\nif os.fork() == 0:\n  os.setsid(); time.sleep(300)\nprint(1)";

        Assert.Equal(TestVerdict.Ok, await Bench.OutcomeAsync(program, Bench.Test("1", "", argument)));
        Assert.True(await Bench.SoonAsync(() => Bench.Running(argument) == 0));
    }

    [Fact]
    public async Task The_command_line_runs_and_hashes_suites()
    {
        Bench.NeedsSandbox();
        await using Machine machine = new();
        (string suite, string program) = await FilesAsync(machine, Bench.Test("1"), "print(1)");

        JsonElement verdict = await machine.JsonAsync("tests", "run", suite, program);
        string hash = await machine.DoneAsync("tests", "hash", suite);
        await File.WriteAllTextAsync(program, "print(2)");
        Said failed = await machine.RunAsync("tests", "run", suite, program);

        Assert.Equal(1, verdict.GetProperty("passed").GetInt32());
        Assert.Equal("ok", verdict.GetProperty("tests")[0].GetProperty("verdict").GetString());
        Assert.Equal(hash.Trim(), verdict.GetProperty("suite").GetString());
        Assert.Equal(2, failed.Status);
        Assert.Contains("0 passed, 1 failed, in python3", failed.Output, StringComparison.Ordinal);
    }

    // The limit of a namespace that is set to none is what an unprivileged container looks like from inside.
    [Fact]
    public async Task Where_nothing_can_be_confined_nothing_runs()
    {
        Bench.NeedsSandbox();
        await using Machine machine = new();
        (string suite, string program) = await FilesAsync(machine, Bench.Test("1"), "print(1)");
        using Process plain = machine.Start("--version");
        await plain.WaitForExitAsync();
        string[] line = ["dotnet", .. plain.StartInfo.ArgumentList.Take(1), "tests", "run", suite, program];
        ProcessStartInfo start = new(
            "unshare",
            ["--user", "--map-root-user", "sh", "-c", "echo 0 > /proc/sys/user/max_user_namespaces; exec \"$@\"", "sh", .. line])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(1, process.ExitCode);
        Assert.Equal("", await output);
        string sentence = Assert.Single((await errors).Trim().Split('\n'));
        Assert.StartsWith("A program cannot be confined here, and was not run:", sentence, StringComparison.Ordinal);
    }

    private static async Task<(string Suite, string Program)> FilesAsync(Machine machine, SuiteTest test, string python)
    {
        TestSuite suite = Bench.Suite(test) with { Limits = new() { WallMilliseconds = 60_000 } };
        await File.WriteAllBytesAsync(
            machine.InHome("suite.json"), JsonSerializer.SerializeToUtf8Bytes(suite, SuiteJson.Default.TestSuite));
        await File.WriteAllTextAsync(machine.InHome("answer.py"), python);
        return (machine.InHome("suite.json"), machine.InHome("answer.py"));
    }
}
