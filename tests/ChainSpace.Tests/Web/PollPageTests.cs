using ChainSpace.Client.Reading;

namespace ChainSpace.Tests.Web;

public sealed class PollPageTests
{
    [Fact]
    public async Task Belief_stands_beside_a_confidence_that_rests_on_known_answers()
    {
        string text = await TextAsync(static reader => reader.Tasks.Items[1]);

        Assert.Contains("78 % certain", text, StringComparison.Ordinal);
        Assert.Contains("The votes alone point to Spam with 90 %; such polls of this requester were right in 78 %, by 40 known",
            text, StringComparison.Ordinal);
        Assert.Contains("has shown it: Not spam. The votes did not find it.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_known_answers_a_confidence_is_called_agreement() =>
        Assert.Contains("That is agreement", await TextAsync(static reader => reader.Closed), StringComparison.Ordinal);

    [Fact]
    public async Task What_the_votes_lean_to_is_not_called_the_answer()
    {
        string text = await TextAsync(static reader => reader.Tasks.Items[2]);

        Assert.Contains("Outcome Inconclusive", text, StringComparison.Ordinal);
        Assert.Contains("The votes lean to Not spam", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draw_shows_seats_quotas_and_how_to_repeat_it()
    {
        string text = await TextAsync(static reader => reader.Drawn);

        Assert.Contains("15 seats drawn by lot", text, StringComparison.Ordinal);
        Assert.Contains("1 has lapsed without a vote", text, StringComparison.Ordinal);
        Assert.Contains("A seat waits 2 hours for its vote", text, StringComparison.Ordinal);
        Assert.Contains("country AT or CH: 5", text, StringComparison.Ordinal);
        Assert.Contains("chainspace draw verify 0x020000d8", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Who_is_asked_and_why_is_said_in_words()
    {
        string text = await TextAsync(static reader => reader.Drawn);

        Assert.Contains("age at least 18 and reputation in music at least 0.8", text, StringComparison.Ordinal);
        Assert.Contains("The study compares grown-up listeners. <b>bold</b>", text, StringComparison.Ordinal);
        Assert.Contains("1/10 of the reward for each vote that earns", text, StringComparison.Ordinal);
        Assert.Contains("It takes 45 seconds, the requester says, which pays 100.00 PLAY", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_leads_back_to_its_job()
    {
        await using PageHost host = await PageHost.StartAsync();
        (_, string html) = await host.GetAsync($"/s/helpdesk/polls/{host.Reader.Closed.Id}");

        Assert.Contains(
            $"href=\"/s/helpdesk/jobs/{host.Reader.Jobs.Declined.Id}\">Translate the museum guide", html,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_names_its_batch_and_shows_what_all_items_have_in_common()
    {
        string text = await TextAsync(static reader => reader.Tasks.Items[3]);

        Assert.Contains("Item 4 of the batch Is it spam?", text, StringComparison.Ordinal);
        Assert.Contains("Advertising is spam, thanks are not.", text, StringComparison.Ordinal);
    }

    private static async Task<string> TextAsync(Func<SampleReader, PollView> poll)
    {
        await using PageHost host = await PageHost.StartAsync();
        return await host.TextAsync($"polls/{poll(host.Reader).Id}");
    }
}
