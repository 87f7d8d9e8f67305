using System.Text.Json;

namespace ChainSpace.Tests.Commands;

/// <summary>What people hold of themselves, whom they show it, and how they are found and asked.</summary>
public sealed class PeopleStoryTests : IAsyncLifetime
{
    private const string Grown = """{"age":{"ge":18}}""";
    private const string Nurses = """{"attribute":{"name":"occupation","eq":"nurse"}}""";

    private readonly Machine machine = new();

    public async ValueTask InitializeAsync()
    {
        await machine.UpAsync("--no-demo", "--space", "demo");
        foreach (string name in (string[])["default", "ann", "bob", "new"]) await machine.DoneAsync("key", "new", name);
        foreach (string name in (string[])["default", "ann", "bob"]) await machine.DoneAsync("join", "--key", name);
    }

    public ValueTask DisposeAsync() => machine.DisposeAsync();

    [Fact]
    public async Task Who_applies_shows_what_is_asked_for_and_nothing_else_and_may_vote()
    {
        string held = await machine.DoneAsync(
            "attributes", "set", "--keep", "date-of-birth=1990-01-02", "religion=quaker", "--key", "ann");
        Assert.Contains("Held on this machine: date-of-birth, religion.", held, StringComparison.Ordinal);
        await SaysAsync("The node keeps nothing of this account.", "attributes", "show", "--key", "ann");

        await ComplainsAsync("purpose", [.. Question, "--filter", Grown]);
        string poll = (await machine.JsonAsync([.. Question, "--filter", Grown, "--purpose", "Wine is for grown-ups."]))
            .GetProperty("id").GetString()!;
        await ComplainsAsync("has not admitted this account", "vote", poll, "Yes", "--key", "ann");
        await ComplainsAsync("say --yes if you want that", "apply", poll, "--key", "ann");
        Said admitted = await machine.RunAsync("apply", poll[..10], "--key", "ann", "--yes");
        Assert.True(admitted.Status == 0, admitted.ToString());
        Assert.Contains("It asks for: ", admitted.Errors, StringComparison.Ordinal);
        Assert.Contains("The requester says why: Wine is for grown-ups.", admitted.Errors, StringComparison.Ordinal);
        Assert.Contains("Shown to the node: date-of-birth.", admitted.Errors, StringComparison.Ordinal);
        Assert.StartsWith("Admitted (entry ", admitted.Output, StringComparison.Ordinal);
        await SaysAsync("Admitted before", "apply", poll, "--key", "ann");
        await machine.DoneAsync("vote", poll, "Yes", "--key", "ann");
        await ComplainsAsync("age at least 18", "apply", poll, "--key", "bob");
    }

    [Fact]
    public async Task What_the_node_was_shown_can_be_taken_away_and_back()
    {
        await machine.DoneAsync("attributes", "set", "occupation=nurse", "--key", "ann");
        string shown = await machine.DoneAsync("attributes", "show", "--key", "ann");
        Assert.Contains("Held here: occupation (said by yourself", shown, StringComparison.Ordinal);
        Assert.Contains("Kept by the node since 20", shown, StringComparison.Ordinal);

        await SaysAsync("1 presentations, with their salts", "attributes", "export", "mine.json", "--key", "ann");
        JsonElement written = await machine.JsonAsync("attributes", "export", "mine.json", "--key", "ann");
        Assert.Equal(machine.InHome("mine.json"), written.GetProperty("file").GetString());
        Assert.Equal(1, written.GetProperty("presentations").GetInt32());
        JsonElement file = JsonDocument.Parse(await File.ReadAllTextAsync(machine.InHome("mine.json"))).RootElement;
        Assert.Equal("nurse", file.GetProperty("data")[0].GetProperty("attributes").GetProperty("occupation").GetString());

        await SaysAsync("The node has forgotten it; 0 credentials", "attributes", "delete", "--key", "ann");
        string left = await machine.DoneAsync("attributes", "show", "--key", "ann");
        Assert.Contains("Held here: occupation", left, StringComparison.Ordinal);
        Assert.Contains("The node keeps nothing", left, StringComparison.Ordinal);
        await SaysAsync("1 credentials deleted on this machine", "attributes", "delete", "--here", "--key", "ann");
        Assert.DoesNotContain(
            "Held here", await machine.DoneAsync("attributes", "show", "--key", "ann"), StringComparison.Ordinal);
        await ComplainsAsync("Say at least one attribute", "attributes", "set", "--key", "ann");
        JsonElement again = await machine.JsonAsync("attributes", "set", "occupation=baker", "--key", "ann");
        Assert.Equal("baker", again.GetProperty("attributes").GetProperty("occupation").GetString());
    }

    [Fact]
    public async Task People_are_found_by_what_they_publish_and_asked_to_take_part()
    {
        string ann = await AccountAsync("ann");
        await machine.DoneAsync("attributes", "set", "occupation=nurse", "--publish", "--key", "ann");
        await machine.DoneAsync("attributes", "set", "occupation=nurse", "--key", "bob");
        string found = await machine.DoneAsync("people", "--filter", Nurses);
        Assert.StartsWith(ann, found, StringComparison.Ordinal);
        Assert.DoesNotContain(await AccountAsync("bob"), found, StringComparison.Ordinal);
        await SaysAsync("Nobody meets the filter", "people", "--filter", Nurses.Replace("nurse", "smith"));
        await ComplainsAsync("so small a group is not counted", "people", "--filter", Nurses, "--count");
        await ComplainsAsync("The filter at", "people", "--filter", "{}");
        Said sensitive = await machine.RunAsync("people", "--filter", """{"attribute":{"name":"religion","eq":"quaker"}}""");
        Assert.Equal(1, sensitive.Status);
        Assert.DoesNotContain("status 4", sensitive.Errors, StringComparison.Ordinal);

        await SaysAsync("nurse, stated by itself", "profile", "ann");
        await SaysAsync("Prove an entry with: chainspace receipt", "profile", "ann");
        await ComplainsAsync("has not registered", "profile", "new");

        string poll = (await machine.JsonAsync(Question)).GetProperty("id").GetString()!;
        await SaysAsync("Nobody has invited this account.", "invitations", "--key", "ann");
        await machine.DoneAsync("invite", "ann", poll, "--text", "You would know.");
        await SaysAsync($"to {poll[..10]}  You would know.", "invitations", "--key", "ann");
        await SaysAsync("Nobody has invited this account.", "invitations", "--key", "bob");
        await ComplainsAsync("account", "invite", "new", poll);
        await ComplainsAsync("There is no job", "invite", "ann", poll, "--job");
    }

    [Fact]
    public async Task Items_of_a_batch_can_draw_among_those_who_apply_but_a_panel_cannot()
    {
        await File.WriteAllTextAsync(machine.InHome("items.csv"), "title\nIs it a burn?\nIs it a scald?\n");
        string[] post =
        [
            "batch", "post", machine.InHome("items.csv"), "--title", "Wounds", "--format", "yes-no", "--reward", "1.00",
            "--max", "2", "--apply-until", "1h",
        ];
        await ComplainsAsync("Nobody applies to a panel", [.. post, "--panel", "2"]);
        await ComplainsAsync("Nobody applies: --apply-until needs a --filter", post);
        string batch = (await machine.JsonAsync([.. post, "--sample", "2", "--filter", Nurses])).GetProperty("id").GetString()!;
        string[] rows = (await machine.DoneAsync("batch", "results", batch)).TrimEnd().Split('\n');
        Assert.Equal(3, rows.Length);
        foreach (string row in rows.Skip(1))
        {
            JsonElement item = await machine.JsonAsync("show", "poll", row.Split(',')[1]);
            Assert.Equal("gathering", item.GetProperty("state").GetString());
            Assert.True(item.TryGetProperty("gather", out _));
        }
    }

    private static string[] Question =>
        ["post", "--title", "Is this a good year?", "--option", "Yes", "--option", "No", "--reward", "1.00", "--max", "3"];

    private async Task<string> AccountAsync(string name) =>
        (await machine.JsonAsync("key", "show", name)).GetProperty("account").GetString()!;

    private async Task SaysAsync(string words, params string[] arguments) =>
        Assert.Contains(words, await machine.DoneAsync(arguments), StringComparison.Ordinal);

    private async Task ComplainsAsync(string words, params string[] arguments)
    {
        Said said = await machine.RunAsync(arguments);
        Assert.True(said.Status == 1, $"{string.Join(' ', arguments)}: {said}");
        string last = said.Errors.TrimEnd().Split('\n')[^1];
        Assert.Contains(words, last, StringComparison.Ordinal);
    }
}
