using System.Buffers.Binary;
using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Batches;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.State;
using ChainSpace.Tests.Rules;

namespace ChainSpace.Tests.State;

/// <summary>
/// Puts messages through the rules, unsigned because rules do not look at signatures. What it says next depends only on
/// the seed and the state, so two writers of one seed at equal states go on alike.
/// </summary>
internal sealed class HistoryWriter
{
    public static readonly AccountId Operator = Wallet(0);

    private static readonly Header OperatorSays = new(Operator, 0, default);

    private static readonly P256Signer SessionKey = P256Signer.FromPrivateKey(Enumerable.Repeat((byte)7, 32).ToArray());

    private readonly Rulebook rules;
    private ulong nonce;

    public HistoryWriter(SpaceState state, ulong nonce, Moment now)
    {
        rules = new Rulebook(state);
        (this.nonce, Now) = (nonce, now);
    }

    /// <summary>On a chain, money has come in for everybody, and the wallet that sends anchors has no account yet.</summary>
    public static HistoryWriter Start(bool isOnChain = false)
    {
        HistoryWriter writer = new(new SpaceState(), 0, new Moment(1_000_000));
        CreateSpace genesis = new(OperatorSays)
        {
            Name = "test",
            Network = "sovereign",
            Currency = "POINT",
            Decimals = 0,
            Grant = new Amount(1_000),
            CheckpointKey = default,
            SealingKey = [.. SessionKey.PublicKey.Span],
            Key = [],
        };
        Assert.Null(writer.Say(isOnChain ? genesis.OnChain("wallet") : genesis));
        for (int number = 0; isOnChain && number < 12; number++) Assert.Null(writer.Deposit(number, 500));
        return writer;
    }

    public SpaceState State => rules.State;

    public ulong Nonce => nonce;

    public Moment Now { get; private set; }

    public static AccountId Wallet(int number)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Size];
        BinaryPrimitives.WriteInt32BigEndian(bytes[12..], number + 1);
        BinaryPrimitives.WriteInt32BigEndian(bytes[28..], unchecked(number * 7919));
        return new AccountId(Bytes32.Read(bytes));
    }

    /// <summary>One message, with the header's nonce and expiry filled in, ticking first where something is due.</summary>
    public Refusal? Say(Message message, AccountId? signer = null)
    {
        if (State.NextDue <= Now && message.Type != nameof(Tick)) Assert.Null(Tick());
        Message said = message with { Header = message.Header with { Nonce = ++nonce, Expires = Later(60_000) } };
        ImmutableArray<byte> signature = [.. new byte[64]];
        return rules.Apply(new Envelope(said, signer ?? said.Header.Account, signature), IdOf(said), Now);
    }

    public Refusal? Register(int number, string attributes = "") =>
        Say(new Register(By(number), [], attributes));

    public Refusal? Vote(int number, TaskId poll, int choice) => Say(new Vote(By(number), poll, (uint)choice));

    public Refusal? Seal(int number, TaskId poll, int choice)
    {
        Bytes32 commitment = State.Domain!.Commitment(poll, Wallet(number), OpeningOf(number, choice));
        return Say(new SealedVote(By(number), poll, commitment, [.. new byte[SealedVote.OpeningSize]]));
    }

    public Refusal? Credit(int number, ulong amount) => Say(new Credit(OperatorSays, Wallet(number), new Amount(amount)));

    public Refusal? Deposit(int number, ulong amount) => Say(new ReportDeposit(
        OperatorSays, Wallet(number), new Amount(amount) + (State.FindAccount(Wallet(number))?.Balance.Received ?? Amount.Zero))
    {
        Height = 1,
        Transaction = default,
    });

    public Refusal? Expedite(int number, ulong amount, long within) =>
        Say(new Expedite(By(number), new Amount(amount), Later(within)));

    public Refusal? Anchor(ulong behind) => Say(new ReportAnchor(OperatorSays, (ulong)State.Size - behind, default, default)
    {
        Height = 1,
        Transaction = default,
    });

    public TaskId Post(int requester, Func<PostPoll, PostPoll>? change = null)
    {
        PostPoll poll = new(By(requester))
        {
            Aggregation = "weighted",
            Category = "maths",
            Confidence = 0,
            Content = default,
            Height = 0,
            Deadline = Later(600_000),
            Inconclusive = "equal",
            Maximum = 6,
            Minimum = 1,
            Named = [],
            Options = 3,
            Payout = "majority",
            Reward = new Amount(20),
            Sample = 0,
            Voters = "open",
            Voting = "open",
        };
        poll = change is null ? poll : change(poll);
        Refusal? refusal = Say(poll);
        PostPoll said = poll with { Header = new Header(Wallet(requester), nonce, Later(60_000)) };
        return refusal is null ? new TaskId(IdOf(said).Value) : default;
    }

    public Refusal? Open(int number, TaskId poll, int choice) =>
        Say(new OpenVote(By(number), poll, (uint)choice, OpeningOf(number, choice).Salt));

    public Refusal? Delegate(int number, string scopes) => Say(new Protocol.Messages.Delegate(By(number))
    {
        Audience = "http://localhost",
        Key = [.. SessionKey.PublicKey.Span],
        MaximumSpend = new Amount(30),
        Scopes = scopes,
        Until = Later(3_600_000),
    });

    public Refusal? Tick() => Say(new Tick(OperatorSays));

    public void Wait(long milliseconds) => Now = Later(milliseconds);

    public Refusal? Report(int beacon) => Say(new ReportBlock(
        OperatorSays, State.Height + 1, (ulong)State.Size, Wallet(beacon).Value));

    /// <summary>What a seed makes somebody do; refused as often as not, as in life.</summary>
    public Refusal? Act(Dice dice) => dice.Roll(State.IsOnChain ? 20 : 16) switch
    {
        0 or 1 => Register(dice.Roll(12), dice.Roll(2) == 0 ? "" : $"country={(dice.Roll(2) == 0 ? "DE" : "AT")}"),
        2 => dice.Roll(2) == 0 ? Attest(dice) : Credit(dice.Roll(12), (ulong)dice.Roll(50)),
        3 or 4 => PostAny(dice),
        5 => Report(dice.Roll(1_000)),
        6 => Delegate(dice.Roll(12), "account,post"),
        7 => Say(new Register(By(dice.Roll(12)), [], "skill=law"), SessionKey.Account),
        8 => Say(new ClosePoll(new Header(AnyPoll(dice)?.Terms.Requester.Id ?? Operator, 0, default), IdOf(AnyPoll(dice)))),
        9 => OpenAny(dice),
        10 => Pass(dice.Roll(5) == 0 ? Limits.RetentionMilliseconds / 2 : dice.Roll(400_000)),
        16 => Deposit(dice.Roll(12), (ulong)dice.Roll(50)),
        17 or 18 => Expedite(dice.Roll(12), (ulong)dice.Roll(60), dice.Roll(400_000)),
        19 => Anchor((ulong)dice.Roll(8)),
        _ => VoteAny(dice),
    };

    private Refusal? Attest(Dice dice)
    {
        int level = dice.Roll(4);
        Bytes32 cluster = level == 0 ? default : Wallet(2_000 + dice.Roll(6)).Value;
        return Say(new Attest(OperatorSays, Wallet(dice.Roll(12)), (uint)level, cluster));
    }

    private static Header By(int number) => new(Wallet(number), 0, default);

    private Moment Later(long milliseconds) => new(Now.Milliseconds + milliseconds);

    private MessageId IdOf(Message message) => TypedData.Digest(
        State.Domain ?? Domain.Of((CreateSpace)message), message);

    private static TaskId IdOf(Poll? poll) => poll?.Terms.Id ?? default;

    private static Opening OpeningOf(int number, int choice) => new((uint)choice, Wallet(1_000 + number).Value);

    private Poll? AnyPoll(Dice dice)
    {
        Poll[] polls = [.. State.Polls.OrderBy(poll => poll.Terms.Posted)];
        return polls.Length == 0 ? null : polls[dice.Roll(polls.Length)];
    }

    private Refusal? Pass(long milliseconds)
    {
        Wait(milliseconds);
        return Tick();
    }

    private Refusal? PostAny(Dice dice)
    {
        string[] voters = ["open", "open", "country=DE", "named", "reputation>=0.1", "admitted"];
        string[] payouts = ["majority", "lottery", "equal"];
        string who = voters[dice.Roll(voters.Length)];
        (bool isSealed, bool isSure, bool isDrawn) = (dice.Roll(2) == 0, dice.Roll(2) == 0, dice.Roll(3) == 0);
        if (dice.Roll(6) == 0) Batch(dice);
        (Batch? batch, int requester) = (dice.Roll(3) == 0 ? State.Batches.LastOrDefault() : null, dice.Roll(12));
        if (batch is not null) requester = Enumerable.Range(0, 12).First(number => Wallet(number) == batch.Terms.Requester.Id);
        bool isOfPanel = batch is { Terms.HasPanel: true };
        Post(requester, poll => poll with
        {
            Aggregation = batch is null ? "weighted" : "batch",
            Batch = batch?.Terms.Id.Value ?? default,
            Maximum = batch is null ? 6u : 2u,
            Voters = isOfPanel ? "open" : who,
            Payout = payouts[dice.Roll(3)],
            Voting = isSealed ? "sealed" : "open",
            Named = who == "named" && !isOfPanel ? [.. Enumerable.Range(0, 8).Select(Wallet).Order()] : [],
            Confidence = isSure ? 9_000u : 0u,
            Deadline = batch?.Terms.Message.Deadline ?? poll.Deadline,
            Gather = isDrawn && who == "admitted" && !isOfPanel ? Later(90_000) : default,
            Sample = isDrawn && !isOfPanel ? 6u : 0u,
            Lease = isDrawn && !isOfPanel && dice.Roll(2) == 0 ? 60_000ul * (ulong)(1 + dice.Roll(4)) : 0,
            Quotas = isDrawn && !isOfPanel && who == "open" && dice.Roll(2) == 0 ? "country=DE:4,country=AT:2" : "",
            Height = isDrawn ? State.Height + 3 : 0,
            Category = batch is not null || dice.Roll(2) == 0 ? "maths" : "law",
        });
        return null;
    }

    private Refusal? Batch(Dice dice) => Say(new PostBatch(By(dice.Roll(12)))
    {
        Category = "maths",
        Content = default,
        Deadline = Later(600_000),
        Format = "single",
        Group = 1 + (uint)dice.Roll(2),
        Options = 3,
        Payout = "each",
        Sample = (uint)(4 * dice.Roll(2)),
        Training = (uint)dice.Roll(2),
    });

    private Refusal? VoteAny(Dice dice)
    {
        Poll? poll = AnyPoll(dice);
        (int voter, int choice) = (dice.Roll(12), dice.Roll(4) == 0 ? dice.Roll(4) : 1);
        if (poll is { Terms.IsByAdmission: true } && dice.Roll(2) == 0)
            return Say(new Admit(OperatorSays, poll.Terms.Id, Wallet(3_000 + voter).Value, Wallet(voter)));
        return poll?.Terms.IsSealed == true ? Seal(voter, IdOf(poll), voter % 3) : Vote(voter, IdOf(poll), choice);
    }

    private Refusal? OpenAny(Dice dice)
    {
        Poll? poll = State.Polls.OrderBy(each => each.Terms.Posted).FirstOrDefault(each => each.Stage is Stage.Opening);
        int voter = dice.Roll(12);
        if (dice.Roll(2) == 0) return Open(voter, IdOf(poll), voter % 3);
        return poll?.Stage is Stage.Opening stage ? OpenNext(poll, stage.Next, dice.Roll(3) > 0) : null;
    }

    private Refusal? OpenNext(Poll poll, int next, bool isReadable)
    {
        if (next >= poll.Ballots.Count) return null;
        AccountId voter = poll.Ballots.Ballots[next].Voter.Id;
        int number = Enumerable.Range(0, 12).Single(each => Wallet(each) == voter);
        Opening opening = OpeningOf(number, number % 3);
        byte[] packed = new byte[Openings.OpeningSize];
        BinaryPrimitives.WriteUInt32BigEndian(packed, isReadable ? opening.Choice : Openings.Unreadable);
        opening.Salt.CopyTo(packed.AsSpan(4));
        return Say(new Openings(OperatorSays, poll.Terms.Id, (uint)next, [.. packed]));
    }
}

/// <summary>Numbers that follow from a seed, so that a history can be told again.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong state = seed;

    public ulong Seed => state;

    /// <summary>Zero to one below the sides.</summary>
    public int Roll(int sides)
    {
        state = unchecked(state * 6364136223846793005 + 1442695040888963407);
        return (int)((state >> 33) % (ulong)sides);
    }
}
