namespace ChainSpace.Tests.Web;

public sealed class BatchPageTests
{
    [Fact]
    public async Task A_batch_shows_how_far_it_is_and_what_it_pays_beside_the_least()
    {
        string text = await TextAsync(static tasks => $"batches/{tasks.Spam.Id}");

        Assert.Contains("3 of 5 items settled", text, StringComparison.Ordinal);
        Assert.Contains("Closed 2", text, StringComparison.Ordinal);
        Assert.Contains("Waiting for its group 1", text, StringComparison.Ordinal);
        Assert.Contains("1 of 3", text, StringComparison.Ordinal);
        Assert.Contains("41 seconds", text, StringComparison.Ordinal);
        Assert.Contains("8.78 PLAY", text, StringComparison.Ordinal);
        Assert.Contains("this node asks for 9.00 PLAY", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Confidence_belief_and_known_answers_stand_beside_each_answer()
    {
        string text = await TextAsync(static tasks => $"batches/{tasks.Spam.Id}");

        Assert.Contains("1 Comment 1 Spam 81 % 93 % 3 of 3 0.30 PLAY Spam ✓", text, StringComparison.Ordinal);
        Assert.Contains("Not spam ✕ (not as voted)", text, StringComparison.Ordinal);
        Assert.Contains("Inconclusive, leans to Not spam 55 % 60 %", text, StringComparison.Ordinal);
        Assert.Contains("4 Comment 4 Waiting for its group", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_has_every_item_once_and_keeps_commas_in_their_fields()
    {
        await using PageHost host = await PageHost.StartAsync();
        string address = $"/s/helpdesk/batches/{host.Reader.Tasks.Spam.Id}/results.csv";
        (HttpResponseMessage answer, string csv) = await host.GetAsync(address);

        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        string[] lines = csv.TrimEnd('\n').Split('\n');
        // The sample has two pages of the same items.
        Assert.Equal(1 + (2 * host.Reader.Tasks.Items.Length), lines.Length);
        Assert.Contains("\"Bo\"\"y, now, <b>bold</b>\",closed,Spam,,0.7800,0.9000,3,30,Not spam", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_without_items_says_what_is_not_known_yet()
    {
        string text = await TextAsync(static tasks => $"batches/{tasks.Fresh.Id}");

        Assert.Contains("No item yet", text, StringComparison.Ordinal);
        Assert.Contains("not known yet", text, StringComparison.Ordinal);
        Assert.DoesNotContain("As CSV", text, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<string> TextAsync(Func<SampleTasks, string> path)
    {
        await using PageHost host = await PageHost.StartAsync();
        return await host.TextAsync(path(host.Reader.Tasks));
    }
}
