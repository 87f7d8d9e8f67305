using System.Collections.Concurrent;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Protocol.Settlement;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Settlement;
using ChainSpace.Tests.Rules;
using CsCheck;

namespace ChainSpace.Tests.Settlement;

/// <summary>What must hold of the money of a space on a chain, whatever was deposited, worked and withdrawn.</summary>
public sealed class MoneyTests
{
    private static readonly string[] People = ["rita", "anna", "ben", "cleo", "a stranger", "wallet"];

    private static readonly Gen<(int Act, int Who, int Amount)[]> Histories =
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, People.Length - 1], Gen.Int[1, 900]).Array[0, 40];

    [Fact]
    public void What_came_in_is_what_lies_there_or_was_taken_out() => Play(static (world, vault) =>
    {
        foreach (Account account in world.State.Accounts)
            Assert.Equal(vault.GetValueOrDefault(account.Id), account.Balance.Received.Units);
        Assert.Equal(vault.Values.Aggregate(UInt128.Zero, static (sum, each) => sum + each), world.State.Supply.Units);
    });

    [Fact]
    public void Nets_sum_to_zero_and_nobody_can_be_owed_less_than_nothing() => Play(static (world, vault) =>
    {
        PayoutLeaf[] leaves = [.. PayoutLeaves.Of(world.State)];
        Assert.Equal(Int128.Zero, leaves.Aggregate(Int128.Zero, static (sum, leaf) => sum + leaf.Net));
        foreach (PayoutLeaf leaf in leaves)
        {
            Int128 due = (Int128)vault.GetValueOrDefault(leaf.Account) + leaf.Net;
            Assert.True(due >= (Int128)leaf.Claimable.Units, $"{leaf} is due {due}.");
        }
    });

    [Fact]
    public void What_may_be_claimed_never_falls()
    {
        ConcurrentDictionary<(World, AccountId), Amount> before = [];
        Play((world, _) =>
        {
            foreach (PayoutLeaf leaf in PayoutLeaves.Of(world.State))
            {
                Assert.True(leaf.Claimable >= before.GetValueOrDefault((world, leaf.Account)));
                before[(world, leaf.Account)] = leaf.Claimable;
            }
        });
    }

    [Fact]
    public void A_total_told_twice_or_late_is_credited_once()
    {
        World world = World.OnChain();
        world.Do(world.Deposited("anna", 1_700));
        Assert.IsType<ChainSpace.Rules.Refusal.NothingNew>(world.Apply(world.Deposited("anna", 1_700)));
        Assert.IsType<ChainSpace.Rules.Refusal.NothingNew>(world.Apply(world.Deposited("anna", 1_200)));
        world.Do(world.Deposited("anna", 2_000));
        Assert.Equal((UInt128)2_000, world.Account("anna").Balance.Available.Units);
    }

    [Fact]
    public void Who_has_money_has_an_account_and_a_wallet_can_use_it_at_once()
    {
        World world = World.OnChain();
        world.Do(world.Deposited("a stranger", 12));
        TaskId poll = world.Post(terms: terms => terms with { Header = world.By("a stranger") });
        world.Vote("anna", poll, 0);
        Assert.Equal((UInt128)12, world.Account("a stranger").Balance.Escrowed.Units);
    }

    [Fact]
    public void What_was_earned_can_be_spent_and_withdrawn()
    {
        World world = World.OnChain();
        TaskId poll = world.Post(reward: 12, maximum: 1);
        world.Vote("anna", poll, 0);
        world.Do(new Withdraw(world.By("anna"), new Amount(1_005)));
        Assert.Equal(
            new Balance(new Amount(7), default, new Amount(1_005)) { Earned = new Amount(12), Received = new Amount(1_000) },
            world.Account("anna").Balance);
    }

    // Each act is said as it comes; what the rules refuse changes nothing, which the laws then see.
    private static void Play(Action<World, Dictionary<AccountId, UInt128>> law) => Histories.Sample(
        acts =>
        {
            World world = World.OnChain("wallet");
            Dictionary<AccountId, UInt128> vault = People[..4].ToDictionary(World.Id, static _ => (UInt128)1_000);
            foreach ((int act, int who, int amount) in acts)
            {
                Say(world, vault, (act, People[who], (ulong)amount));
                law(world, vault);
            }
        },
        iter: 100);

    private static void Say(World world, Dictionary<AccountId, UInt128> vault, (int Act, string Who, ulong Amount) said)
    {
        AccountId id = World.Id(said.Who);
        switch (said.Act)
        {
            case 0:
                vault[id] = vault.GetValueOrDefault(id) + said.Amount;
                world.Do(world.Deposited(said.Who, (ulong)vault[id]));
                break;
            case 1:
                world.Apply(new Withdraw(world.By(said.Who), new Amount(said.Amount)));
                break;
            case 2:
                world.Apply(world.Terms() with { Header = world.By(said.Who), Reward = new Amount(said.Amount), Maximum = 2 });
                break;
            case 3:
                world.Apply(world.Expedited(said.Who, said.Amount, within: (long)said.Amount * World.Minute));
                break;
            case 4:
                world.Apply(world.Anchored() with { Size = (ulong)world.State.Size - said.Amount % 3 });
                break;
            case 5:
                world.Tick((long)said.Amount * World.Minute / 2);
                break;
            default:
                foreach (TaskId poll in world.State.Polls.Select(static poll => poll.Terms.Id).Order())
                    world.Apply(new Vote(world.By(said.Who), poll, (uint)(said.Amount % 2)));
                break;
        }
    }
}
