using ChainSpace.Protocol;
using ChainSpace.Rules;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.Reputation;
using CsCheck;

namespace ChainSpace.Tests.Rules;

public sealed class HistoryTests
{
    private const int Length = 120;

    /// <summary>A bug done to the state behind the rules' back, and the law that must notice.</summary>
    private static readonly Dictionary<string, Action<World, Refusal?>> Bugs = new()
    {
        ["refusal"] = static (world, refusal) => world.State.Height += refusal is Refusal.OverBalance ? 1UL : 0,
        ["supply"] = static (world, _) => Rebalance(world, static b => b.Receive(new Amount(1))),
        ["escrow"] = static (world, _) => Rebalance(world, static b => b.Refund(new Amount(1))),
        ["earned"] = static (world, _) => Rebalance(
            world, static b => b with { Earned = default }),
        ["reputation"] = static (world, refusal) =>
        {
            Account anna = world.Account("anna");
            if (refusal is null && world.Rules.Facts.Count == 0)
                anna.Reputation = anna.Reputation.SetItem("birds", new Evidence(9, 0, world.State.Now));
        },
        ["payout"] = static (world, _) =>
        {
            List<Fact> facts = (List<Fact>)world.Rules.Facts;
            int end = facts.FindIndex(static f => f is Fact.Ended);
            if (end >= 0) facts[end] = (Fact.Ended)facts[end] with { Refund = new Amount(12345) };
        },
        ["ballots"] = static (world, _) =>
        {
            if (world.State.Polls.FirstOrDefault(static p => p.Stage is Stage.Ended) is { Ballots.Count: 0 } poll)
                poll.Ballots.Add(new Ballot(world.Account("anna"), default, 0, default, default));
        },
        ["secrecy"] = static (world, _) =>
        {
            if (world.State.Polls.FirstOrDefault(IsSecret) is { } poll) poll.Ballots.Open(0, [1]);
        },
        ["progress"] = static (world, _) =>
        {
            if (world.State.Polls.FirstOrDefault(static p => p.Stage is Stage.Voting) is { } poll)
                world.State.Move(poll, poll.Stage, null);
        },
        ["repeat"] = static (world, _) => world.State.Nonces.Forget(new Moment(long.MaxValue)),
    };

    [Fact]
    public void Every_law_holds_after_every_step() =>
        Act.Any.Array[0, Length].Sample(static acts => Run(acts), iter: History.Iterations);

    [Fact]
    public void The_same_history_gives_the_same_state() => Act.Any.Array[0, Length].Sample(
        static acts => Assert.Equal(Run(acts).Dump(), Run(acts).Dump()), iter: 50);

    /// <summary>A law that cannot fail says nothing: each is broken on purpose, and must complain by its own name.</summary>
    [Fact]
    public void Each_law_notices_its_bug()
    {
        foreach ((string law, Action<World, Refusal?> bug) in Bugs)
        {
            HashSet<string> complaints = [];
            for (int seed = 0; seed < 40; seed++)
            {
                Act[] acts = Acts(seed);
                if (Record.Exception(() => Run(acts, bug)) is { } caught) complaints.Add(caught.Message);
            }

            Assert.Contains($"{law} does not hold", complaints);
        }
    }

    [Fact]
    public void Histories_reach_every_stage_and_outcome()
    {
        HashSet<string> seen = [];
        for (int seed = 0; seed < 300; seed++)
        {
            History history = new();
            foreach (Act act in Acts(seed))
            {
                Refusal? refusal = history.Step(act);
                seen.Add(refusal is null ? "accepted" : refusal.GetType().Name);
                foreach (Fact fact in history.World.Rules.Facts)
                    if (fact is Fact.Ended { Outcome: { } outcome }) seen.Add($"{outcome.Kind} {outcome.Reason}");
                    else if (fact is Fact.StageChanged { Stage: { } stage }) seen.Add(stage.GetType().Name);
            }
        }

        string[] expected =
        [
            "Voting", "Opening", "Raffle", "Cancelled Cancelled", "Closed Confidence", "Closed Deadline", "Closed Hand",
            "Closed Height", "Closed Maximum", "Expired Deadline", "Inconclusive Maximum", "Inconclusive Deadline",
            "AlreadyIn", "AlreadyVoted", "ConfidenceNotProven", "HasVotes", "NotDelegated", "NotDrawnYet", "NotEligible",
            "NotRegistered", "OutOfScope", "OverBalance", "PollClosed", "TickDue", "UnknownPoll", "WrongBlock", "WrongOpening",
        ];
        Assert.Empty(expected.Except(seen));
    }

    private static World Run(Act[] acts, Action<World, Refusal?>? bug = null)
    {
        History history = new();
        Invariants invariants = new(history);
        foreach (Act act in acts)
        {
            Refusal? refusal = history.Step(act);
            bug?.Invoke(history.World, refusal);
            invariants.Check(refusal, act);
        }

        return history.World;
    }

    private static Act[] Acts(int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, Length).Select(_ => Next(random))];
    }

    private static Act Next(Random random) => new(random.Next(100), random.Next(8), random.Next(6), random.Next(1000));

    // Not where it would throw by itself, which would not test the law.
    private static void Rebalance(World world, Func<Balance, Balance> change)
    {
        foreach (Account account in world.State.Accounts)
            if (account.Balance is { Escrowed.Units: var locked, Earned.Units: var earned } && locked > 0 && earned > 0)
                account.Balance = change(account.Balance);
    }

    private static bool IsSecret(Poll poll) => poll.Terms.IsSealed && poll.Stage is Stage.Voting && poll.Ballots.Count > 0;
}
