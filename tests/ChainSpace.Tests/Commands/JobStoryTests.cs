using System.Text.Json;

namespace ChainSpace.Tests.Commands;

public sealed class JobStoryTests
{
    private const int Patience = 120;

    [Fact]
    public async Task Work_is_paid_and_a_decline_is_decided_by_a_drawn_jury()
    {
        await using Machine machine = new();
        await machine.UpAsync("--no-demo", "--space", "demo");
        foreach (string name in (string[])["default", "ann", "bob", "cem", "dan"]) await machine.DoneAsync("key", "new", name);
        foreach (string name in (string[])["ann", "bob", "cem", "dan"]) await machine.DoneAsync("join", "--key", name);
        await File.WriteAllTextAsync(machine.InHome("page.txt"), "The page, translated.");

        string job = await DeliveredAsync(machine);
        await machine.DoneAsync("job", "accept", job[..10]);
        Assert.Equal("ended", await StateAsync(machine, job));
        Assert.Equal("1000", await EarnedAsync(machine, "ann"));

        string other = await DeliveredAsync(machine);
        await machine.DoneAsync("job", "decline", other, "--reason", "incomplete");
        JsonElement shown = await machine.JsonAsync("job", "show", other);
        string poll = shown.GetProperty("assignments")[0].GetProperty("case").GetString()!;
        foreach (string name in (string[])["bob", "cem", "dan"]) await VoteAsync(machine, poll, name);
        for (int tries = 0; await StateAsync(machine, other) != "ended" && tries < Patience; tries++) await Task.Delay(250);

        Assert.Equal("2000", await EarnedAsync(machine, "ann"));
        JsonElement decision = (await machine.JsonAsync("job", "show", other)).GetProperty("decisions")[0];
        Assert.Equal("verdict", decision.GetProperty("by").GetString());
        Assert.Contains("ended", await machine.DoneAsync("job", "list"), StringComparison.Ordinal);
    }

    private static async Task<string> DeliveredAsync(Machine machine)
    {
        JsonElement posted = await machine.JsonAsync("job", "post", "--title", "Translate a page", "--reward", "10.00");
        string job = posted.GetProperty("id").GetString()!;
        await machine.DoneAsync("job", "claim", job, "--key", "ann");
        await machine.DoneAsync("job", "submit", job, "page.txt", "--key", "ann");
        return job;
    }

    private static async Task<string?> StateAsync(Machine machine, string job) =>
        (await machine.JsonAsync("job", "show", job)).GetProperty("state").GetString();

    private static async Task<string?> EarnedAsync(Machine machine, string account) =>
        (await machine.JsonAsync("show", "account", account)).GetProperty("earned").GetString();

    // Until the block has come that draws the jury, a vote is too early.
    private static async Task VoteAsync(Machine machine, string poll, string juror)
    {
        Said said = await machine.RunAsync("vote", poll, "Pay the worker", "--key", juror);
        for (int tries = 0; said.Status != 0 && tries < Patience; tries++)
        {
            await Task.Delay(500);
            said = await machine.RunAsync("vote", poll, "Pay the worker", "--key", juror);
        }

        Assert.True(said.Status == 0, said.ToString());
    }
}
