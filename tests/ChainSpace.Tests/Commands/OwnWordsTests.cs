using System.Text.Json;

namespace ChainSpace.Tests.Commands;

/// <summary>Polls that leave the words to voters, and batches from a file, as people use them.</summary>
public sealed class OwnWordsTests : IAsyncLifetime
{
    private readonly Machine machine = new();

    public async ValueTask InitializeAsync()
    {
        await machine.UpAsync("--no-demo", "--space", "town");
        foreach (string name in (string[])["rita", "anna", "ben", "cleo"])
        {
            await machine.DoneAsync("key", "new", name);
            await machine.DoneAsync("join", "--key", name, "--space", "town");
        }
    }

    public ValueTask DisposeAsync() => machine.DisposeAsync();

    [Fact]
    public async Task A_question_is_answered_in_own_words_and_the_answer_is_shown_in_them()
    {
        string poll = await PostAsync("--title", "Capital of France?", "--format", "text", "--max", "3", "--reward", "3.00");
        await VoteAsync("anna", poll, "Paris");
        await VoteAsync("ben", poll, "london");
        JsonElement before = await machine.JsonAsync("show", "poll", poll, "--space", "town");
        Assert.Equal("voting", before.GetProperty("state").GetString());
        await VoteAsync("cleo", poll, "  paris.");

        JsonElement outcome = (await machine.JsonAsync("show", "poll", poll, "--space", "town")).GetProperty("outcome");
        Assert.Equal("Paris", outcome.GetProperty("words").GetString());
        Assert.Equal("300", outcome.GetProperty("paid").GetString());
        string shown = await machine.DoneAsync("show", "poll", poll, "--space", "town");
        Assert.Contains("london", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_pairs_that_voters_pick_and_judge_the_poll_makes_an_order()
    {
        string[] trees = ["--option", "Ash", "--option", "Elm", "--option", "Oak"];
        string poll = await PostAsync(
            ["--title", "The finest tree?", "--format", "pairwise", .. trees, "--max", "3", "--reward", "3.00"]);
        Said wrong = await machine.RunAsync("vote", poll, "Elm", "--key", "anna", "--space", "town");
        Assert.Contains("take two options joined by a comma, the better first: Ash, Elm, Oak", wrong.Errors,
            StringComparison.Ordinal);
        await VoteAsync("anna", poll, "Elm,Oak");
        await VoteAsync("ben", poll, "Oak>Ash");
        await VoteAsync("cleo", poll, "2,1");
        await OutcomeAsync(poll);
        string shown = await machine.DoneAsync("show", "poll", poll, "--space", "town");
        Assert.Matches("(answer|leading) +Elm > Oak > Ash\n", shown);
    }

    [Fact]
    public async Task What_voters_wrote_is_judged_in_pairs_by_others()
    {
        string poll = await PostAsync("--title", "A motto, please", "--format", "text", "--max", "3", "--reward", "3.00");
        Said early = await machine.RunAsync("post", "--judge", poll, "--space", "town", "--key", "rita");
        Assert.Contains("no two answers in voters' own words", early.Errors, StringComparison.Ordinal);
        await VoteAsync("anna", poll, "Onward, upward");
        await VoteAsync("ben", poll, "Slow and steady");
        await VoteAsync("cleo", poll, "onward,  upward");
        await OutcomeAsync(poll);

        Said both = await machine.RunAsync("post", "--judge", poll, "--option", "A", "--space", "town", "--key", "rita");
        Assert.Contains("leave --option, --format and --template out", both.Errors, StringComparison.Ordinal);
        string judged = await PostAsync("--judge", poll, "--max", "3", "--reward", "3.00");
        JsonElement content = (await machine.JsonAsync("show", "poll", judged, "--space", "town")).GetProperty("content");
        Assert.Equal("Which is better? A motto, please", content.GetProperty("title").GetString());
        Assert.Equal(
            ["Onward, upward", "Slow and steady"],
            content.GetProperty("options").EnumerateArray().Select(static option => option.GetString()));
        foreach (string name in (string[])["anna", "ben", "cleo"]) await VoteAsync(name, judged, "2,1");
        await OutcomeAsync(judged);
        string shown = await machine.DoneAsync("show", "poll", judged, "--space", "town");
        Assert.Matches("(answer|leading) +Slow and steady > Onward, upward\n", shown);
    }

    [Fact]
    public async Task An_answer_that_does_not_fit_the_schema_is_refused_in_one_sentence()
    {
        string schema = machine.InHome("schema.json");
        await File.WriteAllTextAsync(
            schema, """{"type":"object","required":["age"],"properties":{"age":{"type":"integer"}}}""");
        string poll = await PostAsync(
            "--title", "How old?", "--format", "json", "--schema", schema, "--max", "1", "--reward", "1.00");
        Said said = await machine.RunAsync("vote", poll, """{"age":"old"}""", "--key", "anna", "--space", "town");
        Assert.Equal(
            (1, "The poll's content does not fit: the answer does not fit the poll's schema."),
            (said.Status, said.Errors.Trim()));
        said = await machine.RunAsync("vote", poll, "{", "--key", "anna", "--space", "town");
        Assert.StartsWith("'{' cannot be read as json", said.Errors, StringComparison.Ordinal);
        await VoteAsync("anna", poll, """{ "age": 7 }""");
        JsonElement outcome = (await machine.JsonAsync("show", "poll", poll, "--space", "town")).GetProperty("outcome");
        Assert.Equal("""{"age":7}""", outcome.GetProperty("words").GetString());
    }

    [Fact]
    public async Task A_file_of_items_becomes_a_batch_and_its_answers_a_file()
    {
        await File.WriteAllTextAsync(
            machine.InHome("items.csv"), "title,description\nBuy now!!!,a comment\n\"Hello, Anna\",another\n");
        string[] terms = ["--title", "Is it spam?", "--format", "yes-no", "--reward", "0.20", "--max", "2", "--together"];
        JsonElement posted = await machine.JsonAsync(
            ["batch", "post", machine.InHome("items.csv"), .. terms, "--group", "2", "--key", "rita", "--space", "town"]);
        string batch = posted.GetProperty("id").GetString()!;
        JsonElement view = await machine.JsonAsync("batch", "show", batch[..10], "--space", "town");
        Assert.Equal((2, "closed"), (view.GetProperty("items").GetInt32(), view.GetProperty("state").GetString()));

        string[] polls = [.. (await ResultsAsync(batch)).Skip(1).Select(static row => row.Split(',')[1])];
        foreach (string who in (string[])["anna", "ben"]) await VoteAsync(who, polls[0], "Yes");
        Assert.Contains("waiting", (await ResultsAsync(batch))[1], StringComparison.Ordinal);
        foreach (string who in (string[])["anna", "ben"]) await VoteAsync(who, polls[1], "No");

        string[] rows = await ResultsAsync(batch);
        Assert.Equal("number,poll,title,state,answer,leading,confidence,belief,votes,paid,gold", rows[0]);
        Assert.StartsWith($"0,{polls[0]},Buy now!!!,closed,Yes,", rows[1], StringComparison.Ordinal);
        Assert.StartsWith($"1,{polls[1]},\"Hello, Anna\",closed,No,", rows[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_a_file_of_items_is_said_with_its_line()
    {
        await File.WriteAllTextAsync(machine.InHome("items.csv"), "title\nfine\n\"\"\n");
        string[] terms = ["--title", "x", "--format", "yes-no", "--key", "rita", "--space", "town"];
        Said said = await machine.RunAsync(["batch", "post", machine.InHome("items.csv"), .. terms]);
        Assert.Equal((1, "items.csv, line 3: a title has 1 to 200 characters."), (said.Status, said.Errors.Trim()));
    }

    private async Task<string> PostAsync(params string[] terms)
    {
        JsonElement posted = await machine.JsonAsync(["post", .. terms, "--key", "rita", "--space", "town"]);
        return posted.GetProperty("id").GetString()!;
    }

    private async Task<JsonElement> OutcomeAsync(string poll)
    {
        for (int tries = 0; tries < 50; tries++)
        {
            JsonElement shown = await machine.JsonAsync("show", "poll", poll, "--space", "town");
            if (shown.TryGetProperty("outcome", out JsonElement outcome)) return outcome;
        }

        throw new TimeoutException("The poll has not ended.");
    }

    private Task VoteAsync(string who, string poll, string answer) =>
        machine.DoneAsync("vote", poll, answer, "--key", who, "--space", "town");

    private async Task<string[]> ResultsAsync(string batch) =>
        (await machine.DoneAsync("batch", "results", batch, "--space", "town")).TrimEnd().Split('\n');
}
