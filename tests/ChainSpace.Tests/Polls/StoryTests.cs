using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Tests.Rules;

namespace ChainSpace.Tests.Polls;

/// <summary>docs/polls.md as it happens. Read the .snap files beside this one.</summary>
public sealed class StoryTests
{
    [Fact]
    public void Closed() => Snapshot.Matches(string.Concat(
        new Story().Titled("at the maximum; majority pay").Posted(Same)
            .Votes("anna", 0).Votes("ben", 1).Votes("cleo", 0).Votes("anna", 0),
        new Story().Titled("at the maximum; equal pay, remainder to the first")
            .Posted(m => m with { Payout = "equal", Reward = new(14) })
            .Votes("anna", 0).Votes("ben", 1).Votes("cleo", 0),
        new Story().Titled("at the confidence").Posted(m => Confident(m) with { Maximum = 10 })
            .Votes("anna", 1).Votes("ben", 1).Votes("cleo", 1),
        new Story().Titled("at the deadline").Posted(Same).Votes("anna", 0).After(24 * 60 * World.Minute).Votes("ben", 0),
        new Story().Titled("at a block").Posted(m => m with { Height = 2 }).Votes("anna", 0).Blocks().Votes("ben", 0)
            .Blocks().Votes("cleo", 1),
        new Story().Titled("by hand").Posted(Same).Votes("anna", 0).Closes().Closes().Cancels(),
        new Story().Titled("lottery").Posted(m => m with { Payout = "lottery" })
            .Votes("anna", 0).Votes("ben", 1).Votes("cleo", 0).Blocks(),
        new Story().Titled("let go after a week").Posted(Same).Votes("anna", 0).Closes().Votes("ben", 0)
            .After(7 * World.Day).Votes("ben", 0)));

    [Fact]
    public void Inconclusive() => Snapshot.Matches(string.Concat(
        new Story().Titled("tie, equal").Posted(m => m with { Maximum = 2 }).Votes("anna", 0).Votes("ben", 1),
        new Story().Titled("tie, refund").Posted(m => m with { Maximum = 2, Inconclusive = "refund" })
            .Votes("anna", 0).Votes("ben", 1),
        new Story().Titled("tie by hand is no refund").Posted(m => m with { Inconclusive = "refund" })
            .Votes("anna", 0).Votes("ben", 1).Closes(),
        new Story().Titled("tie of equal weights").Posted(m => m with { Maximum = 2, Aggregation = "weighted" })
            .Votes("anna", 1).Votes("ben", 0),
        new Story().Titled("target missed, equal").Posted(Confident).Votes("anna", 0).Votes("ben", 0).Votes("cleo", 1),
        new Story().Titled("target missed, refund").Posted(m => Confident(m) with { Inconclusive = "refund" })
            .Votes("anna", 0).Votes("ben", 0).Votes("cleo", 1),
        new Story().Titled("a tied lottery is shared").Posted(m => m with { Payout = "lottery", Maximum = 2 })
            .Votes("anna", 0).Votes("ben", 1)));

    [Fact]
    public void Expired_and_cancelled() => Snapshot.Matches(string.Concat(
        new Story().Titled("nobody came").Posted(Same).After(World.Day),
        new Story().Titled("too few came").Posted(m => m with { Minimum = 3, Reward = new(14) })
            .Votes("anna", 0).Votes("ben", 0).After(World.Day),
        new Story().Titled("too few when closed by hand").Posted(m => m with { Minimum = 2 }).Votes("anna", 0).Closes(),
        new Story().Titled("cancelled").Posted(Same).Cancels().Votes("anna", 0),
        new Story().Titled("not after a vote").Posted(Same).Votes("anna", 0).Cancels(),
        new Story().Titled("cancelled while drawing").Posted(m => m with { Sample = 3 }).Cancels().Blocks(),
        new Story().Titled("the deadline while drawing").Posted(m => m with { Sample = 3 }).After(World.Day).Blocks()));

    [Fact]
    public void Drawn() => Snapshot.Matches(string.Concat(
        new Story().Titled("three seats of five accounts").Posted(m => m with { Sample = 3 }).Votes("anna", 0).Blocks()
            .Votes("anna", 0).Votes("ben", 0).Votes("cleo", 0).Votes("olga", 0),
        new Story().Titled("fewer eligible than the minimum")
            .Posted(m => m with { Sample = 3, Minimum = 2, Voters = "country=DE" })
            .Blocks().Votes("anna", 0).After(World.Day),
        new Story().Titled("drawn among the named").Posted(m => m with { Sample = 3, Voters = "named", Named = Named })
            .Blocks().Votes("anna", 0).Votes("cleo", 0)));

    [Fact]
    public void Sealed() => Snapshot.Matches(string.Concat(
        new Story().Titled("opened at the maximum").Posted(Secret)
            .Seals("anna", 0).Seals("ben", 0).Seals("cleo", 1).Closes().OperatorOpens(),
        new Story().Titled("nobody voted").Posted(Secret).Closes(),
        new Story().Titled("concluded").Posted(m => Confident(Secret(m)) with { Maximum = 10 })
            .Seals("anna", 1).Concludes().Seals("ben", 1).Seals("cleo", 1).Concludes().OperatorOpens(),
        new Story().Titled("one vote opened by its voter").Posted(Secret)
            .Seals("anna", 0).Seals("ben", 1).Opens("ben").Closes().OperatorOpens("ben").Opens("anna").Opens("ben"),
        new Story().Titled("one vote never opened").Posted(Secret)
            .Seals("anna", 0).Seals("ben", 1).Closes().OperatorOpens("ben").After(10 * World.Minute),
        new Story().Titled("the operator opens none").Posted(Secret)
            .Seals("anna", 0).Seals("ben", 1).Closes().Opens("ben").After(World.Day)));

    private static System.Collections.Immutable.ImmutableArray<AccountId> Named =>
        [.. new List<AccountId> { World.Id("anna"), World.Id("ben") }.Order()];

    private static PostPoll Same(PostPoll message) => message;

    private static PostPoll Secret(PostPoll message) => message with { Voting = "sealed" };

    private static PostPoll Confident(PostPoll message) => message with { Aggregation = "weighted", Confidence = 9500 };
}
