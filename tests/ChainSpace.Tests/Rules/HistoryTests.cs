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
        ["fund"] = static (world, refusal) =>
        {
            if (refusal is null) Shift(world, static amount => amount + new Amount(1));
        },
        ["deposit"] = static (world, _) =>
        {
            List<Fact> facts = (List<Fact>)world.Rules.Facts;
            int end = facts.FindIndex(static f => f is Fact.Ended { Votes: [var paid, ..] } && paid.Paid > Amount.Zero);
            if (end < 0) return;
            Fact.Ended ended = (Fact.Ended)facts[end];
            PaidVote first = ended.Votes[0] with { Lost = new Amount(1) };
            facts[end] = ended with { Votes = ended.Votes.SetItem(0, first), Refund = ended.Refund + new Amount(1) };
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
        ["in time"] = static (world, refusal) =>
        {
            if (refusal is null && world.Rules.Facts.Any(static fact => fact is Fact.Admitted))
                world.State.Now = new Moment(1L << 60);
        },
        ["admitted"] = static (world, _) =>
        {
            foreach (Poll poll in world.State.Polls.Where(static p => p.Terms.IsByAdmission && p.Stage is Stage.Voting))
                if (!poll.Terms.IsDrawn) AddStranger(world, poll);
                else poll.Stage = new Stage.Voting([World.Id("olga")]);
        },
        ["panel"] = static (world, _) =>
        {
            foreach (Poll poll in world.State.Polls.Where(static p => p.Stage is Stage.Voting))
                if (poll.Place is { Batch.Terms.HasPanel: true }) AddStranger(world, poll);
        },
        ["forgotten"] = static (world, _) =>
        {
            foreach (Poll poll in world.State.Polls.Where(static p => p.Terms.IsByAdmission && p.Stage is Stage.Ended))
                if (world.State.Admissions.CountIn(poll.Terms.Id) == 0)
                    world.State.Admissions.Add(poll.Terms.Id, World.Id("anna"), default);
        },
        ["anchored"] = static (world, _) =>
        {
            if (world.State.Priorities.Count > 0) world.State.AnchoredSize = (ulong)world.State.Size;
        },
        ["late"] = static (world, _) =>
        {
            if (world.State.ExpeditedBefore is { } before) world.State.Now = new Moment(before.Milliseconds + 1);
        },
        ["expedited"] = static (world, _) =>
        {
            Account stranger = new(World.Id("stranger"), 0, default);
            if (world.State.Priorities.Find(world.Account("anna")) is { } known)
                world.State.Priorities.Add(known with { Index = new EntryIndex(world.State.Size), Payer = stranger });
        },
        ["repeat"] = static (world, _) => world.State.Nonces.Forget(new Moment(long.MaxValue)),
    };

    // Where no other law notices the vote as well: it neither lacks a deposit nor tells what is sealed.
    private static void AddStranger(World world, Poll poll)
    {
        if (poll.Terms.Message.Deposit == Amount.Zero && !poll.Terms.IsSealed)
            poll.Ballots.Add(new Ballot(world.Account("olga"), default, 0, default, default));
    }

    [Fact]
    public void Every_law_holds_after_every_step() =>
        Gen.Select(Act.Any.Array[0, Length], Gen.Bool).Sample(
            static (acts, isOnChain) => { Run(acts, isOnChain: isOnChain); }, iter: History.Iterations);

    [Fact]
    public void The_same_history_gives_the_same_state() => Gen.Select(Act.Any.Array[0, Length], Gen.Bool).Sample(
        static (acts, isOnChain) => Assert.Equal(
            Run(acts, isOnChain: isOnChain).Dump(), Run(acts, isOnChain: isOnChain).Dump()),
        iter: 50);

    /// <summary>A law that cannot fail says nothing: each is broken on purpose, and must complain by its own name.</summary>
    [Fact]
    public void Each_law_notices_its_bug()
    {
        foreach ((string law, Action<World, Refusal?> bug) in Bugs)
        {
            HashSet<string> complaints = [];
            for (int seed = 0; seed < 40; seed++)
            {
                (Act[] acts, bool isOnChain) = (Acts(seed), seed % 2 == 1);
                if (Record.Exception(() => Run(acts, bug, isOnChain)) is { } caught) complaints.Add(caught.Message);
            }

            Assert.Contains($"{law} does not hold", complaints);
        }
    }

    [Fact]
    public void Each_law_has_a_bug()
    {
        HashSet<string> laws = [];
        for (int seed = 0; seed < 40; seed++)
        {
            History history = new(isOnChain: seed % 2 == 1);
            Invariants invariants = new(history);
            foreach (Act act in Acts(seed)) invariants.Check(history.Step(act), act);
            laws.UnionWith(invariants.Laws);
        }

        Assert.Equal(laws.Order(), Bugs.Keys.Order());
    }

    [Fact]
    public void Histories_reach_every_stage_and_outcome()
    {
        HashSet<string> seen = [];
        for (int seed = 0; seed < 1_000; seed++)
        {
            History history = new(isOnChain: seed % 3 == 0);
            foreach (Act act in Acts(seed))
            {
                (int open, ulong anchored) = (history.World.State.Priorities.Count, history.World.State.AnchoredSize);
                Refusal? refusal = history.Step(act);
                if (history.World.State.Priorities.Count < open)
                    seen.Add(history.World.State.AnchoredSize > anchored ? "paid for an anchor" : "given back");
                seen.Add(refusal is null ? "accepted" : refusal.GetType().Name);
                foreach (Fact fact in history.World.Rules.Facts)
                    if (fact is Fact.Ended { Outcome: { } outcome }) Note(seen, (Fact.Ended)fact);
                    else if (fact is Fact.SeatsChanged { Seated.IsEmpty: false } seats && IsGathered(history, seats.Poll))
                        seen.Add("seats of the admitted");
                    else if (fact is Fact.StageChanged { Stage: { } stage }) seen.Add(stage.GetType().Name);
            }
        }

        string[] expected =
        [
            "Voting", "Drawing", "Opening", "Raffle", "Waiting", "seats of the admitted", "BatchClosed", "UnknownBatch",
            "Cancelled Cancelled", "Closed Confidence", "Closed Deadline", "Closed Hand",
            "Closed Height", "Closed Maximum", "Expired Deadline", "Inconclusive Maximum", "Inconclusive Deadline",
            "AlreadyIn", "AlreadyVoted", "ConfidenceNotProven", "HasVotes", "NotDelegated", "NotDrawnYet", "NotEligible",
            "NotRegistered", "OutOfScope", "OverBalance", "PollClosed", "TickDue", "UnknownPoll", "WrongBlock", "WrongOpening",
            "AlreadyExpedited", "OverSpendingLimit", "RequesterOnly", "lost deposit", "InvalidTerm",
            "NothingNew", "WrongAnchor", "paid for an anchor", "given back",
        ];
        Assert.Empty(expected.Except(seen));
    }

    private static bool IsGathered(History history, TaskId poll) =>
        history.World.State.FindPoll(poll) is { Terms.IsByAdmission: true };

    private static void Note(HashSet<string> seen, Fact.Ended ended)
    {
        seen.Add($"{ended.Outcome.Kind} {ended.Outcome.Reason}");
        if (ended.Fund > Amount.Zero) seen.Add("lost deposit");
    }

    private static World Run(Act[] acts, Action<World, Refusal?>? bug = null, bool isOnChain = false)
    {
        History history = new(isOnChain);
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

    // From a purse into the fund, so that the supply is right and only the fund is wrong.
    private static void Shift(World world, Func<Amount, Amount> change)
    {
        Account? rich = world.State.Accounts.FirstOrDefault(static account => account.Balance.Available > Amount.Zero);
        if (rich is null) return;
        rich.Balance = rich.Balance with { Available = rich.Balance.Available - new Amount(1) };
        world.State.Fund = change(world.State.Fund);
    }

    private static bool IsSecret(Poll poll) => poll.Terms.IsSealed && poll.Stage is Stage.Voting && poll.Ballots.Count > 0;
}
