using System.Text.Json;

namespace ChainSpace.Tests.Commands;

/// <summary>Polls of which the requester knows the answer, from posting to showing it.</summary>
public sealed class GoldStoryTests : IAsyncLifetime
{
    private readonly Machine machine = new();

    private string Kept => Path.Combine(machine.Home, ".config", "chainspace", "gold");

    public async ValueTask InitializeAsync()
    {
        await machine.UpAsync("--no-demo", "--space", "demo");
        foreach (string name in (string[])["default", "ann", "bob"]) await machine.DoneAsync("key", "new", name);
    }

    public ValueTask DisposeAsync() => machine.DisposeAsync();

    [Fact]
    public async Task A_known_answer_is_hidden_until_the_end_and_then_tells_who_was_right()
    {
        string poll = await PostAsync("--gold", "yes"), other = await PostAsync("--like-gold");
        Assert.Contains("the requester may know the answer", await SeenByOthersAsync(poll), StringComparison.Ordinal);
        Assert.Contains("the requester may know the answer", await ShownAsync(other), StringComparison.Ordinal);
        Assert.Contains("you know Yes; not shown yet", await ShownAsync(poll), StringComparison.Ordinal);

        Said early = await machine.RunAsync("gold", "reveal", poll);
        Assert.Equal(1, early.Status);
        Assert.Contains("it is too early, for voting ends by 20", early.Errors, StringComparison.Ordinal);
        foreach (string each in (string[])[poll, other]) await VoteAsync(each);
        double before = await StandingAsync("bob");
        string said = await machine.DoneAsync("gold", "reveal", poll[..10]);
        Assert.StartsWith("Shown: Yes is the answer to \"Is it a cat?\" (entry ", said, StringComparison.Ordinal);
        Assert.Contains("the requester knew Yes, and has shown it", await SeenByOthersAsync(poll), StringComparison.Ordinal);
        Assert.Equal(0, (await machine.JsonAsync("show", "poll", poll)).GetProperty("goldAnswer").GetInt32());
        Assert.True(await StandingAsync("bob") < before);

        Assert.Matches($"^{poll[..8]}\\S*  Yes  shown  Is it a cat\\?\n$", await machine.DoneAsync("gold", "list"));
        Assert.Contains("it has been shown already", await machine.DoneAsync("gold", "reveal", poll), StringComparison.Ordinal);
        Said nothing = await machine.RunAsync("gold", "reveal", other);
        Assert.Contains("keeps no known answer", nothing.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_known_answer_is_shown_while_its_item_waits_for_its_group()
    {
        await File.WriteAllTextAsync(machine.InHome("items.csv"), "title,gold\nBuy now!!!,Yes\nHello,\n");
        string[] terms = ["--title", "Is it spam?", "--format", "yes-no", "--reward", "0.20", "--max", "2", "--together"];
        JsonElement posted = await machine.JsonAsync(["batch", "post", machine.InHome("items.csv"), .. terms]);
        string batch = posted.GetProperty("id").GetString()!;
        string item = (await ResultsAsync(batch))[1].Split(',')[1];
        await machine.DoneAsync("vote", item, "Yes", "--key", "ann");
        await machine.DoneAsync("vote", item, "No", "--key", "bob");
        for (int tries = 0; tries < 50 && await StateAsync(item) != "waiting"; tries++) await Task.Delay(100);
        Assert.Equal("waiting", await StateAsync(item));

        Assert.Contains("Shown: Yes is the answer", await machine.DoneAsync("gold", "reveal", batch), StringComparison.Ordinal);
        Assert.Equal(0, (await machine.JsonAsync("show", "poll", item)).GetProperty("goldAnswer").GetInt32());
    }

    [Fact]
    public async Task A_file_of_items_has_its_known_answers_in_a_column_and_all_items_look_alike()
    {
        await File.WriteAllTextAsync(machine.InHome("items.csv"), "title,gold\nBuy now!!!,Yes\nHello,\nWin!,1\n");
        string[] terms = ["--title", "Is it spam?", "--format", "yes-no", "--reward", "0.20", "--max", "2"];
        JsonElement posted = await machine.JsonAsync(["batch", "post", machine.InHome("items.csv"), .. terms]);
        string batch = posted.GetProperty("id").GetString()!;
        Assert.Equal(2, Directory.GetFiles(Kept).Length);
        string[] polls = [.. (await ResultsAsync(batch)).Skip(1).Select(static row => row.Split(',')[1])];
        foreach (string poll in polls)
            Assert.Equal(66, (await machine.JsonAsync("show", "poll", poll)).GetProperty("gold").GetString()!.Length);

        await VoteAsync(polls[0]);
        await VoteAsync(polls[1]);
        JsonElement lines = await machine.JsonAsync("gold", "reveal", batch);
        Assert.Equal(2, lines.GetArrayLength());
        Assert.True(lines[0].TryGetProperty("index", out _));
        Assert.Contains("too early", lines[1].GetProperty("obstacle").GetString(), StringComparison.Ordinal);

        JsonElement kept = await machine.JsonAsync("gold", "list", "--task", batch);
        Assert.Equal(
            polls.Take(1), kept.EnumerateArray().Where(static each => each.GetProperty("isShown").GetBoolean())
                .Select(static each => each.GetProperty("poll").GetString()));
        Assert.Equal(2, kept.GetArrayLength());
        Assert.All(kept.EnumerateArray(), each => Assert.Equal(batch, each.GetProperty("batch").GetString()));
        Assert.Contains("1 of its known answers shown", await machine.DoneAsync("batch", "show", batch),
            StringComparison.Ordinal);

        string[] rows = await ResultsAsync(batch);
        Assert.Equal("number,poll,title,state,answer,leading,confidence,belief,votes,paid,gold", rows[0]);
        Assert.StartsWith($"0,{polls[0]},Buy now!!!,inconclusive,,", rows[1], StringComparison.Ordinal);
        Assert.EndsWith(",2,20,Yes", rows[1], StringComparison.Ordinal);
        Assert.EndsWith(",2,20,", rows[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_known_answers_have_shown_stands_beside_a_poll_that_came_to_that_belief()
    {
        string gold = await PostAsync("--gold", "yes", "--confidence", "0.99");
        await VoteAsync(gold, "Yes", "Yes");
        Assert.DoesNotContain("reliability", await ShownAsync(gold), StringComparison.Ordinal);
        await machine.DoneAsync("gold", "reveal", gold);
        Assert.Contains("100.0 % right of the requester's 1 known answers in cats", await ShownAsync(gold),
            StringComparison.Ordinal);
        JsonElement level = (await machine.JsonAsync("show", "poll", gold)).GetProperty("reliability");
        Assert.Equal((1, 1), (level.GetProperty("reached").GetInt32(), level.GetProperty("right").GetInt32()));
    }

    [Fact]
    public async Task What_is_no_answer_is_said_before_anything_is_posted_and_what_was_refused_is_forgotten()
    {
        Said said = await machine.RunAsync([.. Question, "--gold", "Maybe"]);
        Assert.Contains("'Maybe' is no known answer of this poll; take one of Yes, No", said.Errors, StringComparison.Ordinal);
        Assert.Equal(1, (await machine.RunAsync([.. Question, "--gold", "No", "--reward", "5000.00"])).Status);
        Assert.Empty(Directory.GetFiles(Kept));

        await File.WriteAllTextAsync(machine.InHome("items.csv"), "title,gold\nHello,No\nWin!,Perhaps\n");
        said = await machine.RunAsync("batch", "post", machine.InHome("items.csv"), "--title", "Spam?", "--format", "yes-no");
        Assert.StartsWith("'Perhaps' in line 3 is no known answer", said.Errors, StringComparison.Ordinal);
        Assert.Empty((await machine.JsonAsync("batch", "list")).GetProperty("data").EnumerateArray());
    }

    private static string[] Question =>
        ["post", "--title", "Is it a cat?", "--option", "Yes", "--option", "No", "--max", "2", "--category", "cats"];

    private async Task<string> PostAsync(params string[] more) =>
        (await machine.JsonAsync([.. Question, "--reward", "2.00", .. more])).GetProperty("id").GetString()!;

    // Ann says yes, Bob no; the operator opens what is sealed within seconds.
    private async Task<string?> StateAsync(string poll) =>
        (await machine.JsonAsync("show", "poll", poll)).GetProperty("state").GetString();

    private async Task VoteAsync(string poll, string first = "Yes", string second = "No")
    {
        await machine.DoneAsync("vote", poll, first, "--key", "ann");
        await machine.DoneAsync("vote", poll, second, "--key", "bob");
        for (int tries = 0; tries < 50; tries++)
        {
            if ((await machine.JsonAsync("show", "poll", poll)).TryGetProperty("outcome", out _)) return;
        }

        Assert.Fail("The poll has not ended.");
    }

    private Task<string> ShownAsync(string poll) => machine.DoneAsync("show", "poll", poll);

    // Who has not posted it has no file about it.
    private async Task<string> SeenByOthersAsync(string poll)
    {
        string aside = Kept + "-aside";
        Directory.Move(Kept, aside);
        string shown = await ShownAsync(poll);
        Directory.Move(aside, Kept);
        return shown;
    }

    private async Task<double> StandingAsync(string name) =>
        (await machine.JsonAsync("show", "account", name)).GetProperty("reputation")[0].GetProperty("mean").GetDouble();

    private async Task<string[]> ResultsAsync(string batch) =>
        (await machine.DoneAsync("batch", "results", batch)).TrimEnd().Split('\n');
}
