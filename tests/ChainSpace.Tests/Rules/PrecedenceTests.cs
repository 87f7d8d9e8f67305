using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;

namespace ChainSpace.Tests.Rules;

/// <summary>Where several refusals apply, the first of these is given: a client may rely on it.</summary>
public sealed class PrecedenceTests
{
    [Fact]
    public void What_is_due_comes_before_everything_but_the_creation()
    {
        World world = World.Founded();
        TaskId poll = world.Post();
        Vote vote = new(world.By("anna"), poll, 0);
        world.Do(vote);
        world.Now += World.Day;
        Gives<Refusal.WrongGenesis>(world, world.Genesis());
        Gives<Refusal.TickDue>(world, vote);
        Gives<Refusal.TickDue>(world, new Vote(world.By("nobody") with { Expires = default }, poll, 9));
    }

    [Fact]
    public void A_stale_message_is_stale_even_if_it_is_in()
    {
        World world = World.Founded();
        Register register = new(world.By("anna"), [], "");
        world.Do(register);
        Gives<Refusal.AlreadyIn>(world, register);
        world.Now += World.Hour + 1;
        Gives<Refusal.Stale>(world, register);
        Gives<Refusal.Stale>(world, new Vote(new Header(World.Id("nobody"), 1, default), default, 0));
    }

    [Fact]
    public void A_repeat_comes_before_authority()
    {
        World world = World.Founded();
        TaskId poll = world.Post();
        world.Do(world.Delegation("anna", "phone"));
        Vote vote = new(world.By("anna"), poll, 0);
        world.Do(vote, World.SessionId("phone"));
        world.Do(new Revoke(world.By("anna"), World.SessionId("phone")));
        Assert.IsType<Refusal.AlreadyIn>(world.Apply(vote, World.SessionId("phone")));
        Assert.IsType<Refusal.NonceUsed>(world.Apply(vote with { Choice = 1 }, World.SessionId("phone")));
    }

    [Fact]
    public void Authority_comes_before_the_message_itself()
    {
        World world = World.Founded();
        Gives<Refusal.NotRegistered>(world, new Vote(world.By("nobody"), default, 0));
        Assert.IsType<Refusal.NotDelegated>(world.Apply(new Vote(world.By("anna"), default, 0), World.Id("ben")));
        world.Do(world.Delegation("anna", "phone", "post"));
        world.Now += World.Day + 1;
        Assert.IsType<Refusal.SessionOver>(world.Apply(new Vote(world.By("anna"), default, 0), World.SessionId("phone")));
        Gives<Refusal.OperatorOnly>(world, new Conclude(world.By("anna"), default, 0));
    }

    [Fact]
    public void The_stage_comes_before_the_voter_and_the_voter_before_the_vote()
    {
        World world = World.Founded();
        TaskId drawn = world.Post(terms: message => message with { Sample = 3 });
        Gives<Refusal.NotDrawnYet>(world, new Vote(world.By("rita"), drawn, 9));
        TaskId poll = world.PostSealed(terms: message => message with { Voters = "named", Named = [World.Id("anna")] });
        world.SealedVote("anna", poll, 0);
        Gives<Refusal.AlreadyVoted>(world, new Vote(world.By("anna"), poll, 9));
        Gives<Refusal.NotEligible>(world, new Vote(world.By("ben"), poll, 9));
        world.Do(new ClosePoll(world.By("rita"), poll));
        Gives<Refusal.PollClosed>(world, new Vote(world.By("anna"), poll, 9));
        Gives<Refusal.WrongVoting>(world, new Vote(world.By("anna"), world.PostSealed(), 9));
        Gives<Refusal.RequesterOnly>(world, new CancelPoll(world.By("anna"), poll));
    }

    [Fact]
    public void Terms_come_before_the_balance_and_a_session_s_limit_before_both()
    {
        World world = World.Founded();
        Gives<Refusal.InvalidTerm>(world, world.Terms() with { Reward = new Amount(5000), Options = 0 });
        world.Do(world.Delegation("rita", "phone", "post"));
        PostPoll dear = world.Terms() with { Reward = new Amount(5000), Options = 0 };
        Assert.IsType<Refusal.OverSpendingLimit>(world.Apply(dear, World.SessionId("phone")));
    }

    private static void Gives<T>(World world, Message message) => Assert.IsType<T>(world.Apply(message));
}
