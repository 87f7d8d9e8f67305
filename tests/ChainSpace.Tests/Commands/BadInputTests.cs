namespace ChainSpace.Tests.Commands;

/// <summary>Whatever is wrong, a person reads one sentence, and a script sees a status that is not zero.</summary>
public sealed class BadInputTests
{
    private static readonly string _vault = "0x" + new string('a', 40);

    private static readonly string[][] _offline =
    [
        ["nonsense"],
        ["key"],
        ["key", "new", "../up"],
        ["key", "new", "taken"],
        ["key", "new", "x", "--kind", "rsa"],
        ["key", "show", "nobody"],
        ["post"],
        ["post", "--title", "x", "--option", "a", "--option", "b", "--max", "many"],
        ["post", "--title", "x", "--option", "a", "--option", "b", "--payout", "mine"],
        ["vote", "0x123456"],
        ["vote", "0x123456", "1", "--key", "nobody"],
        ["vote", "0x123456", "1", "--key", "./broken.json"],
        ["verify", "nothing.json"],
        ["verify", "broken.json"],
        ["verify", "-"],
        ["verify", "broken.json", "--space", "demo"],
        ["up", "--space", "town@local-own", "--witness", "nobody"],
        ["up", "--space", "town@local-own", "--threshold", "2"],
        ["witness", "--key", "taken", "--rpc", "chain.example"],
        ["watch", "--key", "taken"],
        ["watch", "--key", "taken", "--rpc", "ftp://chain.example"],
        ["watch", "--key", "taken", "--rpc", "http://localhost:1", "--most", "much"],
        ["watch", "--key", "taken", "--rpc", "http://localhost:1", "--if-silent", "sleep"],
        ["watch", "--key", "wally", "--rpc", "http://localhost:1"],
        ["leave", "--key", "wally", "--rpc", "http://localhost:1"],
        ["leave", "--key", "wally", "--rpc", "http://localhost:1", "--vault", "0x12"],
        ["leave", "--key", "wally", "--rpc", "http://localhost:1", "--vault", _vault],
        ["leave", "--key", "wally", "--rpc", "http://localhost:1", "--vault", _vault, "--settle-all"],
        ["leave", "--key", "wally", "--rpc", "http://localhost:1", "--vault", _vault, "--tree", "nothing.json"],
        ["leave", "--key", "wally", "--rpc", "http://localhost:1", "--vault", _vault, "--tree", "broken.json"],
        ["leave", "--key", "taken", "--rpc", "http://localhost:1", "--vault", _vault],
        ["payouts", "nowhere", "--size", "1", "--out", "tree.json"],
        ["payouts", ".", "--size", "many", "--out", "tree.json"],
        ["show"],
        ["show", "--url", "localhost"],
        ["show", "--url", "ftp://localhost"],
        ["show", "--space", ""],
    ];

    private static readonly string[][] _online =
    [
        ["show", "--space", "nowhere"],
        ["show", "poll", "0x12"],
        ["show", "poll", "0x123456"],
        ["show", "poll", "0xzzzzzz"],
        ["show", "account", "taken"],
        ["receipt", "9999"],
        ["receipt", "one"],
        ["vote", "0x123456", "1", "--key", "taken"],
        ["close", "0x123456", "--key", "taken"],
        ["join", "--attributes", "religion=none", "--key", "taken"],
        ["witness", "--once", "--key", "taken"],
        ["watch", "--once", "--key", "wally", "--rpc", "http://localhost:1"],
        ["revoke", "taken", "--key", "taken"],
        ["delegate", "0x1234", "--key", "taken"],
        [.. Post(), "--reward", "1.234"],
        [.. Post(), "--reward", "-5"],
        [.. Post(), "--reward", "999999999999.00"],
        [.. Post(), "--deadline", "soon"],
        [.. Post(), "--deadline", "1999-01-01"],
        [.. Post(), "--confidence", "2"],
        [.. Post(), "--voters", "anybody nice"],
        [.. Post(), "--named", "nobody.txt"],
        [.. Post(), "--named", "broken.json"],
        [.. Post(), "--category", "Ä"],
        ["post", "--title", "x", "--option", "only one", "--key", "taken"],
        ["post", "--title", "", "--option", "a", "--option", "b", "--key", "taken"],
    ];

    [Fact]
    public async Task Without_a_node_every_mistake_is_one_sentence()
    {
        await using Machine machine = await WithFilesAsync();
        foreach (string[] arguments in _offline) await ComplainsAsync(machine, arguments);
    }

    [Fact]
    public async Task With_a_node_every_mistake_is_one_sentence()
    {
        await using Machine machine = await WithFilesAsync();
        await machine.UpAsync("--no-demo", "--space", "demo");
        foreach (string[] arguments in _online) await ComplainsAsync(machine, arguments);
    }

    [Fact]
    public async Task A_title_cannot_move_the_cursor()
    {
        await using Machine machine = await WithFilesAsync();
        await machine.UpAsync("--no-demo", "--space", "demo");
        await machine.DoneAsync("post", "--title", "\u001b[2J[red]gone", "--option", "a", "--option", "b", "--key", "taken");

        string shown = await machine.DoneAsync("show");
        Assert.Contains("·[2J[red]gone", shown, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', shown);
    }

    private static string[] Post() => ["post", "--title", "x", "--option", "a", "--option", "b", "--key", "taken"];

    private static async Task<Machine> WithFilesAsync()
    {
        Machine machine = new();
        await machine.DoneAsync("key", "new", "taken");
        await machine.DoneAsync("key", "new", "wally", "--kind", "wallet");
        await File.WriteAllTextAsync(machine.InHome("broken.json"), "{\"format\":");
        return machine;
    }

    private static async Task ComplainsAsync(Machine machine, string[] arguments)
    {
        Said said = await machine.RunAsync(arguments);
        string what = $"{string.Join(' ', arguments)}: {said}";
        string[] lines =
            [.. said.Errors.Split('\n').Where(static line => !line.StartsWith("Registered", StringComparison.Ordinal))];
        Assert.True(said.Status == 1, what);
        Assert.True(lines is [{ Length: > 10 }, ""], what);
        Assert.True(said.Output.Length == 0, what);
        Assert.DoesNotContain("   at ", said.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", said.Errors, StringComparison.Ordinal);
    }
}
