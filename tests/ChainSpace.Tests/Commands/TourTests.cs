using System.Text.Json;

namespace ChainSpace.Tests.Commands;

public sealed class TourTests
{
    [Fact]
    public async Task From_a_key_to_a_proof_that_outlives_the_node()
    {
        await using Machine machine = new();
        await machine.UpAsync("--no-demo", "--space", "demo");
        foreach (string name in (string[])["default", "ann", "bob", "cem"]) await machine.DoneAsync("key", "new", name);
        string poll = await PostAsync(machine);

        await machine.DoneAsync("vote", poll[..10], "yes", "--key", "ann");
        await machine.DoneAsync("vote", poll, "1", "--key", "bob");
        JsonElement last = await machine.JsonAsync("vote", poll, "No", "--key", "cem");

        JsonElement outcome = await EndedAsync(machine, poll);
        Assert.Equal(("maximum", 0, "1000"), Ending(outcome));
        Assert.Equal("500", (await machine.JsonAsync("show", "account", "ann")).GetProperty("earned").GetString());
        Assert.Equal("0", (await machine.JsonAsync("show", "account", "cem")).GetProperty("earned").GetString());
        Assert.Contains("Yes: 2 votes  <- the answer", await machine.DoneAsync("show", "poll", poll), StringComparison.Ordinal);

        string space = (await machine.JsonAsync("show", "space")).GetProperty("id").GetString()!;
        await machine.DoneAsync("receipt", last.GetProperty("index").GetString()!, "--out", "receipt.json");
        await machine.KillAsync();

        string words = await machine.DoneAsync("verify", "receipt.json", "--space", space);
        Assert.Equal(5, words.Count(static each => each == '✓'));
        Assert.True((await machine.JsonAsync("verify", "receipt.json")).GetProperty("isValid").GetBoolean());
        await ForgedAsync(machine);
    }

    [Fact]
    public async Task A_wallet_and_a_locked_key_vote_and_end_polls_too()
    {
        await using Machine machine = new();
        await machine.UpAsync("--no-demo", "--space", "demo");
        await machine.DoneAsync("key", "new", "--kind", "wallet");
        await machine.DoneAsync("key", "new", "eve", "--passphrase", "tulip");
        string poll = await PostAsync(machine, "--open-votes", "--confidence", "0.9"), other = await PostAsync(machine);

        Assert.Equal(1, (await machine.RunAsync("vote", poll, "Yes", "--key", "eve")).Status);
        Assert.Equal(1, (await machine.RunAsync("vote", poll, "Yes", "--key", "eve", "--passphrase", "rose")).Status);
        await machine.DoneAsync("vote", poll, "Yes", "--key", "eve", "--passphrase", "tulip");
        await machine.DoneAsync("close", poll);
        await machine.DoneAsync("cancel", other);

        Assert.Equal("hand", (await EndedAsync(machine, poll)).GetProperty("reason").GetString());
        Assert.Equal("cancelled", (await EndedAsync(machine, other)).GetProperty("reason").GetString());
    }

    private static async Task<string> PostAsync(Machine machine, params string[] more)
    {
        string[] arguments =
        [
            "post", "--title", "@home: is it right?", "--option", "Yes", "--option", "No", "--reward", "10.00", "--max", "3",
        ];
        return (await machine.JsonAsync([.. arguments, .. more])).GetProperty("id").GetString()!;
    }

    private static async Task<JsonElement> EndedAsync(Machine machine, string poll)
    {
        for (int tries = 0; tries < 50; tries++)
        {
            if ((await machine.JsonAsync("show", "poll", poll)).TryGetProperty("outcome", out JsonElement outcome)) return outcome;
        }

        throw new TimeoutException("The poll has not ended.");
    }

    private static (string? Reason, int Answer, string? Paid) Ending(JsonElement outcome) => (
        outcome.GetProperty("reason").GetString(), outcome.GetProperty("answer").GetInt32(), outcome.GetProperty("paid").GetString());

    private static async Task ForgedAsync(Machine machine)
    {
        string receipt = await File.ReadAllTextAsync(machine.InHome("receipt.json"));
        string forged = receipt.Replace("\\\"moment\\\":\\\"1", "\\\"moment\\\":\\\"2", StringComparison.Ordinal);
        Assert.NotEqual(receipt, forged);
        await File.WriteAllTextAsync(machine.InHome("forged.json"), forged);
        Said said = await machine.RunAsync("verify", "forged.json");
        Assert.Equal(1, said.Status);
        Assert.Contains("✗ inclusion", said.Output, StringComparison.Ordinal);
    }
}
