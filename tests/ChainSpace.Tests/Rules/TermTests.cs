using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Protocol.Settlement;
using ChainSpace.Rules;
using static ChainSpace.Tests.Polls.ExtendTests;

namespace ChainSpace.Tests.Rules;

/// <summary>Every member with a range: its bounds are in, one beyond is refused by name.</summary>
public sealed class TermTests
{
    private static readonly (string Member, Func<World, Message> Say)[] Refused =
    [
        ("aggregation", w => w.Terms() with { Aggregation = "median" }),
        ("aggregation", w => w.Terms() with { Confidence = 9000 }),
        ("payout", w => w.Terms() with { Payout = "" }),
        ("payout", w => w.Terms() with { Payout = "quality", Format = "opinion" }),
        ("pricing", w => w.Terms() with { Pricing = "auction" }),
        ("pricing", w => w.Terms() with { Pricing = "quality", Format = "opinion" }),
        ("deposit", w => w.Terms() with { Payout = "equal", Deposit = new Amount(1) }),
        ("deposit", w => w.Terms() with { Deposit = new Amount(UInt128.MaxValue) }),
        ("format", w => Serum(w.Terms()) with { Format = "single" }),
        ("voting", w => Serum(w.Terms()) with { Voting = "open" }),
        ("minimum", w => Serum(w.Terms()) with { Minimum = 2 }),
        ("inconclusive", w => w.Terms() with { Inconclusive = "burn" }),
        ("inconclusive", w => w.Terms() with { Inconclusive = "extend:59999,equal" }),
        ("inconclusive", w => w.Terms() with { Inconclusive = "extend:31622400001,equal" }),
        ("inconclusive", w => w.Terms() with { Inconclusive = "extend:060000,equal" }),
        ("inconclusive", w => w.Terms() with { Inconclusive = "extend:60000" }),
        ("inconclusive", w => w.Terms() with { Inconclusive = "extend:60000,extend:60000,equal" }),
        ("deadline", w => Extension(w, w.Post())),
        ("deadline", w => Extension(w, w.Post()) with { Deadline = new Moment(w.Now + World.Day - 1) }),
        ("deadline", w => Extension(w, w.Post()) with { Deadline = new Moment(w.Now + 366 * World.Day + 1) }),
        ("maximum", w => Extension(w, w.Post()) with { Maximum = 2 }),
        ("maximum", w => Extension(w, w.Post()) with { Maximum = 1_000_001, Reward = new Amount(4_000_004) }),
        ("reward", w => Extension(w, w.Post()) with { Reward = new Amount(11) }),
        ("reward", w => Extension(w, w.Post()) with { Maximum = 4, Reward = new Amount(15) }),
        ("sample", w => Extension(w, w.Post(terms: m => m with { Sample = 3 })) with { Maximum = 4, Reward = new Amount(16) }),
        ("voting", w => w.Terms() with { Voting = "Sealed" }),
        ("category", w => w.Terms() with { Category = "" }),
        ("category", w => w.Terms() with { Category = new string('a', 33) }),
        ("category", w => w.Terms() with { Category = "Birds" }),
        ("format", w => w.Terms() with { Options = 1 }),
        ("format", w => w.Terms() with { Options = 101 }),
        ("format", w => w.Terms() with { Format = "essay" }),
        ("format", w => w.Terms() with { Format = "yes-no", Options = 3 }),
        ("format", w => w.Terms() with { Format = "ranking", Options = 13 }),
        ("format", w => w.Terms() with { Format = "number:0..10/1~1" }),
        ("format", w => w.Terms() with { Format = "number:0..10/3~0", Options = 0 }),
        ("gold", w => w.Terms() with { Format = "ranking", Gold = World.Hash("gold") }),
        ("gold", w => w.Terms() with { Gold = World.Hash("gold"), Maximum = 10_001, Reward = new Amount(20_000) }),
        ("voting", w => Confident(w.Terms()) with { Format = "labels", Voting = "sealed" }),
        ("maximum", w => Confident(w.Terms()) with { Format = "labels", Maximum = 1001, Reward = new Amount(2000) }),
        ("maximum", w => w.Terms() with { Maximum = 0 }),
        ("maximum", w => w.Terms() with { Maximum = 1_000_001 }),
        ("minimum", w => w.Terms() with { Minimum = 0 }),
        ("minimum", w => w.Terms() with { Minimum = 4 }),
        ("confidence", w => w.Terms() with { Aggregation = "weighted", Confidence = 5_000 }),
        ("confidence", w => w.Terms() with { Aggregation = "weighted", Confidence = 10_000 }),
        ("reward", w => w.Terms() with { Reward = new Amount(2) }),
        ("reward", w => w.Terms() with { Reward = new Amount(UInt128.MaxValue) }),
        ("deadline", w => w.Terms() with { Deadline = new Moment(w.Now) }),
        ("deadline", w => w.Terms() with { Deadline = new Moment(w.Now + 366 * World.Day + 1) }),
        ("deadline", w => w.Terms() with { Deadline = new Moment(long.MaxValue) }),
        ("voters", w => w.Terms() with { Voters = "" }),
        ("voters", w => w.Terms() with { Voters = "reputation=0.8" }),
        ("voters", w => w.Terms() with { Voters = "reputation>=1.0" }),
        ("voters", w => w.Terms() with { Voters = "reputation>=0.12345" }),
        ("voters", w => w.Terms() with { Voters = "country=DE,," }),
        ("voters", w => w.Terms() with { Voters = "religion=any" }),
        ("named", w => w.Terms() with { Voters = "named" }),
        ("named", w => w.Terms() with { Named = [World.Id("anna")] }),
        ("named", w => w.Terms() with { Voters = "named", Named = [World.Id("anna"), World.Id("anna")] }),
        ("sample", w => w.Terms() with { Sample = 2 }),
        ("sample", w => w.Terms() with { Sample = 100_001 }),
        ("lease", w => w.Terms() with { Lease = World.Minute }),
        ("lease", w => w.Terms() with { Sample = 3, Lease = World.Minute - 1 }),
        ("lease", w => w.Terms() with { Sample = 3, Lease = ulong.MaxValue }),
        ("sample", w => w.Terms() with { Sample = 10_001, Lease = World.Minute }),
        ("quotas", w => w.Terms() with { Quotas = "country=DE:3" }),
        ("quotas", w => w.Terms() with { Sample = 3, Quotas = "country=DE" }),
        ("quotas", w => w.Terms() with { Sample = 3, Quotas = "country=DE:0" }),
        ("quotas", w => w.Terms() with { Sample = 3, Quotas = "country=DE:03" }),
        ("quotas", w => w.Terms() with { Sample = 3, Quotas = "country=DE:2" }),
        ("quotas", w => w.Terms() with { Sample = 4, Quotas = "country=DE:2,country=DE:2" }),
        ("quotas", w => w.Terms() with { Sample = 3, Quotas = "religion=any:3" }),
        ("quotas", w => w.Terms() with { Sample = 3, Quotas = "country=DE:3," }),
        ("voters", w => w.Terms() with { Voters = "person>=0" }),
        ("voters", w => w.Terms() with { Voters = "person>=4" }),
        ("level", w => new Attest(w.By("olga"), World.Id("anna"), 4, World.Hash("somebody"))),
        ("cluster", w => new Attest(w.By("olga"), World.Id("anna"), 1, default)),
        ("cluster", w => new Attest(w.By("olga"), World.Id("anna"), 0, World.Hash("somebody"))),
        ("attributes", w => new Register(w.By("anna"), [], "person=3")),
        ("attributes", w => new Register(w.By("anna"), [], "country=DE,age=3")),
        ("attributes", w => new Register(w.By("anna"), [], "reputation=0.9")),
        ("attributes", w => new Register(w.By("anna"), [], "gender=f")),
        ("attributes", w => new Register(w.By("anna"), [], "country=" + new string('D', 65))),
        ("key", w => w.Delegation("anna", "phone") with { Header = new Header(World.SessionId("phone"), 1, new Moment(w.Now)) }),
        ("scopes", w => w.Delegation("anna", "phone", "vote,post")),
        ("scopes", w => w.Delegation("anna", "phone", "")),
        ("scopes", w => w.Delegation("anna", "phone", "vote,vote")),
        ("until", w => w.Delegation("anna", "phone") with { Until = new Moment(w.Now) }),
        ("until", w => w.Delegation("anna", "phone") with { Until = new Moment(w.Now + 30 * World.Day + 1) }),
        ("until", w => w.Delegation("anna", "phone") with { Until = new Moment(long.MaxValue) }),
        ("votes", w => new Conclude(w.By("olga"), w.PostSealed(terms: Confident), 0)),
        ("votes", w => new Conclude(w.By("olga"), w.PostSealed(terms: Confident), 2)),
        ("amount", w => new Credit(w.By("olga"), World.Id("anna"), new Amount(UInt128.MaxValue))),
        ("amount", w => new Credit(w.By("olga"), World.Id("anna"), new Amount(UInt128.One << 120))),
    ];

    private static readonly (string Member, Func<CreateSpace, CreateSpace> With)[] Unfounded =
    [
        ("name", m => m with { Name = "" }),
        ("name", m => m with { Name = "Here" }),
        ("network", m => m with { Network = "a network" }),
        ("currency", m => m with { Currency = "" }),
        ("currency", m => m with { Currency = new string('E', 13) }),
        ("decimals", m => m with { Decimals = 19 }),
        ("grant", m => m with { Grant = new Amount(UInt128.One << 64) }),
        ("chainId", m => m with { ChainId = 1 }),
        ("factory", m => m with { Factory = World.Id("factory").Value }),
        ("vault", m => m with { Vault = m.OnChain().Vault }),
        ("chainId", m => m.OnChain() with { ChainId = 0 }),
        ("factory", m => m.OnChain() with { Factory = default }),
        ("grant", m => m.OnChain() with { Grant = new Amount(1) }),
        ("vault", m => m.OnChain() with { Vault = [] }),
        ("vault", m => m.OnChain() with { Vault = m.OnChain().Vault.SetItem(128, 1) }),
        ("vault", m => Terms(m, static terms => terms with { Operator = default })),
        ("vault", m => Terms(m, static terms => terms with { Window = 0 })),
        ("vault", m => Terms(m, static terms => terms with { Threshold = 1 })),
        ("vault", m => Terms(m, static terms => terms with { ExitAfter = 3_599 })),
        ("vault", m => Terms(m, static terms => terms with { ExitAfter = 86_400 })),
        ("vault", m => Terms(m, static terms => terms with { Bond = Amount.Zero })),
        ("vault", m => Terms(m, static terms => terms with { Witnesses = World.Hash("witnesses") })),
        ("sealingKey", m => m with { SealingKey = [.. new byte[64]] }),
    ];

    [Fact]
    public void A_value_out_of_range_is_refused_by_its_name()
    {
        foreach ((string member, Func<World, Message> say) in Refused)
        {
            World world = World.Founded();
            world.Do(new Register(new Header(World.SessionId("phone"), 0, new Moment(world.Now)), World.KeyOf("phone"), ""));
            Message message = say(world);
            string before = world.Dump();
            Refusal.InvalidTerm refusal = Assert.IsType<Refusal.InvalidTerm>(world.Apply(message));
            Assert.Equal(member, refusal.Member);
            Assert.Equal(before, world.Dump());
        }
    }

    [Fact]
    public void A_space_of_impossible_terms_is_not_founded()
    {
        foreach ((string member, Func<CreateSpace, CreateSpace> with) in Unfounded)
        {
            World world = new();
            Refusal.InvalidTerm refusal = Assert.IsType<Refusal.InvalidTerm>(world.Apply(with(world.Genesis())));
            Assert.Equal(member, refusal.Member);
            Assert.Empty(world.State.Accounts);
        }
    }

    [Fact]
    public void The_bounds_themselves_are_in()
    {
        World world = World.Founded(grant: ulong.MaxValue);
        world.Do(world.Terms() with { Options = 100, Maximum = 1_000_000, Minimum = 1_000_000, Reward = new Amount(1_000_000) });
        world.Do(world.Terms() with { Deadline = new Moment(world.Now + 1) });
        world.Now += 1;
        world.Tick(0);
        world.Do(world.Terms() with { Deadline = new Moment(world.Now + 366 * World.Day), Height = ulong.MaxValue });
        world.Do(world.Terms() with { Aggregation = "weighted", Confidence = 9_999, Sample = 100_000 });
        world.Do(world.Terms() with { Aggregation = "weighted", Confidence = 5_001 });
        world.Do(world.Terms() with { Voters = "country=DE|AT,reputation>=0.9999" });
        world.Do(world.Delegation("anna", "phone") with { Until = new Moment(world.Now + 30 * World.Day) });
    }

    private static CreateSpace Terms(CreateSpace genesis, Func<VaultTerms, VaultTerms> with) => genesis.OnChain() with
    {
        Vault = [.. with(VaultTerms.TryRead(genesis.OnChain().Vault.AsSpan())!).ToBytes()],
    };

    private static PostPoll Serum(PostPoll message) =>
        message with { Payout = "truth-serum", Format = "opinion", Voting = "sealed", Minimum = 3 };

    private static PostPoll Confident(PostPoll message) => message with { Aggregation = "weighted", Confidence = 9000 };
}
