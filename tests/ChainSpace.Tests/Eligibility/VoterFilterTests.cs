using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Eligibility;
using ChainSpace.Tests.Rules;
using CsCheck;

namespace ChainSpace.Tests.Eligibility;

public sealed class VoterFilterTests
{
    [Theory]
    [InlineData("country=DE", "country=DE", true)]
    [InlineData("country=DE", "country=AT", false)]
    [InlineData("country=DE", "", false)]
    [InlineData("country=DE|AT", "country=AT", true)]
    [InlineData("skill=writing", "skill=translation|writing", true)]
    [InlineData("skill=writ", "skill=translation|writing", false)]
    [InlineData("country=DE,skill=writing", "country=DE", false)]
    [InlineData("country=DE,skill=writing", "country=DE,skill=writing", true)]
    [InlineData("try=DE", "country=DE", false)]
    [InlineData("reputation>=0.0", "", true)]
    public void A_vote_is_taken_where_all_clauses_hold(string filter, string attributes, bool isTaken)
    {
        World world = World.Founded();
        world.Do(new Register(world.By("anna"), [], attributes));
        TaskId poll = world.Post(terms: message => message with { Voters = filter });
        Assert.Equal(isTaken, world.Apply(new Vote(world.By("anna"), poll, 0)) is null);
    }

    [Fact]
    public void A_reputation_opens_polls_once_it_is_earned_and_closes_them_when_it_has_faded()
    {
        World world = World.Founded();
        for (int round = 0; round < 12; round++)
        {
            TaskId earning = world.Post();
            foreach (string voter in new[] { "anna", "ben", "cleo" }) world.Vote(voter, earning, 1);
        }

        TaskId poll = world.Post(terms: message => message with { Voters = "reputation>=0.7" });
        Assert.Null(world.Apply(new Vote(world.By("anna"), poll, 0)));
        TaskId elsewhere = world.Post(terms: message => message with { Voters = "reputation>=0.7", Category = "fish" });
        Assert.Equal(new Refusal.NotEligible("reputation>=0.7"), world.Apply(new Vote(world.By("anna"), elsewhere, 0)));
        world.Tick(World.Day);
        world.Tick(300 * World.Day);
        TaskId later = world.Post(terms: message => message with { Voters = "reputation>=0.7" });
        Assert.IsType<Refusal.NotEligible>(world.Apply(new Vote(world.By("anna"), later, 0)));
    }

    [Theory]
    [InlineData("reputation:work/translation>=0.9", true)]
    [InlineData("receipts:work/translation>=20", true)]
    [InlineData("receipts:translation>=20", true)]
    [InlineData("receipts:work/>=20", false)]
    [InlineData("receipts:/translation>=20", false)]
    [InlineData("receipts:work/" + "work/translation>=20", false)]
    [InlineData("receipts:vote/translation>=20", false)]
    [InlineData("receipts:work/Translation>=20", false)]
    [InlineData("receipts:work/123456789012345678901234567890123>=20", false)]
    public void A_category_is_one_of_polls_or_of_jobs(string filter, bool isRead) =>
        Assert.Equal(isRead, VoterFilter.TryRead(filter) is not null);

    [Fact]
    public void No_text_whatever_makes_the_reader_fail() => Gen.String[Gen.Char["ae=|,>0.9 "], 0, 40].Sample(text =>
    {
        if (VoterFilter.TryRead(text) is not { } filter) return;
        Assert.NotEmpty(filter.Clauses);
        Assert.Equal(text.Count(static c => c == ',') + 1, filter.Clauses.Length);
    });
}
