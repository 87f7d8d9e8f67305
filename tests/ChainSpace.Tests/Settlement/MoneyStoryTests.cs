using System.Globalization;

namespace ChainSpace.Tests.Settlement;

/// <summary>
/// Random histories of a real node, a real chain and real tokens. A failure says its seed and what happened;
/// SETTLEMENT_SEED repeats it, SETTLEMENT_STORIES and SETTLEMENT_STEPS make more and longer ones.
/// </summary>
public sealed class MoneyStoryTests
{
    [Fact]
    public Task Money_is_neither_lost_nor_made_whatever_fails_and_all_of_it_comes_out() =>
        TellAsync(1, static story => story.EndWellAsync());

    [Fact]
    public Task Everybody_gets_its_money_without_the_node() => TellAsync(2, static story => story.EndAloneAsync());

    private static async Task TellAsync(int salt, Func<MoneyStory, Task> end)
    {
        int stories = Number("SETTLEMENT_STORIES") ?? 1, steps = Number("SETTLEMENT_STEPS") ?? 18;
        for (int told = 0; told < stories; told++)
        {
            int seed = Number("SETTLEMENT_SEED") + told ?? Random.Shared.Next(1_000_000);
            await using MoneyStory story = await MoneyStory.BeginAsync(seed + salt);
            try
            {
                await story.GoOnAsync(steps);
                await end(story);
                TestContext.Current.TestOutputHelper?.WriteLine($"SETTLEMENT_SEED={seed}\n{story.Told}");
            }
            catch (Exception exception)
            {
                Assert.Fail($"SETTLEMENT_SEED={seed}\n{story.Told}\n{exception}");
            }
        }
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number) ? number : null;
}
