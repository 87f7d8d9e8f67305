using System.Reflection;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Polls;
using ChainSpace.Tests.Jobs;
using static ChainSpace.Tests.Polls.ExtendTests;

namespace ChainSpace.Tests.Rules;

public sealed class RefusalTests
{
    private static readonly Dictionary<string, Func<World, Said>> Rows = new()
    {
        ["Stale"] = world => new Register(world.By("anna") with { Expires = new Moment(world.Now - 1) }, [], ""),
        ["ExpiresTooLate"] = world =>
            new Register(world.By("anna") with { Expires = new Moment(world.Now + World.Day + 1) }, [], ""),
        ["AlreadyIn"] = world => Done(world, new Register(world.By("anna"), [], "")),
        ["NonceUsed"] = world =>
        {
            Header header = Done(world, new Register(world.By("anna"), [], "")).Header;
            return new Register(header, [], "country=DE");
        },
        ["NotRegistered"] = world => new Vote(world.By("nobody"), world.Post(), 0),
        ["NotRegistered: receiver"] = world => new Credit(world.By("olga"), World.Id("nobody"), new Amount(1)),
        ["WrongKey"] = world => new Register(world.By("anna"), World.KeyOf("another"), ""),
        ["WrongKey: session"] = world => world.Delegation("anna", "phone") with { Key = [.. new byte[64]] },
        ["NotDelegated"] = world => new Said(new Vote(world.By("anna"), world.Post(), 0), World.SessionId("phone")),
        ["NotDelegated: newcomer"] = world => new Said(new Register(world.By("dora"), [], ""), World.SessionId("phone")),
        ["NotDelegated: revoked"] = world => new Revoke(world.By("anna"), World.SessionId("phone")),
        ["SessionOver"] = world =>
        {
            TaskId poll = world.Post(terms: message => message with { Deadline = new Moment(world.Now + 9 * World.Day) });
            world.Do(world.Delegation("anna", "phone"));
            world.Now += World.Day + 1;
            return new Said(new Vote(world.By("anna"), poll, 0), World.SessionId("phone"));
        },
        ["OutOfScope"] = world =>
        {
            world.Do(world.Delegation("rita", "phone"));
            return new Said(world.Terms(), World.SessionId("phone"));
        },
        ["OutOfScope: own key"] = world =>
        {
            world.Do(world.Delegation("rita", "phone", "account,post,vote"));
            return new Said(world.Delegation("rita", "tablet"), World.SessionId("phone"));
        },
        ["OverSpendingLimit"] = world =>
        {
            world.Do(world.Delegation("rita", "phone", "post"));
            return new Said(world.Terms() with { Reward = new Amount(21) }, World.SessionId("phone"));
        },
        ["OperatorOnly"] = world => new Credit(world.By("anna"), World.Id("anna"), new Amount(1)),
        ["RequesterOnly: cancel"] = world => new CancelPoll(world.By("anna"), world.Post()),
        ["RequesterOnly: extend"] = world => Extension(world, world.Post(), "anna"),
        ["OverBalance: extend"] = world => Extension(world, world.Post()) with { Reward = new Amount(1001) },
        ["UnknownPoll: extend"] = world => Extension(world, world.Post()) with { Poll = default },
        ["PollClosed: extend"] = world => Extension(world, Closed(world)),
        ["RequesterOnly: close"] = world => new ClosePoll(world.By("olga"), world.Post()),
        ["RequesterOnly: erase"] = world => new EraseContent(world.By("anna"), world.Post()),
        ["InvalidTerm"] = world => world.Terms() with { Options = 1 },
        ["OverBalance"] = world => world.Terms() with { Reward = new Amount(1001) },
        ["UnknownPoll"] = world => new Vote(world.By("anna"), default, 0),
        ["UnknownBatch"] = world => world.Terms() with { Batch = World.Hash("no batch") },
        ["UnknownBatch: close"] = world => new CloseBatch(world.By("rita"), default),
        ["BatchClosed"] = world =>
        {
            TaskId batch = world.PostBatch();
            world.Do(new CloseBatch(world.By("rita"), batch));
            return world.Terms() with { Batch = batch.Value };
        },
        ["BatchClosed: close"] = world => new CloseBatch(world.By("rita"), world.PostBatch(isClosed: true)),
        ["RequesterOnly: item"] = world => world.Terms("anna") with { Batch = world.PostBatch().Value },
        ["RequesterOnly: close batch"] = world => new CloseBatch(world.By("anna"), world.PostBatch()),
        ["PollClosed"] = world => new Vote(world.By("anna"), Closed(world), 0),
        ["PollClosed: cancel"] = world => new CancelPoll(world.By("rita"), Closed(world)),
        ["PollClosed: close"] = world => new ClosePoll(world.By("rita"), Closed(world)),
        ["PollClosed: conclude"] = world => new Conclude(world.By("olga"), Closed(world), 2),
        ["NotOpening"] = world => world.Opened("anna", world.PostSealed()),
        ["NotOpening: operator"] = world => world.Openings(world.PostSealed(), 0, 0),
        ["NotDrawnYet"] = world => new Vote(world.By("anna"), world.Post(terms: message => message with { Sample = 3 }), 0),
        ["HasVotes"] = world => new CancelPoll(world.By("rita"), Voted(world)),
        ["NotEligible: own"] = world => new Vote(world.By("rita"), world.Post(), 0),
        ["NotEligible: named"] = world => new Vote(
            world.By("anna"), world.Post(terms: message => message with { Voters = "named", Named = [World.Id("ben")] }), 0),
        ["NotEligible: drawn"] = world =>
        {
            TaskId poll = world.Post(terms: message => message with { Sample = 3 });
            world.Join("dora");
            world.Block();
            return new Vote(world.By("dora"), poll, 0);
        },
        ["NotDrawnYet: panel"] = world =>
            new Vote(world.By("anna"), world.PostItem(world.PostPanel(2), maximum: 2), 0),
        ["NotEligible: panel"] = world =>
        {
            TaskId item = world.PostItem(world.PostPanel(3));
            world.Join("dora");
            world.Block();
            return new Vote(world.By("dora"), item, 0);
        },
        ["NotEligible: country=DE"] = world =>
            new Vote(world.By("anna"), world.Post(terms: message => message with { Voters = "country=DE" }), 0),
        ["NotEligible: reputation>=0.5"] = world =>
            new Vote(world.By("anna"), world.Post(terms: message => message with { Voters = "reputation>=0.5" }), 0),
        ["NotEligible: admitted"] = world =>
            new Vote(world.By("anna"), world.Post(terms: message => message with { Voters = "admitted" }), 0),
        ["NotEligible: receipts>=1"] = world =>
            new Vote(world.By("anna"), world.Post(terms: message => message with { Voters = "receipts>=1" }), 0),
        ["NotEligible: voted"] = world => world.Opened("cleo", Opening(world)),
        ["NotEligible: lapsed"] = world =>
        {
            TaskId poll = world.Post(maximum: 1, terms: message => message with { Sample = 1, Lease = World.Minute });
            world.Block();
            AccountId first = ((Stage.Voting)world.Poll(poll).Stage).Seats[0];
            world.Tick(World.Minute);
            return new Vote(world.By("anna") with { Account = first }, poll, 0);
        },
        ["PersonVoted"] = world =>
        {
            world.Do(new Attest(world.By("olga"), World.Id("anna"), 1, World.Hash("a person")));
            world.Do(new Attest(world.By("olga"), World.Id("ben"), 1, World.Hash("a person")));
            TaskId poll = world.Post();
            world.Vote("anna", poll, 0);
            return new Vote(world.By("ben"), poll, 1);
        },
        ["AlreadyVoted"] = world => new Vote(world.By("anna"), Voted(world), 1),
        ["NoSuchAnswer"] = world => new Vote(world.By("anna"), world.Post(), 2),
        ["WrongVoting: sealed"] = world => new Vote(world.By("anna"), world.PostSealed(), 0),
        ["WrongVoting: open"] = world => world.Sealed("anna", world.Post(), 0),
        ["WrongVoting: conclude"] = world => world.Concluded(world.PostSealed()),
        ["WrongOpening: salt"] = world => world.Opened("anna", Opening(world)) with { Salt = default },
        ["WrongOpening: choice"] = world => world.Opened("anna", Opening(world)) with { Choice = 1 },
        ["WrongOpening: twice"] = world =>
        {
            TaskId poll = Opening(world);
            world.Do(world.Opened("anna", poll));
            return world.Opened("anna", poll);
        },
        ["WrongOpening: from"] = world => world.Openings(Opening(world), 1, 1),
        ["WrongOpening: none"] = world => world.Openings(Opening(world), 0, 0),
        ["WrongOpening: half"] = world =>
        {
            Openings openings = world.Openings(Opening(world), 0, 2);
            return openings with { Packed = openings.Packed[..^1] };
        },
        ["WrongOpening: too many"] = world =>
        {
            Openings openings = world.Openings(Opening(world), 0, 2);
            return openings with { Packed = [.. openings.Packed, .. openings.Packed] };
        },
        ["WrongOpening: forged"] = world =>
        {
            Openings openings = world.Openings(Opening(world), 0, 2);
            return openings with { Packed = openings.Packed.SetItem(3, 1) };
        },
        ["ConfidenceNotProven"] = world =>
        {
            TaskId poll = world.PostSealed(maximum: 10, terms: message => message with
            {
                Aggregation = "weighted",
                Confidence = 9999,
            });
            world.SealedVote("anna", poll, 0);
            world.SealedVote("ben", poll, 0);
            world.Do(world.Concluded(poll));
            return world.Openings(poll, 0, 2);
        },
        ["TickDue"] = world =>
        {
            TaskId poll = world.Post();
            world.Now += World.Day;
            return new Vote(world.By("anna"), poll, 0);
        },
        ["NothingDue"] = world => new Tick(world.By("olga")),
        ["WrongBlock: height"] = world => world.NextBlock() with { Height = 2 },
        ["WrongBlock: size"] = world => world.NextBlock() with { Size = (ulong)world.State.Size + 1 },
        ["WrongBlock: no growth"] = world =>
        {
            ReportBlock block = world.NextBlock();
            world.Do(block);
            return world.NextBlock() with { Size = block.Size };
        },
        ["WrongBlock: not the one waited for on a chain"] = world =>
        {
            world.Post(terms: message => message with { Sample = 3 });
            world.Post(terms: message => message with { Sample = 3 });
            return world.NextBlock();
        },
        ["WrongBlock: none could follow on a chain"] = world =>
        {
            world.Post(terms: message => message with { Sample = 3 });
            return world.NextBlock() with { Height = ulong.MaxValue };
        },
        ["WrongBlock: nothing waits on a chain"] = world => world.NextBlock(),
        ["NoVault: withdraw"] = world => new Withdraw(world.By("anna"), new Amount(1)),
        ["NoVault: deposit"] = world => world.Deposited("anna", 1),
        ["NoVault: anchor"] = world => world.Anchored(),
        ["OverBalance: withdraw on a chain"] = world => new Withdraw(world.By("anna"), new Amount(1001)),
        ["InvalidTerm: withdraw nothing on a chain"] = world => new Withdraw(world.By("anna"), Amount.Zero),
        ["InvalidTerm: deposit on a chain"] = world => world.Deposited("anna", 0) with { Total = new Amount(UInt128.One << 120) },
        ["OutOfScope: withdraw on a chain"] = world =>
        {
            world.Do(world.Delegation("anna", "phone", "account,post,vote"));
            return new Said(new Withdraw(world.By("anna"), new Amount(1)), World.SessionId("phone"));
        },
        ["NoVault: expedite"] = world => world.Expedited("anna", 1),
        ["OverBalance: expedite on a chain"] = world => world.Expedited("anna", 1001),
        ["InvalidTerm: expedite for nothing on a chain"] = world => world.Expedited("anna", 0),
        ["InvalidTerm: expedite into the past on a chain"] = world => world.Expedited("anna", 1, within: 0),
        ["InvalidTerm: expedite beyond a week on a chain"] = world => world.Expedited("anna", 1, within: 7 * World.Day + 1),
        ["AlreadyExpedited: on a chain"] = world => Done(world, world.Expedited("anna", 1)) with { Header = world.By("anna") },
        ["TooManyExpedited: on a chain"] = world =>
        {
            foreach (string name in Enumerable.Range(0, Limits.PriorityRequests).Select(static number => $"rich {number}"))
            {
                world.Do(world.Deposited(name, 1));
                world.Do(world.Expedited(name, 1));
            }

            return world.Expedited("anna", 1);
        },
        ["OutOfScope: expedite on a chain"] = world =>
        {
            world.Do(world.Delegation("anna", "phone", "account,post,vote"));
            return new Said(world.Expedited("anna", 1), World.SessionId("phone"));
        },
        ["TickDue: early anchor missed on a chain"] = world =>
        {
            world.Do(world.Expedited("anna", 1));
            world.Now += World.Minute + 1;
            return world.Anchored();
        },
        ["OperatorOnly: deposit on a chain"] = world => world.Deposited("anna", 2000) with { Header = world.By("anna") },
        ["NothingNew: on a chain"] = world => world.Deposited("anna", 1000),
        ["WrongAnchor: again on a chain"] = world => Done(world, world.Anchored()) with { Header = world.By("olga") },
        ["WrongAnchor: ahead on a chain"] = world => world.Anchored() with { Size = (ulong)world.State.Size + 1 },
        ["InvalidTerm: credit on a chain"] = world => new Credit(world.By("olga"), World.Id("anna"), new Amount(1)),
        ["UnknownJob"] = world => JobRefusals.Rows["UnknownJob"](world),
        ["JobClosed"] = world => JobRefusals.Rows["JobClosed"](world),
        ["NotInJob"] = world => JobRefusals.Rows["NotInJob"](world),
        ["WrongPhase"] = world => JobRefusals.Rows["WrongPhase"](world),
        ["JobFull"] = world => JobRefusals.Rows["JobFull"](world),
        ["NoRevisionLeft"] = world => JobRefusals.Rows["NoRevisionLeft"](world),
        ["WrongCommitment"] = world => JobRefusals.Rows["WrongCommitment"](world),
        ["WrongGenesis"] = world => world.Genesis(),
    };

    public static TheoryData<string> Cases => [.. Rows.Keys];

    internal readonly record struct Said(Message Message, AccountId? Signer = null)
    {
        public static implicit operator Said(Message message) => new(message);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_refused_and_nothing_changes(string row)
    {
        World world = WorldOf(row);
        Said said = Rows[row](world);
        string before = world.Dump();

        Refusal? refusal = world.Apply(said.Message, said.Signer);

        Assert.Equal(row.Split(':')[0], refusal?.GetType().Name);
        Assert.Equal(before, world.Dump());
        Assert.Empty(world.Rules.Facts);
        if (refusal is Refusal.NotEligible condition) Assert.Equal(row.Split(": ")[1], condition.Because);
    }

    [Theory]
    [InlineData(0, 0, "0 X")]
    [InlineData(1234, 0, "1234 X")]
    [InlineData(7, 1, "0.7 X")]
    [InlineData(1234, 2, "12.34 X")]
    [InlineData(0, 2, "0.00 X")]
    [InlineData(25_000_000, 6, "25.00 X")]
    [InlineData(1_000_001, 6, "1.000001 X")]
    [InlineData(5, 18, "0.000000000000000005 X")]
    public void Money_is_said_in_the_words_of_its_space(int units, int decimals, string said)
    {
        Amount amount = new((UInt128)units);
        Assert.Equal($"The account has {said} available.",
            Explain.Sentence(new Refusal.OverBalance(amount), new Currency("X", decimals)));
    }

    [Fact]
    public void Every_refusal_has_a_row_a_code_and_a_sentence()
    {
        Type[] cases = typeof(Refusal).GetNestedTypes(BindingFlags.Public);
        Assert.Equal(cases.Select(static c => c.Name).Order(), Rows.Keys.Select(static r => r.Split(':')[0]).Distinct().Order());
        foreach (string row in Rows.Keys)
        {
            World world = WorldOf(row);
            Said said = Rows[row](world);
            Refusal refusal = world.Apply(said.Message, said.Signer)!;
            Assert.Matches("^[a-z]+(_[a-z]+)*$", Explain.Code(refusal));
            Assert.Matches(@"^['A-Z].{10,200}[.]$", Explain.Sentence(refusal, Currency.Unknown));
        }
    }

    [Fact]
    public void A_space_begins_with_its_creation()
    {
        World world = new();
        Assert.IsType<Refusal.WrongGenesis>(world.Apply(new Register(world.By("anna"), [], "")));
        Assert.IsType<Refusal.WrongKey>(world.Apply(world.Genesis() with { Key = World.KeyOf("another") }));
        Assert.Null(world.Apply(world.Genesis()));
    }

    private static World WorldOf(string row) =>
        row.EndsWith("on a chain", StringComparison.Ordinal) ? World.OnChain() : World.Founded();

    private static T Done<T>(World world, T message)
        where T : Message
    {
        world.Do(message);
        return message;
    }

    private static TaskId Voted(World world)
    {
        TaskId poll = world.Post();
        world.Vote("anna", poll, 0);
        return poll;
    }

    private static TaskId Closed(World world)
    {
        TaskId poll = Voted(world);
        world.Do(new ClosePoll(world.By("rita"), poll));
        return poll;
    }

    /// <summary>Anna and Ben have voted under seal, and nothing is opened yet.</summary>
    private static TaskId Opening(World world)
    {
        TaskId poll = world.PostSealed(maximum: 2);
        world.SealedVote("anna", poll, 0);
        world.SealedVote("ben", poll, 0);
        return poll;
    }
}
