using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;
using ChainSpace.Protocol.Settlement;
using ChainSpace.Rules;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.State;

namespace ChainSpace.Tests.Rules;

/// <summary>
/// A space in memory with a clock that only the test moves. Accounts go by short names; nothing is signed, for the rules
/// do not look at signatures. What a test says in passing must be accepted; <see cref="Apply"/> shows refusals.
/// </summary>
internal sealed class World
{
    public const long Minute = 60_000, Hour = 60 * Minute, Day = 24 * Hour;

    private static readonly ImmutableArray<byte> Signature = [.. new byte[65]];

    private static readonly ConcurrentDictionary<string, ImmutableArray<byte>> Keys = new();

    private readonly Dictionary<(TaskId Poll, AccountId Voter), Opening> openings = [];

    private ulong nonce;

    public World()
    {
        Rules = new Rulebook(State);
    }

    public SpaceState State { get; } = new();

    public Rulebook Rules { get; }

    /// <summary>The clock, in milliseconds.</summary>
    public long Now { get; set; } = 1_000_000_000_000;

    /// <summary>A space run by "olga" in which "rita" posts and everyone begins with 1000 units.</summary>
    public static World Founded(ulong grant = 1000)
    {
        World world = new();
        world.Do(world.Genesis() with { Grant = new Amount(grant) });
        world.Join("rita", "anna", "ben", "cleo");
        return world;
    }

    /// <summary>
    /// A space whose money lies in a vault on a chain, for whose transactions a wallet pays; each of its people has
    /// deposited 1,000 units.
    /// </summary>
    public static World OnChain(string wallet = "olga")
    {
        World world = new();
        world.Do(world.Genesis().OnChain(wallet));
        world.Join("rita", "anna", "ben", "cleo");
        foreach (string name in (string[])["rita", "anna", "ben", "cleo"]) world.Do(world.Deposited(name, 1000));
        return world;
    }

    /// <summary>A wallet whose address is a hash of the name.</summary>
    public static AccountId Id(string name)
    {
        byte[] bytes = Hash(name).ToArray();
        bytes.AsSpan(0, 12).Clear();
        return new AccountId(Bytes32.Read(bytes));
    }

    public static Bytes32 Hash(string text) => Bytes32.Read(SHA256.HashData(Encoding.ASCII.GetBytes(text)));

    public static ImmutableArray<byte> KeyOf(string session) => Keys.GetOrAdd(session, static name =>
    {
        using P256Signer signer = P256Signer.FromPrivateKey(Hash(name).ToArray());
        return [.. signer.PublicKey.Span];
    });

    public static AccountId SessionId(string session) => P256PublicKey.Read(KeyOf(session).AsSpan()).Account;

    public Account Account(string name) => State.FindAccount(Id(name))!;

    public Poll Poll(TaskId id) => State.FindPoll(id)!;

    public Outcome Outcome(TaskId id) => ((Stage.Ended)Poll(id).Stage).Outcome;

    public ulong Earned(string name) => (ulong)Account(name).Balance.Earned.Units;

    /// <summary>A header that nobody has used, valid for an hour.</summary>
    public Header By(string name) => new(Id(name), ++nonce, new Moment(Now + Hour));

    /// <summary>Rules on a message at this moment; null: it is in.</summary>
    public Refusal? Apply(Message message, AccountId? signer = null)
    {
        MessageId id = TypedData.Digest(State.Domain ?? new Domain(default), message);
        return Rules.Apply(new Envelope(message, signer ?? message.Header.Account, Signature), id, new Moment(Now));
    }

    public void Do(Message message, AccountId? signer = null) => Assert.Null(Apply(message, signer));

    public CreateSpace Genesis() => new(By("olga"))
    {
        CheckpointKey = default,
        Currency = "EUR",
        Decimals = 2,
        Grant = new Amount(1000),
        Key = [],
        Name = "here",
        Network = "sovereign",
        SealingKey = KeyOf("sealing"),
    };

    /// <summary>The operator reports what the vault has received for an account altogether.</summary>
    public ReportDeposit Deposited(string name, ulong total) =>
        new(By("olga"), Id(name), new Amount(total)) { Height = 1, Transaction = Hash("deposit") };

    /// <summary>The operator reports an anchor of all there is.</summary>
    public ReportAnchor Anchored() =>
        new(By("olga"), (ulong)State.Size, Hash("root"), Hash("payouts")) { Height = 2, Transaction = Hash("anchor") };

    /// <summary>Somebody pays for an anchor within a time.</summary>
    public Expedite Expedited(string name, ulong amount, long within = Minute) =>
        new(By(name), new Amount(amount), new Moment(Now + within));

    public void Join(params IEnumerable<string> names)
    {
        foreach (string name in names) Do(new Register(By(name), [], ""));
    }

    /// <summary>Terms of an open majority poll by rita: two options, one to three votes, 12 units, a day.</summary>
    public PostPoll Terms(string requester = "rita") => new(By(requester))
    {
        Aggregation = "majority",
        Category = "birds",
        Confidence = 0,
        Content = default,
        Deadline = new Moment(Now + Day),
        Height = 0,
        Inconclusive = "equal",
        Maximum = 3,
        Minimum = 1,
        Named = [],
        Options = 2,
        Payout = "majority",
        Reward = new Amount(12),
        Sample = 0,
        Voters = "open",
        Voting = "open",
    };

    public TaskId Post(ulong reward = 12, uint maximum = 3, Func<PostPoll, PostPoll>? terms = null)
    {
        PostPoll message = Terms() with { Reward = new Amount(reward), Maximum = maximum };
        message = terms?.Invoke(message) ?? message;
        Do(message);
        return new TaskId(TypedData.Digest(State.Domain!, message).Value);
    }

    /// <summary>Terms of a batch by rita: two options, groups of two, a day.</summary>
    public PostBatch BatchTerms(string requester = "rita") => new(By(requester))
    {
        Category = "birds",
        Content = default,
        Deadline = new Moment(Now + Day),
        Format = "single",
        Group = 2,
        Options = 2,
        Payout = "each",
        Training = 0,
    };

    public TaskId PostBatch(bool isClosed = false, Func<PostBatch, PostBatch>? terms = null)
    {
        PostBatch message = BatchTerms();
        message = terms?.Invoke(message) ?? message;
        Do(message);
        TaskId batch = new(TypedData.Digest(State.Domain!, message).Value);
        if (isClosed) Do(new CloseBatch(By("rita"), batch));
        return batch;
    }

    /// <summary>A batch that is answered by so many accounts, drawn by the next block.</summary>
    public TaskId PostPanel(uint sample, Func<PostBatch, PostBatch>? terms = null) =>
        PostBatch(terms: message => (terms ?? (static same => same))(message with { Sample = sample }));

    /// <summary>The next item of a batch, counted together with its group.</summary>
    public TaskId PostItem(TaskId batch, ulong reward = 12, uint maximum = 3, Func<PostPoll, PostPoll>? terms = null) =>
        Post(reward, maximum, message =>
            (terms ?? (static same => same))(message with { Batch = batch.Value, Aggregation = "batch" }));

    public TaskId PostSealed(ulong reward = 12, uint maximum = 3, Func<PostPoll, PostPoll>? terms = null) =>
        Post(reward, maximum, message => (terms ?? (static same => same))(message with { Voting = "sealed" }));

    public void Vote(string voter, TaskId poll, uint choice) => Do(new Vote(By(voter), poll, choice));

    public void SealedVote(string voter, TaskId poll, uint choice) => Do(Sealed(voter, poll, choice));

    /// <summary>A sealed vote; the world remembers how to open it.</summary>
    public SealedVote Sealed(string voter, TaskId poll, uint choice)
    {
        Opening opening = new(choice, Hash($"{voter} {poll}"));
        openings[(poll, Id(voter))] = opening;
        return new SealedVote(By(voter), poll, State.Domain!.Commitment(poll, Id(voter), opening), [.. new byte[85]]);
    }

    public OpenVote Opened(string voter, TaskId poll)
    {
        Opening opening = openings.GetValueOrDefault((poll, Id(voter)));
        return new OpenVote(By(voter), poll, opening.Choice, opening.Salt);
    }

    /// <summary>The operator's openings of votes from a number on; those of the named voters it could not open.</summary>
    public Openings Openings(TaskId poll, int from, int count, params string[] unreadable)
    {
        List<byte> packed = [];
        AccountId[] closed = [.. unreadable.Select(Id)];
        foreach (Ballot ballot in Poll(poll).Ballots.Ballots[from..(from + count)])
        {
            // Nonsense may have voted under a name of nobody here.
            Opening opening = openings.GetValueOrDefault((poll, ballot.Voter.Id));
            if (closed.Contains(ballot.Voter.Id)) opening = new Opening(Protocol.Messages.Openings.Unreadable, default);
            byte[] choice = BitConverter.GetBytes(opening.Choice);
            packed.AddRange(choice.Reverse());
            packed.AddRange(opening.Salt.ToArray());
        }

        return new Openings(By("olga"), poll, (uint)from, [.. packed]);
    }

    /// <summary>The operator opens all votes.</summary>
    public void Open(TaskId poll, params string[] unreadable) =>
        Do(Openings(poll, 0, Poll(poll).Ballots.Count, unreadable));

    public Conclude Concluded(TaskId poll) => new(By("olga"), poll, (uint)Poll(poll).Ballots.Count);

    /// <summary>Lets time pass, and what is due fall due.</summary>
    public void Tick(long milliseconds)
    {
        Now += milliseconds;
        if (State.NextDue?.Milliseconds <= Now) Do(new Tick(By("olga")));
    }

    /// <summary>Reports the next block, which covers all entries so far.</summary>
    public void Block(string root = "root") => Do(NextBlock(root));

    public ReportBlock NextBlock(string root = "root") =>
        new(By("olga"), State.Height + 1, (ulong)State.Size, Hash(root));

    public Protocol.Messages.Delegate Delegation(string account, string session, string scopes = "vote") => new(By(account))
    {
        Audience = "http://localhost",
        Key = KeyOf(session),
        MaximumSpend = new Amount(20),
        Scopes = scopes,
        Until = new Moment(Now + Day),
    };

    /// <summary>Everything the rules know, as text.</summary>
    public string Dump() => StateText.Of(State);
}

internal static class ChainTerms
{
    /// <summary>The same space on a chain, with a window of a day.</summary>
    public static CreateSpace OnChain(this CreateSpace genesis, string wallet = "olga") => genesis with
    {
        ChainId = 31337,
        Factory = World.Id("factory").Value,
        Grant = Amount.Zero,
        Network = "local-l2",
        Vault = [.. TermsOf(wallet).ToBytes()],
    };

    private static VaultTerms TermsOf(string wallet) =>
        new() { Operator = World.Id(wallet), Window = 86_400, ExitAfter = 604_800, Bond = new Amount(1) };
}
