using System.Text.Json;

namespace ChainSpace.Tests.Commands;

/// <summary>What the two sides of a job see of each other: the work, and what they think of it.</summary>
public sealed class JobPartiesTests : IAsyncLifetime
{
    private readonly Machine machine = new();

    public async ValueTask InitializeAsync()
    {
        await machine.UpAsync("--no-demo", "--space", "demo");
        foreach (string name in (string[])["default", "ann", "bob"])
        {
            await machine.DoneAsync("key", "new", name);
            await machine.DoneAsync("join", "--key", name);
        }

        await File.WriteAllTextAsync(machine.InHome("page.txt"), "The page, translated.\n");
    }

    public ValueTask DisposeAsync() => machine.DisposeAsync();

    [Fact]
    public async Task Work_that_was_handed_in_is_written_into_a_file_and_over_none()
    {
        string job = await PostAsync();
        Said early = await machine.RunAsync("job", "work", job, "--out", "copy.txt");
        Assert.Equal((1, "Nothing has been handed in for this job yet."), (early.Status, early.Errors.Trim()));
        await machine.DoneAsync("job", "claim", job, "--key", "ann");
        await machine.DoneAsync("job", "submit", job, "page.txt", "--key", "ann");
        await machine.DoneAsync("job", "work", job[..10], "--out", "copy.txt");
        Assert.Equal("The page, translated.\n", await File.ReadAllTextAsync(machine.InHome("copy.txt")));

        await File.WriteAllTextAsync(machine.InHome("copy.txt"), "mine");
        Said again = await machine.RunAsync("job", "work", job, "--out", "copy.txt");
        Assert.Contains("There is a file copy.txt already", again.Errors, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(machine.InHome("copy.txt")));
        JsonElement line = await machine.JsonAsync("job", "work", job, "--out", "copy.txt", "--worker", "ann", "--force");
        Assert.Equal(22, line.GetProperty("bytes").GetInt32());
        Said other = await machine.RunAsync("job", "work", job, "--out", "b.txt", "--worker", "bob");
        Assert.Contains("The job has 0 such workers", other.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jurors_of_a_record_are_asked_for_and_a_space_that_has_none_is_told()
    {
        string[] post = ["job", "post", "--title", "Translate a page", "--category", "law"];
        Said none = await machine.RunAsync([.. post, "--jury", "80%", "--json"]);
        Assert.Contains("Only 0 accounts have the reputation that jurors need in law now", none.Errors, StringComparison.Ordinal);
        string job = JsonDocument.Parse(none.Output).RootElement.GetProperty("id").GetString()!;
        Assert.Equal(8_000, (await machine.JsonAsync("job", "show", job)).GetProperty("jury").GetInt32());
        string shown = await machine.DoneAsync("job", "show", job);
        Assert.Contains("jurors' reputation is at least 80.0 %", shown, StringComparison.Ordinal);
        foreach (string wrong in (string[])["1", "140%", "high", "0.12345"])
        {
            Said said = await machine.RunAsync([.. post, "--jury", wrong]);
            Assert.Equal((1, true), (said.Status, said.Errors.Contains("no reputation of jurors", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task All_that_was_handed_in_is_listed_and_can_be_read()
    {
        string job = await PostAsync();
        await machine.DoneAsync("job", "claim", job, "--key", "ann");
        await machine.DoneAsync("job", "submit", job, "page.txt", "--key", "ann");
        await machine.DoneAsync("job", "revise", job);
        await File.WriteAllTextAsync(machine.InHome("page.txt"), "Better.");
        await machine.DoneAsync("job", "submit", job, "page.txt", "--key", "ann");

        JsonElement part = (await machine.JsonAsync("job", "show", job)).GetProperty("assignments")[0];
        JsonElement[] works = [.. part.GetProperty("submissions").EnumerateArray()];
        Assert.Equal(["sent-back", "review"], works.Select(static work => work.GetProperty("state").GetString()));
        string shown = await machine.DoneAsync("job", "show", job);
        string first = works[0].GetProperty("work").GetString()!;
        Assert.Contains($"handed in {first[..12]}: sent back", shown, StringComparison.Ordinal);
        Assert.Contains(": to be decided on", shown, StringComparison.Ordinal);
        await machine.DoneAsync("job", "work", job, "--hash", first[..12], "--out", "first.txt");
        Assert.Equal("The page, translated.\n", await File.ReadAllTextAsync(machine.InHome("first.txt")));
        Said none = await machine.RunAsync("job", "work", job, "--hash", "0x", "--out", "none.txt");
        Assert.Contains("The job shows 2 submissions", none.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_is_about_the_only_work_there_is_to_decide_on()
    {
        string job = await PostAsync("--mode", "apply");
        foreach (string name in (string[])["ann", "bob"]) await machine.DoneAsync("job", "apply", job, "--key", name);
        Said which = await machine.RunAsync("job", "assign", job);
        Assert.Contains("The job has 2 such workers", which.Errors, StringComparison.Ordinal);
        string ann = (await machine.JsonAsync("key", "show", "ann")).GetProperty("account").GetString()!;
        await machine.DoneAsync("job", "assign", job, "--worker", ann);
        await machine.DoneAsync("job", "submit", job, "page.txt", "--key", "ann");
        Assert.Contains("Accepted and paid", await machine.DoneAsync("job", "accept", job), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_of_a_contest_is_sealed_until_it_is_shown()
    {
        string job = await PostAsync("--mode", "contest", "--deadline", "1h");
        await machine.DoneAsync("job", "submit", job, "page.txt", "--key", "ann");
        Said said = await machine.RunAsync("job", "work", job, "--out", "copy.txt");
        Assert.Contains("The work of this contest is sealed until 20", said.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ratings_open_together_and_are_shown_of_the_job_and_of_the_people()
    {
        string job = await PostAsync();
        await machine.DoneAsync("job", "claim", job, "--key", "ann");
        Said early = await machine.RunAsync("job", "rate", job, "--stars", "5", "--key", "ann");
        Assert.Contains("is not over (working); both sides rate when it is", early.Errors, StringComparison.Ordinal);
        await machine.DoneAsync("job", "submit", job, "page.txt", "--key", "ann");
        await machine.DoneAsync("job", "accept", job);

        Assert.Equal(1, (await machine.RunAsync("job", "rate", job, "--stars", "6")).Status);
        string sealedNow = await machine.DoneAsync("job", "rate", job, "--stars", "5");
        Assert.Contains("Rated with 5 of 5, sealed", sealedNow, StringComparison.Ordinal);
        Said twice = await machine.RunAsync("job", "rate", job, "--stars", "1");
        Assert.Contains("You have rated this with 5 already", twice.Errors, StringComparison.Ordinal);
        Said alone = await machine.RunAsync("job", "rate", job);
        Assert.Contains("The other side has not rated yet; yours can be opened then, or after 20", alone.Errors,
            StringComparison.Ordinal);
        string shown = await machine.DoneAsync("job", "show", job);
        Assert.Contains("the requester's rating: sealed", shown, StringComparison.Ordinal);
        Assert.Contains("next: RateJob", shown, StringComparison.Ordinal);

        Assert.Contains("and opened", await machine.DoneAsync("job", "rate", job, "--stars", "2", "--key", "ann"),
            StringComparison.Ordinal);
        Assert.Contains("Opened: 5 of 5", await machine.DoneAsync("job", "rate", job), StringComparison.Ordinal);
        shown = await machine.DoneAsync("job", "show", job);
        Assert.Contains("the requester's rating: 5 of 5", shown, StringComparison.Ordinal);
        Assert.Contains("the worker's rating: 2 of 5", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("next:", shown, StringComparison.Ordinal);
        Assert.Contains("5.0 of 5 in 1 rating of jobs", await machine.DoneAsync("profile", "ann"), StringComparison.Ordinal);
        string requester = await machine.DoneAsync("profile", "default");
        Assert.Contains("2.0 of 5 in 1 rating of jobs", requester, StringComparison.Ordinal);
        Assert.Contains("1 job, 1 accepted", requester, StringComparison.Ordinal);

        Said stranger = await machine.RunAsync("job", "rate", job, "--stars", "1", "--key", "bob");
        Assert.Equal(1, stranger.Status);
    }

    [Fact]
    public async Task A_list_of_jobs_goes_on_where_it_ended_and_is_of_an_account_where_one_is_named()
    {
        string[] jobs = [await PostAsync(), await PostAsync(), await PostAsync()];
        await machine.DoneAsync("job", "claim", jobs[0], "--key", "ann");

        JsonElement first = await machine.JsonAsync("job", "list", "--limit", "2");
        string cursor = first.GetProperty("nextCursor").GetString()!;
        Assert.Equal([jobs[2], jobs[1]], Ids(first));
        Assert.Equal([jobs[0]], Ids(await machine.JsonAsync("job", "list", "--limit", "2", "--cursor", cursor)));
        string lines = await machine.DoneAsync("job", "list", "--limit", "2");
        Assert.Contains($"There are more: --cursor {cursor}", lines, StringComparison.Ordinal);
        Assert.Equal([jobs[0]], Ids(await machine.JsonAsync("job", "list", "--account", "ann")));
        Said large = await machine.RunAsync("job", "list", "--limit", "201");
        Assert.Contains("A page holds 1 to 200 items.", large.Errors, StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Ids(JsonElement page) =>
        page.GetProperty("data").EnumerateArray().Select(static job => job.GetProperty("id").GetString());

    private async Task<string> PostAsync(params string[] more) =>
        (await machine.JsonAsync(["job", "post", "--title", "Translate a page", "--reward", "10.00", .. more]))
            .GetProperty("id").GetString()!;
}
