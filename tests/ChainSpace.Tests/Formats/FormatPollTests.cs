using ChainSpace.Protocol.Formats;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Polls;
using ChainSpace.Tests.Rules;

namespace ChainSpace.Tests.Formats;

/// <summary>Polls of each format from posting to payment.</summary>
public sealed class FormatPollTests
{
    private static readonly string[] Voters = ["anna", "ben", "cleo"];

    [Fact]
    public void Labels_that_most_set_are_the_answer_and_who_set_half_of_them_is_paid()
    {
        (World world, Outcome outcome) = Asked("labels", 4, "0+2", "0+2+3", "1");
        Assert.Equal("0+2", Written("labels", 4, outcome));
        Assert.Equal([2, 1, 2, 1], outcome.Count.PerOption);
        Assert.Equal((6, 6, 0), Earned(world));
    }

    [Fact]
    public void Nobody_need_name_what_none_of_them_is_by_most()
    {
        (_, Outcome outcome) = Asked("multiple", 3, "0", "1", "2");
        Assert.Equal("-", Written("multiple", 3, outcome));
    }

    [Fact]
    public void The_middle_grade_is_the_answer_where_none_has_most_votes()
    {
        (World world, Outcome outcome) = Asked("ordinal", 5, "4", "0", "3");
        Assert.Equal(3, outcome.Count.Answer);
        Assert.Equal((0, 0, 12), Earned(world));
    }

    [Fact]
    public void One_wild_number_moves_nothing()
    {
        (World world, Outcome outcome) = Asked("number:0..1000/0.5~2", 0, "100.5", "1000", "101.5");
        Assert.Equal("101.5", Written("number:0..1000/0.5~2", 0, outcome));
        Assert.Equal((6, 0, 6), Earned(world));
    }

    [Fact]
    public void The_order_that_most_pairs_favour_is_the_answer()
    {
        (World world, Outcome outcome) = Asked("ranking", 4, "2>0>1>3", "2>0>3>1", "3>1>0>2");
        Assert.StartsWith("2>0", Written("ranking", 4, outcome), StringComparison.Ordinal);
        Assert.Equal(0, Earned(world).Item3);
    }

    [Fact]
    public void Comparisons_add_up_to_an_order()
    {
        (World world, Outcome outcome) = Asked("pairwise", 3, "2>0", "0>1", "2>1");
        Assert.Equal("2>0>1", Written("pairwise", 3, outcome));
        Assert.Equal((4, 4, 4), Earned(world));
    }

    [Fact]
    public void An_opinion_is_no_evidence_of_skill()
    {
        (World world, Outcome outcome) = Asked("opinion", 2, "1@60", "1@70", "0@40");
        Assert.Equal(1, outcome.Count.Answer);
        Assert.Equal((6, 6, 0), Earned(world));
        Assert.Empty(world.Account("anna").Reputation);
    }

    [Fact]
    public void A_voter_gains_by_nearness_to_what_the_others_say()
    {
        (World world, _) = Asked("number:0..100/1~5", 0, "50", "50", "90");
        Assert.True(world.Account("anna").EvidenceIn("cats").Mean > world.Account("cleo").EvidenceIn("cats").Mean);
    }

    [Fact]
    public void An_answer_of_another_form_is_refused_when_open_and_spoiled_when_sealed()
    {
        World world = World.Founded();
        var poll = world.Post(terms: static m => m with { Format = "labels", Options = 3 });
        Assert.IsType<Refusal.NoSuchAnswer>(world.Apply(new Vote(world.By("anna"), poll, 8)));
        var hidden = world.PostSealed(terms: static m => m with { Format = "labels", Options = 3, Maximum = 2 });
        world.SealedVote("anna", hidden, 8);
        world.SealedVote("ben", hidden, 5);
        world.Open(hidden);
        Assert.Equal((1, 5), (world.Outcome(hidden).Count.Votes, world.Outcome(hidden).Count.Answer));
    }

    [Fact]
    public void Numbers_that_lie_close_close_the_poll_early()
    {
        World world = World.Founded();
        var poll = world.Post(maximum: 4, terms: static m => m with
        {
            Format = "number:0..100/1~5",
            Options = 0,
            Confidence = 9000,
            Aggregation = "weighted",
        });
        world.Vote("anna", poll, 50);
        Assert.IsType<Stage.Voting>(world.Poll(poll).Stage);
        world.Vote("ben", poll, 51);
        Assert.Equal(EndReason.Confidence, world.Outcome(poll).Reason);
    }

    private static (World World, Outcome Outcome) Asked(string format, uint options, params string[] answers)
    {
        World world = World.Founded();
        var poll = world.Post(12, 3, m => m with { Format = format, Options = options, Category = "cats" });
        ResponseFormat read = ResponseFormat.TryRead(format, options)!;
        foreach ((string voter, string answer) in Voters.Zip(answers))
            world.Vote(voter, poll, read.Read(answer)!.Value);
        return (world, world.Outcome(poll));
    }

    private static string Written(string format, uint options, Outcome outcome) =>
        ResponseFormat.TryRead(format, options)!.WriteConsensus(outcome.Count.Answer!.Value);

    private static (int, int, int) Earned(World world) =>
        ((int)world.Earned("anna"), (int)world.Earned("ben"), (int)world.Earned("cleo"));
}
