using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Tests.Rules;

namespace ChainSpace.Tests.Accounts;

public sealed class SessionTests
{
    [Fact]
    public void A_session_may_do_what_it_was_given_until_its_last_moment()
    {
        World world = World.Founded();
        TaskId poll = world.Post(terms: message => message with { Deadline = new Moment(world.Now + 2 * World.Day) });
        world.Do(world.Delegation("anna", "phone"));
        world.Now += World.Day;
        world.Do(new Vote(world.By("anna"), poll, 0), World.SessionId("phone"));
        world.Now += 1;
        Vote late = new(world.By("anna"), poll, 1);
        Assert.IsType<Refusal.SessionOver>(world.Apply(late, World.SessionId("phone")));
    }

    [Fact]
    public void A_session_locks_no_more_than_its_limit_in_all()
    {
        World world = World.Founded();
        world.Do(world.Delegation("rita", "phone", "post"));
        world.Do(world.Terms() with { Reward = new Amount(12) }, World.SessionId("phone"));
        Refusal? refusal = world.Apply(world.Terms() with { Reward = new Amount(9) }, World.SessionId("phone"));
        Assert.Equal(new Refusal.OverSpendingLimit(new Amount(8)), refusal);
        world.Do(world.Terms() with { Reward = new Amount(8) }, World.SessionId("phone"));
        world.Do(world.Terms() with { Reward = new Amount(9) });
    }

    [Fact]
    public void A_revoked_session_may_nothing()
    {
        World world = World.Founded();
        world.Do(world.Delegation("anna", "phone"));
        world.Do(new Revoke(world.By("anna"), World.SessionId("phone")));
        Vote vote = new(world.By("anna"), world.Post(), 0);
        Assert.IsType<Refusal.NotDelegated>(world.Apply(vote, World.SessionId("phone")));
    }

    [Fact]
    public void An_account_holds_twenty_sessions_renews_any_and_forgets_lapsed_ones()
    {
        World world = World.Founded();
        for (int number = 0; number < 20; number++) world.Do(world.Delegation("anna", $"phone {number}"));
        Assert.IsType<Refusal.InvalidTerm>(world.Apply(world.Delegation("anna", "one more")));
        world.Do(world.Delegation("anna", "phone 7", "post"));
        Assert.Equal("post", world.Account("anna").Sessions[World.SessionId("phone 7")].Scopes);
        world.Now += World.Day + 1;
        world.Do(world.Delegation("anna", "one more"));
        Assert.Single(world.Account("anna").Sessions);
    }

    [Fact]
    public void A_session_of_one_account_speaks_for_no_other()
    {
        World world = World.Founded();
        world.Do(world.Delegation("anna", "phone"));
        Vote vote = new(world.By("ben"), world.Post(), 0);
        Assert.IsType<Refusal.NotDelegated>(world.Apply(vote, World.SessionId("phone")));
    }
}
