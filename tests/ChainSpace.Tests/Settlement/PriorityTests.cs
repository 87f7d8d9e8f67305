using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.Settlement;
using ChainSpace.Tests.Rules;

namespace ChainSpace.Tests.Settlement;

/// <summary>What is paid for an early anchor: who gets it, who gets it back, and when.</summary>
public sealed class PriorityTests
{
    private readonly World world = World.OnChain("wallet");

    [Fact]
    public void It_is_locked_until_it_is_decided()
    {
        world.Do(world.Expedited("anna", 70));
        Assert.Equal(Balance(available: 930, escrowed: 70), world.Account("anna").Balance);
        Assert.IsType<Refusal.OverBalance>(world.Apply(new Withdraw(world.By("anna"), new Amount(931))));
    }

    [Fact]
    public void An_anchor_in_time_pays_the_wallet_that_sent_it()
    {
        world.Do(world.Expedited("anna", 70));
        world.Now += World.Minute;
        world.Do(world.Anchored());
        Assert.Equal(Balance(available: 930), world.Account("anna").Balance);
        Assert.Equal(new Balance(new Amount(70), default, default) { Earned = new Amount(70) }, world.Account("wallet").Balance);
        Assert.Null(world.State.NextDue);
    }

    [Fact]
    public void The_wallet_has_an_account_by_what_it_earned_and_takes_it_out_by_its_own_key()
    {
        world.Do(world.Expedited("anna", 70));
        Assert.Null(world.State.FindAccount(World.Id("wallet")));
        world.Do(world.Anchored());
        Assert.Single(world.Rules.Facts.OfType<Fact.Registered>(), new Fact.Registered(World.Id("wallet"), ""));
        world.Do(new Withdraw(world.By("wallet"), new Amount(70)));
        Assert.Equal(70, PayoutLeaves.Of(world.State).Single(static leaf => leaf.Account == World.Id("wallet")).Net);
    }

    [Fact]
    public void A_missed_moment_gives_it_back_with_the_next_Tick()
    {
        world.Do(world.Expedited("anna", 70));
        world.Tick(World.Minute);
        Assert.Equal(Balance(available: 930, escrowed: 70), world.Account("anna").Balance);
        world.Tick(1);
        Assert.Equal(Balance(available: 1_000), world.Account("anna").Balance);
        world.Do(world.Anchored());
        Assert.Null(world.State.FindAccount(World.Id("wallet")));
    }

    [Fact]
    public void An_anchor_that_does_not_cover_its_entry_pays_nothing()
    {
        world.Do(world.Expedited("anna", 70));
        world.Do(world.Anchored() with { Size = (ulong)world.State.Size - 1 });
        Assert.Equal(new Amount(70), world.State.ExpeditedAmount);
        world.Do(world.Anchored());
        Assert.Equal(Amount.Zero, world.State.ExpeditedAmount);
    }

    [Fact]
    public void One_anchor_pays_all_that_it_covers_and_leaves_the_others()
    {
        world.Do(world.Expedited("anna", 1, within: 3 * World.Minute));
        world.Do(world.Expedited("ben", 20, within: World.Minute));
        ulong covered = (ulong)world.State.Size;
        world.Do(world.Expedited("cleo", 300, within: 2 * World.Minute));
        Assert.Equal((new Amount(321), Later(World.Minute)), (world.State.ExpeditedAmount, world.State.ExpeditedBefore));
        world.Do(world.Anchored() with { Size = covered });
        Assert.Equal((new Amount(300), Later(2 * World.Minute)), (world.State.ExpeditedAmount, world.State.ExpeditedBefore));
        Assert.Equal(21ul, world.Earned("wallet"));
        world.Tick(2 * World.Minute + 1);
        Assert.Null(world.State.ExpeditedBefore);
        Assert.Equal(Balance(available: 1_000), world.Account("cleo").Balance);
    }

    [Fact]
    public void What_is_late_comes_back_in_the_order_of_moment_and_entry()
    {
        world.Do(world.Expedited("cleo", 1, within: World.Minute));
        world.Do(world.Expedited("anna", 1, within: World.Minute));
        world.Do(world.Expedited("ben", 1, within: World.Minute - 1));
        world.Tick(World.Hour);
        Assert.Equal(
            ["ben", "cleo", "anna"],
            world.Rules.Facts.Cast<Fact.BalanceChanged>().Select(each => NameOf(each.Account)));
    }

    [Fact]
    public void A_poll_and_a_request_fall_due_in_one_Tick()
    {
        TaskId poll = world.Post(terms: terms => terms with { Deadline = Later(World.Minute) });
        world.Do(world.Expedited("anna", 70, within: 2 * World.Minute));
        world.Tick(World.Hour);
        Assert.Equal(EndReason.Deadline, world.Outcome(poll).Reason);
        Assert.Equal(Balance(available: 1_000), world.Account("anna").Balance);
        Assert.IsType<Refusal.NothingDue>(world.Apply(new Tick(world.By("olga"))));
    }

    [Fact]
    public void Whoever_pays_itself_has_what_it_had()
    {
        world.Do(world.Deposited("wallet", 500));
        world.Do(world.Expedited("wallet", 70));
        world.Do(world.Anchored());
        Assert.Equal(
            new Balance(new Amount(500), default, default) { Earned = new Amount(70), Received = new Amount(500) },
            world.Account("wallet").Balance);
    }

    [Fact]
    public void After_its_end_the_account_may_ask_again_and_the_bounds_are_in()
    {
        world.Do(world.Expedited("anna", 1, within: 1));
        world.Tick(2);
        world.Do(world.Expedited("anna", 1_000, within: 7 * World.Day));
    }

    private static Balance Balance(ulong available, ulong escrowed = 0) =>
        new(new Amount(available), new Amount(escrowed), default) { Received = new Amount(1_000) };

    private static string NameOf(AccountId account) =>
        ((string[])["anna", "ben", "cleo"]).Single(name => World.Id(name) == account);

    private Moment Later(long milliseconds) => new(world.Now + milliseconds);
}
