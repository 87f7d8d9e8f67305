using System.Text.Json;

namespace ChainSpace.Tests.Commands;

/// <summary>A node whose operator asks for a least pay, and what voters of a batch really earn an hour.</summary>
public sealed class PayStoryTests : IAsyncLifetime
{
    private static readonly string[] Terms = ["--title", "Is it spam?", "--format", "yes-no", "--max", "2"];

    private readonly Machine machine = new();

    public async ValueTask InitializeAsync()
    {
        await machine.UpAsync("--no-demo", "--space", "demo", "--minimum-pay", "demo=9.00");
        foreach (string name in (string[])["default", "ann", "bob"]) await machine.DoneAsync("key", "new", name);
    }

    public ValueTask DisposeAsync() => machine.DisposeAsync();

    [Fact]
    public async Task Work_that_pays_too_little_or_states_no_time_is_refused_and_the_reward_stays()
    {
        await machine.DoneAsync("join");
        Said untold = await machine.RunAsync(["post", .. Terms, "--reward", "0.40"]);
        Assert.Equal(1, untold.Status);
        Assert.Contains("must state the seconds", untold.Errors, StringComparison.Ordinal);
        Said little = await machine.RunAsync(["post", .. Terms, "--reward", "0.40", "--time", "100s"]);
        Assert.Equal(1, little.Status);
        Assert.Contains("it pays 7.20 ", little.Errors, StringComparison.Ordinal);
        Said job = await machine.RunAsync("job", "post", "--title", "Paint it", "--reward", "8.99", "--time", "1h");
        Assert.Contains("it pays 8.99 ", job.Errors, StringComparison.Ordinal);
        Assert.Equal("0", (await machine.JsonAsync("show", "account")).GetProperty("escrowed").GetString());

        JsonElement posted = await machine.JsonAsync(["post", .. Terms, "--reward", "0.40", "--time", "80s"]);
        string shown = await machine.DoneAsync("show", "poll", posted.GetProperty("id").GetString()!);
        Assert.Contains("1 minute 20 seconds stated, 9.00 ", shown, StringComparison.Ordinal);
        await machine.DoneAsync("job", "post", "--title", "Paint it", "--reward", "9.00", "--time", "1h");
    }

    [Fact]
    public async Task A_batch_is_paid_together_where_its_requester_says_so()
    {
        await File.WriteAllTextAsync(machine.InHome("items.csv"), "title\nBuy now!!!\nHello\n");
        string[] terms = ["--reward", "2.00", "--time", "5s", "--group", "2", "--group-pay", "correlated"];
        JsonElement posted = await machine.JsonAsync(["batch", "post", machine.InHome("items.csv"), .. Terms, .. terms]);
        string batch = posted.GetProperty("id").GetString()!;
        Assert.Equal("correlated", (await machine.JsonAsync("batch", "show", batch)).GetProperty("payout").GetString());
        string item = (await machine.DoneAsync("batch", "results", batch)).Split('\n')[1].Split(',')[1];
        Assert.Equal("batch", (await machine.JsonAsync("show", "poll", item)).GetProperty("payout").GetString());
    }

    [Fact]
    public async Task A_batch_shows_the_median_time_of_its_voters_and_what_that_pays_an_hour()
    {
        await File.WriteAllTextAsync(machine.InHome("items.csv"), "title\nBuy now!!!\nHello\nWin!\nLunch?\n");
        JsonElement posted = await machine.JsonAsync(
            ["batch", "post", machine.InHome("items.csv"), .. Terms, "--reward", "2.00", "--time", "5s"]);
        string batch = posted.GetProperty("id").GetString()!;
        Assert.False((await machine.JsonAsync("batch", "show", batch)).TryGetProperty("medianSeconds", out _));
        string[] rows = (await machine.DoneAsync("batch", "results", batch)).Trim().Split('\n');
        foreach (string row in rows.Skip(1)) await machine.DoneAsync("vote", row.Split(',')[1], "yes", "--key", "ann");

        JsonElement shown = await machine.JsonAsync("batch", "show", batch);
        int seconds = shown.GetProperty("medianSeconds").GetInt32();
        Assert.InRange(seconds, 0, 60);
        ulong hourly = ulong.Parse(shown.GetProperty("hourly").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(3_600UL * 100 / (ulong)Math.Max(1, seconds), hourly);
        string said = await machine.DoneAsync("batch", "show", batch);
        Assert.Contains("an answer in the median, which pays ", said, StringComparison.Ordinal);
    }
}
