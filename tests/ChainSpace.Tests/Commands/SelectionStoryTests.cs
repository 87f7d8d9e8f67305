using System.Text.Json;

namespace ChainSpace.Tests.Commands;

/// <summary>Draws from the command line, as requesters, the drawn and doubters see them; and quotes.</summary>
public sealed class SelectionStoryTests : IAsyncLifetime
{
    private const int Patience = 120;
    private static readonly string[] Crowd = ["ann", "bob", "cem", "dan"];

    private readonly Machine machine = new();

    public async ValueTask InitializeAsync()
    {
        await machine.UpAsync("--no-demo", "--space", "demo");
        await machine.DoneAsync("key", "new", "default");
        foreach (string name in Crowd)
        {
            await machine.DoneAsync("key", "new", name);
            await machine.DoneAsync("join", "--key", name);
        }
    }

    public ValueTask DisposeAsync() => machine.DisposeAsync();

    [Fact]
    public async Task The_drawn_find_their_seat_in_the_inbox_and_anybody_can_repeat_the_draw()
    {
        string poll = await PostAsync("--sample", "2", "--max", "2", "--lease", "2h");
        JsonElement seats = await DrawnAsync(poll);
        string shown = await machine.DoneAsync("show", "poll", poll);
        Assert.Contains("open, 2 drawn at random", shown, StringComparison.Ordinal);
        Assert.Matches("seats wait +2 hours\n", shown);
        Assert.Contains("2 seats drawn of 2, voting", await machine.DoneAsync("draw", "show", poll[..10]),
            StringComparison.Ordinal);

        string[] drawn = [.. seats.EnumerateArray().Select(static seat => seat.GetProperty("account").GetString()!)];
        foreach ((string name, string account) in await LastOfAllAsync(drawn))
        {
            string inbox = await machine.DoneAsync("inbox", "--key", name);
            Assert.Equal(drawn.Contains(account), inbox.Contains("drawn, vote until 20", StringComparison.Ordinal));
            Said vote = await machine.RunAsync("vote", poll, "Yes", "--key", name);
            Assert.Equal(drawn.Contains(account) ? 0 : 1, vote.Status);
            if (vote.Status == 0) continue;
            Assert.Contains("This account was not drawn for the poll.", vote.Errors, StringComparison.Ordinal);
        }

        string verified = await machine.DoneAsync("draw", "verify", poll);
        Assert.Contains("The draw is what the journal says.", verified, StringComparison.Ordinal);
        Assert.Contains("compared with 2 seats that are shown", verified, StringComparison.Ordinal);
        await machine.DoneAsync("draw", "verify", poll, "--file", machine.InHome("data"));
    }

    [Fact]
    public async Task A_panel_is_drawn_once_and_answers_every_item_of_its_batch()
    {
        await File.WriteAllTextAsync(machine.InHome("items.csv"), "title\nA sparrow?\nA finch?\n");
        string[] terms = ["--title", "Which birds?", "--format", "yes-no", "--reward", "0.20", "--max", "2"];
        string[] post = ["batch", "post", machine.InHome("items.csv"), .. terms, "--panel", "2"];
        Assert.Contains("--sample is for items", (await machine.RunAsync([.. post, "--sample", "2"])).Errors,
            StringComparison.Ordinal);
        string batch = (await machine.JsonAsync(post)).GetProperty("id").GetString()!;
        JsonElement seats = await DrawnAsync(batch);
        Assert.Contains("2 seats drawn of 2", await machine.DoneAsync("draw", "show", batch), StringComparison.Ordinal);
        Assert.Contains("2 drawn of 2 among open", await machine.DoneAsync("batch", "show", batch), StringComparison.Ordinal);

        string[] drawn = [.. seats.EnumerateArray().Select(static seat => seat.GetProperty("account").GetString()!)];
        string[] results = (await machine.DoneAsync("batch", "results", batch)).TrimEnd().Split('\n');
        string[] items = [.. results.Skip(1).Select(static row => row.Split(',')[1])];
        foreach ((string name, string account) in await LastOfAllAsync(drawn))
        {
            int waiting = (await machine.JsonAsync("inbox", "--key", name)).GetProperty("data").GetArrayLength();
            Assert.Equal(drawn.Contains(account) ? 2 : 0, waiting);
            foreach (string item in items)
            {
                Said vote = await machine.RunAsync("vote", item, "Yes", "--key", name);
                Assert.Equal(drawn.Contains(account) ? 0 : 1, vote.Status);
                if (vote.Status == 1) Assert.Contains("is not of the panel", vote.Errors, StringComparison.Ordinal);
            }
        }

        Assert.Contains("the 2 drawn for its batch", await machine.DoneAsync("show", "poll", items[0]), StringComparison.Ordinal);
        // What is verified is what a checkpoint covers, and that comes a moment later.
        const string all = "votes of the seated in the journal: 4";
        string verified = await machine.DoneAsync("draw", "verify", batch);
        for (int tries = 0; tries < Patience && !verified.Contains(all, StringComparison.Ordinal); tries++)
            verified = await machine.DoneAsync("draw", "verify", batch);
        Assert.Contains(all, verified, StringComparison.Ordinal);
        Assert.Contains("compared with 2 seats that are shown", verified, StringComparison.Ordinal);
        await machine.DoneAsync("draw", "verify", batch, "--file", machine.InHome("data"));
    }

    /// <summary>The crowd with its drawn people last: their votes end the items, and nobody may vote after that.</summary>
    private async Task<(string Name, string Account)[]> LastOfAllAsync(string[] drawn)
    {
        List<(string Name, string Account)> crowd = [];
        foreach (string name in Crowd)
        {
            crowd.Add((name, (await machine.JsonAsync("key", "show", name)).GetProperty("account").GetString()!));
        }

        return [.. crowd.OrderBy(one => drawn.Contains(one.Account))];
    }

    [Fact]
    public async Task A_list_of_seats_that_is_not_what_was_drawn_is_told_from_it()
    {
        string poll = await PostAsync("--sample", "2", "--max", "2");
        await DrawnAsync(poll);
        string list = await machine.DoneAsync("draw", "show", poll, "--json"), file = machine.InHome("seats.json");
        await File.WriteAllTextAsync(file, list);
        await machine.DoneAsync("draw", "verify", poll, "--seats", file);
        string first = JsonDocument.Parse(list).RootElement.GetProperty("data")[0].GetProperty("account").GetString()!;
        string stranger = (await machine.JsonAsync("key", "show", "default")).GetProperty("account").GetString()!;
        await File.WriteAllTextAsync(file, list.Replace(first, stranger, StringComparison.Ordinal));
        Said said = await machine.RunAsync("draw", "verify", poll, "--seats", file);
        Assert.Equal(1, said.Status);
        Assert.Contains(stranger, said.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("The draw is what the journal says.", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_census_needs_a_share_of_those_who_may_vote()
    {
        foreach (string name in Crowd[..3]) await machine.DoneAsync("join", "--attributes", "country=DE", "--key", name);
        string[] asked = ["post", "--title", "Is it fair?", "--format", "yes-no", "--reward", "1.00", "--payout", "equal"];
        Said posted = await machine.RunAsync([.. asked, "--voters", "country=DE", "--turnout", "40%", "--json"]);
        Assert.Contains("At least 2 of the 3 accounts", posted.Errors, StringComparison.Ordinal);
        string poll = JsonDocument.Parse(posted.Output).RootElement.GetProperty("id").GetString()!;
        JsonElement shown = await machine.JsonAsync("show", "poll", poll);
        Assert.Equal((2, 3), (shown.GetProperty("minimum").GetInt32(), shown.GetProperty("maximum").GetInt32()));

        // The requester and the operator are none of those who may vote.
        Said open = await machine.RunAsync([.. asked, "--turnout", "40%"]);
        Assert.Contains($"At least 2 of the {Crowd.Length} accounts", open.Errors, StringComparison.Ordinal);

        (string Words, string[] Terms)[] wrong =
        [
            ("is no turnout", ["--turnout", "0"]), ("is no turnout", ["--turnout", "140%"]),
            ("is no turnout", ["--turnout", "many"]), ("leave --min and --max out", ["--turnout", "0.4", "--max", "3"]),
            ("has --quorum instead", ["--turnout", "0.4", "--sample", "2"]),
            ("Nobody may vote on that", ["--turnout", "40%", "--voters", "country=FR"]),
        ];
        foreach ((string words, string[] terms) in wrong)
        {
            Said refused = await machine.RunAsync([.. asked, .. terms]);
            Assert.Equal(1, refused.Status);
            Assert.Contains(words, refused.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_quote_says_what_a_confidence_would_take_in_shares_or_percents()
    {
        string said = await machine.DoneAsync("quote", "--category", "cats", "--confidence", "0.95");
        Assert.Contains("newcomers: nobody has a record here", said, StringComparison.Ordinal);
        Assert.Contains("expected", said, StringComparison.Ordinal);
        JsonElement share = await machine.JsonAsync("quote", "--confidence", "0.9", "--max", "50");
        JsonElement percent = await machine.JsonAsync("quote", "--confidence", "90%", "--max", "50");
        Assert.Equal(share.GetRawText(), percent.GetRawText());
        Assert.True(share.GetProperty("votes").GetDouble() >= 1);
        await machine.DoneAsync("join", "--attributes", "country=DE", "--key", "ann");
        Assert.Contains("1 that meet country=DE|AT", await machine.DoneAsync("quote", "--voters", "country=DE|AT"),
            StringComparison.Ordinal);
        Assert.Equal(7, (await machine.JsonAsync("quote", "--min", "7")).GetProperty("low").GetInt32());

        (string Words, string[] Terms)[] wrong =
        [
            ("is no confidence", ["--confidence", "0.4"]), ("is no confidence", ["--confidence", "sure"]),
            ("options 2 to 100", ["--options", "1"]), ("maximum 1 to 1000", ["--max", "9999"]),
            ("takes a whole number", ["--max", "many"]), ("There is no key 'nobody'", ["--requester", "nobody"]),
        ];
        foreach ((string words, string[] terms) in wrong)
        {
            Said refused = await machine.RunAsync(["quote", .. terms]);
            Assert.Equal(1, refused.Status);
            Assert.Contains(words, refused.Errors, StringComparison.Ordinal);
        }

        Assert.Contains("Draw 21 seats for 7 votes", await machine.DoneAsync("draw", "size", "--quorum", "7", "--rate", "0.5"),
            StringComparison.Ordinal);
    }

    private async Task<string> PostAsync(params string[] more)
    {
        string[] terms = ["--title", "Is this a sparrow?", "--option", "Yes", "--option", "No", "--reward", "2.00"];
        return (await machine.JsonAsync(["post", .. terms, .. more])).GetProperty("id").GetString()!;
    }

    // The next block draws.
    private async Task<JsonElement> DrawnAsync(string poll)
    {
        for (int tries = 0; tries < Patience; tries++)
        {
            JsonElement seats = (await machine.JsonAsync("draw", "show", poll)).GetProperty("data");
            if (seats.GetArrayLength() > 0) return seats;
            await Task.Delay(250);
        }

        throw new TimeoutException("Nobody was drawn.");
    }
}
