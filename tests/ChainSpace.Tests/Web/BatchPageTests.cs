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

    [Fact]
    public async Task An_item_whose_panel_is_not_drawn_does_not_ask_for_votes()
    {
        string undrawn = await TextAsync(static tasks => $"polls/{tasks.Items[6].Id}");
        string voting = await TextAsync(static tasks => $"polls/{tasks.Items[4].Id}");

        Assert.DoesNotContain("chainspace vote", undrawn, StringComparison.Ordinal);
        Assert.Contains("chainspace vote", voting, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_panel_says_who_was_drawn_of_how_many_and_how_to_draw_it_again()
    {
        string drawn = await TextAsync(static tasks => $"batches/{tasks.Paneled.Id}");
        string undrawn = await TextAsync(static tasks => $"batches/{tasks.Undrawn.Id}");
        string none = await TextAsync(static tasks => $"batches/{tasks.Spam.Id}");

        Assert.Contains("18 accounts were drawn by lot among accounts with country DE or AT", drawn, StringComparison.Ordinal);
        Assert.Contains("There are 20 seats, but no more accounts could be drawn", drawn, StringComparison.Ordinal);
        Assert.Contains("country DE: 15", drawn, StringComparison.Ordinal);
        Assert.Contains("The first 2; all of them as JSON", drawn, StringComparison.Ordinal);
        Assert.Contains($"chainspace draw verify {SampleReader.Id(4, 4)[..10]}", drawn, StringComparison.Ordinal);
        Assert.Contains("20 accounts are drawn by lot among all accounts, by the next block", undrawn, StringComparison.Ordinal);
        Assert.DoesNotContain("draw verify", undrawn, StringComparison.Ordinal);
        Assert.DoesNotContain("The panel", none, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_is_answered_by_the_panel_of_its_batch_which_tells_of_known_answers()
    {
        string drawn = await TextAsync(static tasks => $"polls/{tasks.Items[5].Id}");
        string undrawn = await TextAsync(static tasks => $"polls/{tasks.Items[6].Id}");
        string batch = await TextAsync(static tasks => $"batches/{tasks.Paneled.Id}");

        Assert.Contains("The panel of its batch alone: 18 accounts drawn once by lot", drawn, StringComparison.Ordinal);
        Assert.Contains("Who may vote the 20 accounts drawn for its batch", drawn, StringComparison.Ordinal);
        Assert.Contains("once the next block has drawn it", undrawn, StringComparison.Ordinal);
        Assert.Contains("The requester has shown 3 known answers of this batch", drawn, StringComparison.Ordinal);
        Assert.Contains("The requester has shown 3 known answers of this batch", batch, StringComparison.Ordinal);
        Assert.Contains("has shown it: Spam. It teaches how the votes of the group are weighed", drawn, StringComparison.Ordinal);
        Assert.DoesNotContain("known answers of this batch", undrawn, StringComparison.Ordinal);
    }

    private static async Task<string> TextAsync(Func<SampleTasks, string> path)
    {
        await using PageHost host = await PageHost.StartAsync();
        return await host.TextAsync(path(host.Reader.Tasks));
    }
}
