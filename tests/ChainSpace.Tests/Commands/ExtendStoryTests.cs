using System.Text.Json;

namespace ChainSpace.Tests.Commands;

/// <summary>A poll that goes on longer than it was posted for, and a batch that pays by lot, on the command line.</summary>
public sealed class ExtendStoryTests : IAsyncLifetime
{
    private static readonly string[] Terms = ["--title", "Is it spam?", "--format", "yes-no"];

    private readonly Machine machine = new();

    public async ValueTask InitializeAsync()
    {
        await machine.UpAsync("--no-demo", "--space", "demo");
        foreach (string name in (string[])["default", "ann", "bob", "cal"]) await machine.DoneAsync("key", "new", name);
    }

    public ValueTask DisposeAsync() => machine.DisposeAsync();

    [Fact]
    public async Task A_requester_buys_more_votes_at_the_price_of_the_first_and_sees_what_holds_now()
    {
        JsonElement posted = await machine.JsonAsync(["post", .. Terms, "--max", "2", "--reward", "1.00", "--extend", "12h"]);
        string poll = posted.GetProperty("id").GetString()!;
        string before = await machine.DoneAsync("show", "poll", poll);
        Assert.Contains("voting goes on once, 12 hours longer", before, StringComparison.Ordinal);
        string said = await machine.DoneAsync("extend", poll, "--max", "3", "--deadline", "3d");
        Assert.Contains("or vote 3, for 1.50 ", said, StringComparison.Ordinal);
        JsonElement now = await machine.JsonAsync("show", "poll", poll);
        Assert.Equal((3, "150"), (now.GetProperty("maximum").GetInt32(), now.GetProperty("reward").GetString()));
        Assert.Equal("extend:43200000,equal", now.GetProperty("inconclusive").GetString());
        Assert.Equal("150", (await machine.JsonAsync("show", "account")).GetProperty("escrowed").GetString());

        foreach (string name in (string[])["ann", "bob", "cal"]) await machine.DoneAsync("vote", poll, "yes", "--key", name);
        await ClosedAsync(poll);
        Said late = await machine.RunAsync("extend", poll, "--max", "4");
        Assert.Equal(1, late.Status);
        Assert.Contains("Voting on this poll has ended.", late.Errors, StringComparison.Ordinal);
        Said stranger = await machine.RunAsync("extend", poll, "--max", "4", "--key", "ann");
        Assert.Contains("Only the requester", stranger.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_pays_its_votes_by_lot_when_its_group_is_complete()
    {
        await File.WriteAllTextAsync(machine.InHome("items.csv"), "title\nBuy now!!!\nHello\n");
        string[] terms = ["--max", "3", "--reward", "3.00", "--group", "2", "--group-pay", "exact-lottery"];
        JsonElement posted = await machine.JsonAsync(["batch", "post", machine.InHome("items.csv"), .. Terms, .. terms]);
        string batch = posted.GetProperty("id").GetString()!;
        string[] rows = (await machine.DoneAsync("batch", "results", batch)).Trim().Split('\n');
        foreach (string row in rows.Skip(1))
        {
            foreach (string name in (string[])["ann", "bob", "cal"])
                await machine.DoneAsync("vote", row.Split(',')[1], "yes", "--key", name);
        }

        JsonElement over = await ClosedAsync(rows[1].Split(',')[1]);
        string paid = over.GetProperty("outcome").GetProperty("paid").GetString()!;
        Assert.Contains(paid, (string[])["0", "100", "200", "300"]);
    }

    private async Task<JsonElement> ClosedAsync(string poll)
    {
        for (int tries = 0; tries < 200; tries++)
        {
            JsonElement now = await machine.JsonAsync("show", "poll", poll);
            if (now.GetProperty("state").GetString() == "closed") return now;
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"Poll {poll} has not closed.");
    }
}
