namespace ChainSpace.Tests.Web;

public sealed class SpacePageTests
{
    [Fact]
    public async Task Items_of_batches_do_not_stand_among_other_polls_unless_asked_for()
    {
        await using PageHost host = await PageHost.StartAsync();
        string all = await host.TextAsync("?items=all"), alone = await host.TextAsync("");

        Assert.Contains("item 3 of a batch", all, StringComparison.Ordinal);
        Assert.DoesNotContain("of a batch", alone, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_space_shows_its_newest_jobs_and_batches_beside_all_polls_only()
    {
        await using PageHost host = await PageHost.StartAsync();
        string front = await host.TextAsync(""), filtered = await host.TextAsync("?state=voting");

        Assert.Contains("Newest jobs", front, StringComparison.Ordinal);
        Assert.Contains("Translate the museum guide", front, StringComparison.Ordinal);
        Assert.Contains("3 of 5 items settled", front, StringComparison.Ordinal);
        Assert.DoesNotContain("Newest", filtered, StringComparison.Ordinal);
    }
}
