using System.Net;
using ChainSpace.Client.Reading;

namespace ChainSpace.Tests.Web;

/// <summary>What a visitor would misread.</summary>
public sealed class ClearWordsTests
{
    [Fact]
    public async Task A_poll_with_too_few_votes_is_not_called_unsure()
    {
        string text = await TextAsync(static reader => reader.Tasks.Items[2] with { State = "expired" });

        Assert.Contains("lean to Not spam , but too few have voted for it to be the answer", text, StringComparison.Ordinal);
        Assert.DoesNotContain("not sure enough", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_in_own_words_stand_in_the_tally_as_they_were_written()
    {
        await using PageHost host = await PageHost.StartAsync();
        PollView poll = Plain(host.Reader.Closed) with { Format = "text", Options = 0, Content = new("Which capital?", "", []) };
        host.Reader.More.Add(poll with { Outcome = poll.Outcome! with { Answer = 1_008, Words = "Canberra", Counts = [1, 2] } });
        host.Reader.Words = ["Sydney", "Canberra", "canberra"];
        string text = await host.TextAsync($"polls/{poll.Id}");
        string html = (await host.GetAsync($"/s/helpdesk/polls/{poll.Id}")).Html;

        Assert.Contains("Sydney 1 vote · 33.3 %", text, StringComparison.Ordinal);
        Assert.Contains("Canberra 2 votes · 66.7 %", text, StringComparison.Ordinal);
        Assert.Matches("class=\"won\">\\s*<span class=\"tally-name\">Canberra", html);
        Assert.DoesNotContain("Answer 1", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Votes_behind_the_first_page_name_no_row_of_the_tally_and_lead_back()
    {
        await using PageHost host = await PageHost.StartAsync();
        PollView poll = Plain(host.Reader.Closed) with { Format = "text", Options = 0 };
        host.Reader.More.Add(poll with { Outcome = poll.Outcome! with { Answer = 1_008, Words = "Canberra", Counts = [1, 2] } });
        host.Reader.Words = ["Perth"];
        string text = await host.TextAsync($"polls/{poll.Id}?cursor=bW9yZQ");

        Assert.Contains("Answer 1 1 vote", text, StringComparison.Ordinal);
        Assert.Contains("Back to the first", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deposits_that_were_lost_are_said_to_be_shared_too()
    {
        string text = await TextAsync(static reader => Plain(reader.Closed) with { Deposit = "50" });

        Assert.Contains("12.50 PLAY and the deposits that were lost, 12.50 PLAY went to voters", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_says_what_is_judged_and_states_no_pay_by_the_time_of_the_job()
    {
        string text = await TextAsync(static reader => reader.Sealed with
        {
            Id = reader.Closed.Id,
            Job = reader.Jobs.Declined.Id,
            Content = reader.Sealed.Content! with { Seconds = 36_000 },
        });

        Assert.Contains("Case: Is the picture on this listing", text, StringComparison.Ordinal);
        Assert.Contains("declined it as incomplete", text, StringComparison.Ordinal);
        Assert.DoesNotContain("the requester says, which pays", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_that_was_settled_is_not_said_to_be_taken_back()
    {
        string text = await TextAsync(static reader => reader.Cancelled);

        Assert.Contains("settled it, or one of them gave in. No juror had voted yet.", text, StringComparison.Ordinal);
        Assert.Contains(
            "The requester took the poll back. No one had voted yet.",
            await TextAsync(static reader => Plain(reader.Cancelled)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gathering", "15 seats are drawn when the time to apply is over")]
    [InlineData("drawing", "15 seats are drawn by the next block, which nobody knows yet")]
    [InlineData("voting", "The block has come, but there was nobody to draw")]
    public async Task Seats_without_anybody_say_why(string state, string words)
    {
        string text = await TextAsync(
            reader => reader.Drawn with { Id = SampleReader.Id(2, 70), State = state, Gather = reader.Ago(-100) });

        Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.Equal(state == "gathering", text.Contains("time to apply ends in 1 hour 39 minutes", StringComparison.Ordinal));
        Assert.Equal(state == "voting", text.Contains("chainspace vote 0x02", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_draw_that_never_came_is_not_promised()
    {
        string text = await TextAsync(static reader => reader.Drawn with
        {
            Id = SampleReader.Id(2, 71),
            State = "cancelled",
            Outcome = reader.Cancelled.Outcome,
        });

        Assert.Contains("Nobody was drawn before the poll ended", text, StringComparison.Ordinal);
        Assert.DoesNotContain("by the next block", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("country=DE|AT,language=de", "accounts with country DE or AT, language de")]
    [InlineData("reputation>=0.8", "accounts with reputation of at least 80 %")]
    [InlineData("reputation:law>=0.905,receipts:x>=20", "reputation in law of at least 90.5 %, at least 20 paid tasks in x")]
    [InlineData("person>=1", "attested as one person at level 1 or more")]
    public async Task Filters_are_said_in_words(string filter, string words)
    {
        string text = await TextAsync(reader => Plain(reader.Sealed) with { Id = SampleReader.Id(2, 72), Voters = filter });

        Assert.Contains(words, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sealed", 0, "where fewer than 3 have voted by the deadline, voting goes on once, 12 hours longer; then all")]
    [InlineData("open", 0, "Without an answer voting goes on once, 12 hours longer; then all voters share the reward")]
    [InlineData("sealed", 9500, "Without an answer voting goes on once, 12 hours longer; then all voters share the reward")]
    public async Task More_time_is_not_promised_for_a_tie_nobody_sees(string voting, int confidence, string words)
    {
        string text = await TextAsync(reader => Plain(reader.Sealed) with
        {
            Id = SampleReader.Id(2, 73),
            Voting = voting,
            Confidence = confidence,
            Minimum = 3,
            Inconclusive = "extend:43200000,equal",
        });

        Assert.Contains(words, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_that_is_free_again_is_not_called_untaken()
    {
        await using PageHost host = await PageHost.StartAsync();
        string text = await host.TextAsync($"jobs/{host.Reader.Jobs.Freed.Id}");

        Assert.Contains("Nobody is at work; a place is free", text, StringComparison.Ordinal);
        Assert.Contains("Over without work handed in", text, StringComparison.Ordinal);
        Assert.Contains("for each of 2", text, StringComparison.Ordinal);
        Assert.DoesNotContain("PLAYfor", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ended_job_says_what_went_back_and_a_late_contest_takes_no_entries()
    {
        await using PageHost host = await PageHost.StartAsync();

        // 80.01 for each of two, of whom one was paid.
        Assert.Contains("Back to the requester 80.01 PLAY", await host.TextAsync($"jobs/{host.Reader.Jobs.Ended.Id}"),
            StringComparison.Ordinal);
        Assert.Contains("Entries were taken until", await host.TextAsync($"jobs/{host.Reader.Jobs.Late.Id}"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_history_leads_to_jobs_and_batches()
    {
        await using PageHost host = await PageHost.StartAsync();
        (_, string html) = await host.GetAsync($"/s/helpdesk/accounts/{host.Reader.Voter.Id}");

        Assert.Contains($"href=\"/s/helpdesk/jobs/{host.Reader.Jobs.Review.Id}\"", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/s/helpdesk/batches/{host.Reader.Tasks.Spam.Id}\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tasks=5", "counted in a field: say which")]
    [InlineData("category=birds&tasks=many", "Paid tasks must be a number")]
    [InlineData("category=birds&reputation=high", "Reputation must be a number of percent")]
    [InlineData("name=language", "An attribute needs its name and what it is")]
    public async Task What_a_search_leaves_out_is_said(string query, string words)
    {
        await using PageHost host = await PageHost.StartAsync();

        Assert.Contains(words, await host.TextAsync($"people?{query}"), StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"note\"", (await host.GetAsync("/s/helpdesk/people?category=birds&tasks=&name=")).Html,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_field_that_was_asked_for_stands_first_and_the_others_by_paid_tasks()
    {
        await using PageHost host = await PageHost.StartAsync();
        string text = await host.TextAsync("people?category=homework");

        Assert.Contains(
            "homework: reputation at least 34.3 % work/translation: 3 paid tasks moderation: reputation at least 84.3 %", text,
            StringComparison.Ordinal);
        Assert.Contains("says: language de and fr", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("polls/0x00")]
    [InlineData("jobs/0x00")]
    [InlineData("batches/0x00")]
    [InlineData("accounts/0x00")]
    [InlineData("receipts/99999")]
    public async Task What_a_space_does_not_have_leads_back_to_the_space(string path)
    {
        await using PageHost host = await PageHost.StartAsync();
        (HttpResponseMessage answer, string html) = await host.GetAsync($"/s/helpdesk/{path}");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("href=\"/s/helpdesk\">Back to helpdesk", html, StringComparison.Ordinal);
    }

    // The sample's closed poll is the case of a job.
    private static PollView Plain(PollView poll) => poll with { Job = null };

    private static async Task<string> TextAsync(Func<SampleReader, PollView> poll)
    {
        await using PageHost host = await PageHost.StartAsync();
        PollView shown = poll(host.Reader);
        host.Reader.More.Add(shown);
        return await host.TextAsync($"polls/{shown.Id}");
    }
}
