namespace ChainSpace.Tests.Settlement;

public sealed class MoneyStoryTests
{
    [Fact]
    public async Task A_world_begins()
    {
        await using MoneyWorld world = await MoneyWorld.BeginAsync();
        Assert.Empty(await world.BrokenAsync(isCalm: true));
    }
}
