using System.Text.Json;

namespace ChainSpace.Tests.Commands;

public sealed class DemoTests
{
    private static readonly string[] _endings = ["cancelled", "closed", "expired", "inconclusive", "voting"];

    [Fact]
    public async Task A_fresh_demo_has_polls_of_all_outcomes_and_a_second_start_adds_none()
    {
        await using Machine machine = new();
        await machine.UpAsync();
        JsonElement[] polls = await ToldAsync(machine);

        Assert.Equal(_endings, Values(polls, "state"));
        Assert.Equal(["equal", "lottery", "majority"], Values(polls.Where(static each => Outcome(each) is not null), "payout"));
        Assert.Contains(polls, static each => Outcome(each)?.GetProperty("reason").GetString() == "confidence");
        Assert.True(polls.Count(static each => Outcome(each) is null) >= 3);
        Assert.All(polls, static each => Assert.EndsWith("(demo)", Title(each), StringComparison.Ordinal));

        await machine.KillAsync();
        await machine.UpAsync();
        await Task.Delay(2_000);
        Assert.Equal(Ids(polls), Ids(await PollsAsync(machine)));
    }

    private static async Task<JsonElement[]> ToldAsync(Machine machine)
    {
        for (int tries = 0; tries < 120; tries++)
        {
            JsonElement[] polls = await PollsAsync(machine);
            bool isTold = polls.Length == 13 && polls[0].GetProperty("votes").GetInt32() == 3
                && polls.Count(static each => Outcome(each) is null) == 4;
            if (isTold) return polls;
            await Task.Delay(250);
        }

        throw new TimeoutException("The demo was not told to its end.");
    }

    private static async Task<JsonElement[]> PollsAsync(Machine machine) =>
        [.. (await machine.JsonAsync("show")).GetProperty("polls").EnumerateArray()];

    private static string? Title(JsonElement poll) => poll.GetProperty("content").GetProperty("title").GetString();

    private static JsonElement? Outcome(JsonElement poll) =>
        poll.TryGetProperty("outcome", out JsonElement outcome) ? outcome : null;

    private static IEnumerable<string?> Values(IEnumerable<JsonElement> polls, string name) =>
        polls.Select(each => each.GetProperty(name).GetString()).Distinct().Order(StringComparer.Ordinal);

    private static string[] Ids(JsonElement[] polls) => [.. polls.Select(static each => each.GetProperty("id").GetString()!)];
}
