using ChainSpace.Journal;
using ChainSpace.Journal.Media;
using ChainSpace.Node.Sequencing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.State;

namespace ChainSpace.Tests.Simulation;

public sealed class ClockTests
{
    private static readonly Moment _start = new(1_800_000_000_000);

    // Found by the simulator: the block's own header expired before it was written.
    [Fact]
    public void A_block_is_reported_though_the_clock_went_back_two_hours()
    {
        using JournalStore journal = JournalStore.Open(new MemoryMedium());
        (SpaceKeys keys, CreateSpace genesis) = Found();
        SpaceEngine engine = new(journal, keys, new SpaceState());
        AccountId account = keys.Operator.Account;
        Header Header(ulong nonce) => new(account, nonce, new Moment(_start.Milliseconds + 600_000));
        PostPoll poll = new(Header(2_000))
        {
            Aggregation = "majority",
            Category = "maths",
            Confidence = 0,
            Content = default,
            Height = 0,
            Deadline = new Moment(_start.Milliseconds + 86_400_000),
            Inconclusive = "equal",
            Maximum = 1,
            Minimum = 1,
            Named = [],
            Options = 2,
            Payout = "majority",
            Reward = new Amount(5),
            Sample = 1,
            Voters = "open",
            Voting = "open",
        };
        Message[] messages = [genesis, new Credit(Header(1_000), account, new Amount(50)), poll];
        Answer answer = engine.Run([.. messages.Select(keys.Sign)], _start);
        Assert.All(answer.Verdicts, verdict => Assert.IsType<Verdict.Entered>(verdict));
        engine.Checkpoint();

        Moment before = new(_start.Milliseconds - 2 * 3_600_000);
        Authentic? block = engine.NextBlock(before);
        Assert.NotNull(block);
        Assert.IsType<Verdict.Entered>(Assert.Single(engine.Run([block], before).Verdicts));
        Assert.Equal(_start, engine.State.Now);
        Assert.Equal(1ul, engine.State.Height);
    }

    private static (SpaceKeys Keys, CreateSpace Genesis) Found()
    {
        byte[] secret = [.. Enumerable.Repeat((byte)9, 32)];
        P256Signer signer = P256Signer.FromPrivateKey(secret);
        SealingKey sealing = SealingKey.FromPrivateKey(secret);
        using NoteSigner probe = new("probe", secret);
        CreateSpace genesis = new(new Header(signer.Account, 0, new Moment(_start.Milliseconds + 600_000)))
        {
            CheckpointKey = Bytes32.Read(probe.Verifier.Key),
            Currency = "PLAY",
            Decimals = 0,
            Grant = new Amount(10),
            Key = [.. signer.PublicKey.Span],
            Name = "clock",
            Network = "sovereign",
            SealingKey = [.. sealing.PublicKey.ToArray()],
        };
        SpaceId space = TypedData.SpaceOf(genesis);
        return (new SpaceKeys(Domain.Of(genesis), signer, new NoteSigner(SpaceKeys.OriginOf(space), secret), sealing), genesis);
    }
}
