namespace ChainSpace.Tests.Web;

public sealed class JobPageTests
{
    [Fact]
    public async Task Work_that_waits_for_a_decision_says_when_silence_accepts_it()
    {
        string text = await TextAsync(static jobs => jobs.Review.Id);

        Assert.Contains("1 to be decided on, 1 applicant", text, StringComparison.Ordinal);
        Assert.Contains("Silence counts as accepted in 1 hour", text, StringComparison.Ordinal);
        Assert.Contains("The last: 17 of 20 hidden tests passed", text, StringComparison.Ordinal);
        Assert.Contains("Sent back 1 of 2 times", text, StringComparison.Ordinal);
        Assert.Contains("the requester offers 60 %, the worker has not said", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Milestones_add_up_to_the_reward_and_say_who_decided()
    {
        string text = await TextAsync(static jobs => jobs.Review.Id);

        // 40 % of 80.01 is rounded down; the last milestone has what is left.
        Assert.Contains("1 (40 %) 32.00 PLAY 100 %, accepted by silence", text, StringComparison.Ordinal);
        Assert.Contains("2 (60 %) 48.01 PLAY not decided", text, StringComparison.Ordinal);
        Assert.Contains("Locked for workers 128.02 PLAY", text, StringComparison.Ordinal);
        Assert.Contains("Bond of a worker 9.61 PLAY", text, StringComparison.Ordinal);
        Assert.Contains("Pay per hour 8.00 PLAY", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_requesters_record_stands_on_the_page_of_each_job()
    {
        string text = await TextAsync(static jobs => jobs.Review.Id);

        Assert.Contains("Declined 3 of 14 submissions (21.4 %)", text, StringComparison.Ordinal);
        Assert.Contains("Of the declines 1 stood and 1 was overturned", text, StringComparison.Ordinal);
        Assert.Contains("within 6 hours", text, StringComparison.Ordinal);
        Assert.Contains("4.2 of 5", text, StringComparison.Ordinal);
        Assert.Contains("No record yet", await TextAsync(static jobs => jobs.Untaken.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_come_next_leaves_out_what_is_over()
    {
        string text = await TextAsync(static jobs => jobs.Review.Id);

        Assert.Contains("The requester may accept the work of", text, StringComparison.Ordinal);
        Assert.Contains("Whoever meets the terms may apply", text, StringComparison.Ordinal);
        Assert.DoesNotContain("may rate", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_declined_submission_has_its_reason_and_leads_to_its_case()
    {
        await using PageHost host = await PageHost.StartAsync();
        (_, string html) = await host.GetAsync($"/s/helpdesk/jobs/{host.Reader.Jobs.Declined.Id}");

        Assert.Contains("Declined as <strong>incomplete</strong>", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/s/helpdesk/polls/{host.Reader.Closed.Id}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_was_handed_in_is_shown_with_what_became_of_it()
    {
        string text = await TextAsync(static jobs => jobs.Review.Id), ended = await TextAsync(static jobs => jobs.Ended.Id);

        Assert.Contains("Handed in 104 times", text, StringComparison.Ordinal);
        Assert.Contains("passed the check, sent back 2 0x1111…1111 bytes", text, StringComparison.Ordinal);
        Assert.Contains("failed the check 2 0x1111…1111 bytes", text, StringComparison.Ordinal);
        Assert.Contains("accepted by silence 1 0x1111…1111 bytes", text, StringComparison.Ordinal);
        Assert.Contains("These are the last 4; the journal has all of them", text, StringComparison.Ordinal);
        Assert.Contains("declined as wrong, decided by a jury: 50 %", ended, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_commitment_is_no_download_and_an_ended_job_shows_ratings_and_tests()
    {
        await using PageHost host = await PageHost.StartAsync();
        (_, string sealedWork) = await host.GetAsync($"/s/helpdesk/jobs/{host.Reader.Jobs.Contest.Id}");
        (_, string ended) = await host.GetAsync($"/s/helpdesk/jobs/{host.Reader.Jobs.Ended.Id}");

        Assert.DoesNotContain("/submissions/", sealedWork, StringComparison.Ordinal);
        Assert.Contains("/submissions/", ended, StringComparison.Ordinal);
        Assert.Contains("rating of the worker: 5 of 5", ended, StringComparison.Ordinal);
        Assert.Contains($"/jobs/{host.Reader.Jobs.Ended.Id}/tests", ended, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_jobs_goes_on_with_the_filter_it_began_with()
    {
        await using PageHost host = await PageHost.StartAsync();
        (_, string first) = await host.GetAsync("/s/helpdesk/jobs?state=open");
        (_, string last) = await host.GetAsync("/s/helpdesk/jobs?state=open&cursor=bW9yZQ");
        string none = await host.TextAsync($"jobs?account={SampleReader.Id(0, 9)}");

        Assert.Contains("href=\"/s/helpdesk/jobs?state=open&amp;cursor=bW9yZQ\"", first, StringComparison.Ordinal);
        Assert.DoesNotContain("Back to the first", first, StringComparison.Ordinal);
        Assert.DoesNotContain("Show more", last, StringComparison.Ordinal);
        Assert.Contains("href=\"/s/helpdesk/jobs?state=open\">Back to the first", last, StringComparison.Ordinal);
        Assert.Contains("No job of this space is like this", none, StringComparison.Ordinal);
    }

    private static async Task<string> TextAsync(Func<SampleJobs, string> id)
    {
        await using PageHost host = await PageHost.StartAsync();
        return await host.TextAsync($"jobs/{id(host.Reader.Jobs)}");
    }
}
