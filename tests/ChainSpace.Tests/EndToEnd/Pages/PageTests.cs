using System.Net;
using System.Text.RegularExpressions;
using ChainSpace.Client.Reading;
using ChainSpace.Tests.House;

namespace ChainSpace.Tests.EndToEnd.Pages;

/// <summary>The pages of a running demo as a real browser shows them, scripts and all.</summary>
public sealed partial class PageTests(DemoNode demo) : IClassFixture<DemoNode>, IAsyncLifetime
{
    private const int PictureLimit = 200_000;

    public ValueTask InitializeAsync()
    {
        Assert.SkipUnless(DemoNode.HasBrowser, "Chromium is not on this machine.");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_front_page_leads_to_the_demo()
    {
        string page = await demo.DumpAsync("/");
        Assert.Contains("Keep the proof.", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/s/demo\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_space_lists_every_poll_and_follows_what_happens()
    {
        string page = await demo.DumpStreamingAsync("/s/demo");
        string text = Text(page);
        Assert.All(demo.All, poll => Assert.Contains(poll.Content!.Title, text, StringComparison.Ordinal));
        Assert.DoesNotContain("where your browser runs scripts", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ended_poll_shows_answer_votes_and_payment()
    {
        PollView poll = Ended();
        string text = Text(await demo.DumpAsync($"/s/demo/polls/{poll.Id}"));
        Assert.All(
            (string[])[poll.Content!.Title, poll.Content.Options[poll.Outcome!.Answer!.Value], "certain", "went to voters"],
            words => Assert.Contains(words, text, StringComparison.Ordinal));
        Assert.Contains($"{poll.Outcome.Counts[0]} vote", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_shows_its_items_with_answers_and_what_was_known()
    {
        string text = Text(await demo.DumpAsync($"/s/demo/batches/{demo.Batch}"));
        Assert.All(
            (string[])
            [
                "3 of 6 items settled", "1 of 2", "Waiting for its group", "Win a phone, click here", "Spam ✓", "All as CSV",
            ],
            words => Assert.Contains(words, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_account_leads_to_the_jobs_and_batches_it_spoke_about()
    {
        string poster = (await demo.Client.JobAsync("demo", demo.Job, CancellationToken.None))!.Requester;
        string offering = (await demo.Client.BatchAsync("demo", demo.Batch, CancellationToken.None))!.Requester;
        Assert.Contains(
            $"href=\"/s/demo/jobs/{demo.Job}\"", await demo.DumpAsync($"/s/demo/accounts/{poster}"), StringComparison.Ordinal);
        Assert.Contains(
            $"href=\"/s/demo/batches/{demo.Batch}\"", await demo.DumpAsync($"/s/demo/accounts/{offering}"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_shows_milestones_deadline_and_record()
    {
        string text = Text(await demo.DumpAsync($"/s/demo/jobs/{demo.Job}"));
        Assert.All(
            (string[])
            [
                "1 to be decided on, 1 applicant", "Silence counts as accepted in 2 days 23 hours", "Sent back 1 of 2 times",
                "1 (40 %) 32.00 PLAY 100 %, accepted by the requester", "Declined 0 of 1 submission",
            ],
            words => Assert.Contains(words, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_space_lists_jobs_and_batches_that_lead_to_their_pages()
    {
        string page = await demo.DumpStreamingAsync("/s/demo");
        Assert.Contains($"href=\"/s/demo/jobs/{demo.Job}\"", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/s/demo/batches/{demo.Batch}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_shows_balance_reputation_and_history()
    {
        string text = Text(await demo.DumpAsync($"/s/demo/accounts/{Ended().Requester}"));
        Assert.All(
            (string[])["Available", "Earned in all", "simulated yes", "History", "receipt #"],
            words => Assert.Contains(words, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_browser_itself_checks_every_link_of_a_receipt()
    {
        VoteView vote = (await demo.Client.VotesAsync("demo", Ended().Id, new PageQuery(), default)).Data[0];
        string page = await demo.DumpAsync($"/s/demo/receipts/{vote.Index}");
        Assert.Contains("The receipt holds.", Text(page), StringComparison.Ordinal);
        string[] states = [.. State().Matches(page).Select(static found => found.Groups[1].Value)];
        Assert.True(states.Length >= 4);
        Assert.All(states, static state => Assert.Equal("ok", state));
    }

    [Theory]
    [InlineData("poll")]
    [InlineData("batch")]
    [InlineData("job")]
    [InlineData("people")]
    public async Task A_picture_of_a_page_is_kept_for_the_documents(string kind)
    {
        Assert.SkipUnless(DemoNode.TakesPictures, "Pictures are only taken with UPDATE_SNAPSHOTS=1.");
        byte[] png = await demo.PictureAsync(kind switch
        {
            "batch" => $"/s/demo/batches/{demo.Batch}",
            "job" => $"/s/demo/jobs/{demo.Job}",
            "people" => "/s/demo/people?category=moderation&tasks=1",
            _ => $"/s/demo/polls/{Ended().Id}",
        });
        Assert.InRange(png.Length, 10_000, PictureLimit);
        string file = Repository.Full($"docs/images/{kind}.png");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, png);
    }

    private PollView Ended() => demo.All.First(static poll => poll is { Category: "moderation", State: "closed", Sample: 0 });

    private static string Text(string html) => Space().Replace(WebUtility.HtmlDecode(Tag().Replace(html, " ")), " ");

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex("""<li data-link="\w+" data-state="(\w+)">""")]
    private static partial Regex State();
}
