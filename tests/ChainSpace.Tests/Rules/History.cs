using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Polls;
using CsCheck;

namespace ChainSpace.Tests.Rules;

/// <summary>One thing somebody tries; four numbers, so that a failing history can be shrunk.</summary>
internal readonly record struct Act(int Kind, int Who, int Which, int Value)
{
    public static readonly Gen<Act> Any = Gen.Select(
        Gen.Int[0, 99], Gen.Int[0, 7], Gen.Int[0, 5], Gen.Int[0, 999], static (a, b, c, d) => new Act(a, b, c, d));
}

/// <summary>Turns acts into messages, most of them sensible, many of them not, some hostile, and applies them.</summary>
internal sealed class History
{
    /// <summary>More than the library's hundred, unless CsCheck_Iter asks for a number of its own.</summary>
    public static readonly long Iterations = Environment.GetEnvironmentVariable("CsCheck_Iter") is null ? 400 : -1;

    private static readonly string[] Names = ["olga", "rita", "anna", "ben", "cleo", "dan", "eve", "nobody"];

    private static readonly string[] Attributes = ["", "country=DE", "country=AT,skill=writing", "gender=f", "country=DE|AT"];

    private static readonly (string Format, uint Options)[] Formats =
    [
        ("single", 2), ("single", 3), ("labels", 2), ("single", 2), ("ordinal", 4), ("ranking", 3), ("pairwise", 2),
        ("number:0..3/1~1", 0), ("opinion", 2),
    ];

    private static readonly string[] Payouts = ["each", "each", "correlated", "determinant", "lottery", "exact-lottery"];

    private static readonly string[] Filters = ["open", "admitted", "country=DE", "named", "reputation>=0.2", "nonsense"];

    private static readonly ImmutableArray<AccountId> Friends =
        [.. new List<AccountId> { World.Id("anna"), World.Id("ben"), World.Id("eve") }.Order()];

    private readonly List<TaskId> polls = [];
    private readonly List<TaskId> secrets = [];
    private readonly List<TaskId> doors = [];
    private readonly List<TaskId> batches = [];

    public History(bool isOnChain = false)
    {
        World = isOnChain ? World.OnChain("wallet") : World.Founded();
        World.Join("dan");
    }

    public World World { get; }

    /// <summary>Messages that are in, with their signers and entries.</summary>
    public List<(Message Message, AccountId Signer, long Index)> Entered { get; } = [];

    /// <summary>Changes a message before it is said; for those who send nonsense.</summary>
    public Func<Message, Act, Message> Twist { get; init; } = static (message, _) => message;

    public Refusal? Step(Act act)
    {
        Message message = Twist(Choose(act), act);
        AccountId signer = act.Value % 17 == 0 ? World.SessionId("phone") : message.Header.Account;
        long index = World.State.Size;
        Refusal? refusal = World.Apply(message, signer);
        if (refusal is not null) return refusal;
        Entered.Add((message, signer, index));
        if (message is PostPoll post) Know(post);
        if (message is PostBatch) batches.Add(new TaskId(TypedData.Digest(World.State.Domain!, message).Value));
        return null;
    }

    private void Know(PostPoll post)
    {
        TaskId poll = new(TypedData.Digest(World.State.Domain!, post).Value);
        polls.Add(poll);
        if (post.Voting == "sealed") secrets.Add(poll);
        if (post.Voters == "admitted") doors.Add(poll);
    }

    private Message Choose(Act act)
    {
        string who = Names[act.Who];
        if (act.Kind < 8) World.Now += act.Value * act.Which * World.Minute;
        if (World.State.NextDue?.Milliseconds <= World.Now && act.Kind % 10 != 0) return new Tick(World.By("olga"));
        if (World.State.IsOnChain && act.Kind % 4 == 1) return Money(act, who);
        return act.Kind switch
        {
            < 6 => new Register(World.By(who), [], Attributes[act.Value % 5]),
            < 8 => Batch(act, who),
            < 19 => Join(act, Post(act)),
            < 20 => Extra(act, who),
            < 25 => Door(act),
            < 45 => new Vote(World.By(who), Poll(act), (uint)(act.Value % 3)),
            < 70 => Secret(act, who),
            < 72 => new ClosePoll(World.By(act.Value % 3 == 0 ? who : "rita"), Poll(act)),
            < 73 => Extend(act, act.Value % 7 == 0 ? who : "rita"),
            < 75 => new CancelPoll(World.By("rita"), Poll(act)),
            < 83 => Block(act),
            < 85 => new Tick(World.By(who)),
            < 88 => World.Delegation(who, act.Value % 2 == 0 ? "phone" : "tablet", act.Which % 2 == 0 ? "post,vote" : "vote"),
            < 90 => new Revoke(World.By(who), World.SessionId("phone")),
            < 93 => new Credit(World.By(act.Value % 2 == 0 ? "olga" : who), World.Id(Names[act.Which]), Units(act.Value)),
            < 94 => new EraseContent(World.By(who), Poll(act)),
            < 95 => World.Genesis(),
            _ when Entered.Count > 0 => Entered[act.Value % Entered.Count].Message,
            _ => new Tick(World.By("olga")),
        };
    }

    // The wallet that pays for transactions has an account once money is deposited for it, or earned.
    private Message Money(Act act, string who) => (act.Kind / 4 % 6) switch
    {
        0 => World.Deposited(act.Value % 3 == 0 ? "wallet" : who, (ulong)(1_000 + act.Value)),
        1 => new Withdraw(World.By(who), Units(act.Value)),
        2 => World.Anchored() with { Size = (ulong)Math.Max(0, World.State.Size - act.Which) },
        _ => World.Expedited(act.Value % 5 == 0 ? "wallet" : who, (ulong)act.Value % 90, act.Which * act.Value * World.Minute),
    };

    private ReportBlock Block(Act act)
    {
        ReportBlock next = World.NextBlock($"root {act.Value}");
        ulong size = World.State is { IsOnChain: true, OldestAwaiting: { } oldest } ? (ulong)oldest.Value + 1 : next.Size;
        return next with { Size = (ulong)Math.Max(0, (long)size - act.Value % 3) };
    }

    private Bonus Extra(Act act, string who) => new(
        World.By(act.Value % 3 == 0 ? who : "rita"), Poll(act), World.Id(Names[act.Which]), Units(act.Value % 50), default);

    // The operator lets in who has shown what is asked, too late and twice now and then.
    private Admit Door(Act act)
    {
        TaskId poll = doors.Count == 0 || act.Value % 20 == 0 ? Poll(act) : doors[^(1 + act.Which % Math.Min(2, doors.Count))];
        string by = act.Value % 25 == 1 ? "eve" : "olga";
        return new Admit(World.By(by), poll, World.Hash($"shown {act.Value}"), World.Id(Names[act.Who]));
    }

    private static Amount Units(int number) => new((ulong)number);

    private PostPoll Post(Act act)
    {
        int dice = act.Value;
        bool isWeighted = dice % 5 < 3;
        string voters = Filters[act.Which];
        uint maximum = (uint)(1 + dice % 6);
        (string format, uint options) = Formats[dice / 2 % Formats.Length];
        bool isGathered = voters == "admitted" && dice % 3 > 0;
        bool isCounted = options > 1 && format is not ("labels" or "ranking" or "pairwise");
        return World.Terms(act.Kind % 4 == 0 ? Names[act.Who] : "rita") with
        {
            Aggregation = isWeighted ? "weighted" : "majority",
            Category = dice % 3 == 0 ? "fish" : "birds",
            Confidence = isWeighted && dice % 3 > 0 && (isCounted || act.Kind % 2 > 0) ? 9500u : 0,
            Deadline = new Moment(World.Now + 1 + dice * World.Hour),
            Format = format,
            Gather = isGathered ? new Moment(World.Now + 1 + dice * World.Hour / 4) : default,
            Height = dice % 4 == 1 ? World.State.Height + 2 : 0,
            Inconclusive = (dice % 7 == 0 ? "extend:3600000," : "") + (dice % 4 == 0 ? "refund" : "equal"),
            Maximum = maximum,
            Minimum = PayoutOf(dice, format) == "truth-serum" ? Math.Min(3, maximum) : 1 + (uint)dice / 7 % maximum,
            Named = voters == "named" ? Friends : [],
            Options = options,
            Deposit = dice % 3 == 0 ? Units(5 + dice % 4 * 5) : Amount.Zero,
            Payout = PayoutOf(dice, format),
            Pricing = (dice / 3 % 4) switch { 0 => "response", 1 => format == "opinion" ? "fixed" : "quality", _ => "fixed" },
            Reward = new Amount(maximum + (ulong)dice % 40),
            Sample = isGathered || (dice % 6 == 0 && voters != "admitted") ? maximum : 0,
            Voters = voters,
            Voting = act.Kind % 2 == 0 ? "sealed" : "open",
        };
    }

    private ExtendPoll Extend(Act act, string who)
    {
        PostPoll? now = World.State.FindPoll(Poll(act))?.Terms.Message;
        uint maximum = (now?.Maximum ?? 1) + (uint)act.Value % 3;
        return new ExtendPoll(World.By(who), Poll(act))
        {
            Deadline = new Moment((now?.Deadline.Milliseconds ?? World.Now) + act.Which * World.Minute),
            Maximum = maximum,
            Reward = new Amount((now?.Reward.Units ?? 0) + maximum * (uint)(act.Value % 11)),
        };
    }

    private Message Batch(Act act, string who)
    {
        if (act.Value % 4 == 0 && batches.Count > 0)
            return new CloseBatch(World.By(act.Value % 8 == 0 ? who : "rita"), act.Value % 9 == 0 ? default : batches[^1]);
        return new PostBatch(World.By("rita"))
        {
            Category = "birds",
            Content = default,
            Deadline = new Moment(World.Now + 1 + act.Value * World.Hour),
            Format = act.Which % 2 == 0 ? "single" : "ordinal",
            Group = 1 + (uint)act.Which % 3,
            Options = act.Which % 2 == 0 ? 2u : 4u,
            Payout = Payouts[act.Value / 7 % Payouts.Length],
            Quotas = act.Value % 5 == 1 ? "country=DE:1,country=AT:1" : "",
            Sample = act.Value % 5 < 3 ? 2u + (act.Value % 5 == 1 ? 0 : (uint)act.Which) : 0,
            Training = act.Value % 3 == 0 ? 1u : 0u,
            Voters = act.Value % 5 == 2 ? Filters[act.Which] : "open",
        };
    }

    // Many a poll is an item of the newest batch; few of them fit by chance, so most are made to.
    private PostPoll Join(Act act, PostPoll poll)
    {
        if (batches.Count == 0 || act.Value % 5 > 2 || World.State.FindBatch(batches[^1]) is not { } batch) return poll;
        PostBatch terms = batch.Terms.Message;
        long deadline = Math.Min(poll.Deadline.Milliseconds, terms.Deadline.Milliseconds);
        bool isPaidTogether = terms.Payout != "each" && act.Value % 3 > 0;
        bool isOfPanel = terms.Sample > 0 && act.Value % 20 > 0;
        return poll with
        {
            Aggregation = act.Value % 2 == 0 ? "batch" : poll.Aggregation,
            Batch = batches[^1].Value,
            Deposit = isPaidTogether ? Amount.Zero : poll.Deposit,
            Payout = isPaidTogether ? "batch" : poll.Payout,
            Category = act.Value % 50 == 0 ? "fish" : terms.Category,
            Deadline = new Moment(deadline),
            Format = terms.Format,
            Maximum = terms.Sample > 0 ? Math.Min(poll.Maximum, terms.Sample) : poll.Maximum,
            Minimum = terms.Sample > 0 ? Math.Min(poll.Minimum, terms.Sample) : poll.Minimum,
            Named = isOfPanel ? [] : poll.Named,
            Options = terms.Options,
            Sample = isOfPanel ? 0 : poll.Sample,
            Voters = isOfPanel ? "open" : poll.Voters,
        };
    }

    private static string PayoutOf(int dice, string format) => (dice % 3) switch
    {
        0 => "majority",
        1 => "lottery",
        _ => format == "opinion" ? "truth-serum" : dice % 2 == 0 ? "equal" : "quality",
    };

    private Message Secret(Act act, string who)
    {
        TaskId poll = secrets.Count == 0 ? default : secrets[^(1 + act.Which % Math.Min(2, secrets.Count))];
        if (act.Kind < 60) return World.Sealed(who, poll, (uint)(act.Value % 4));
        if (World.State.FindPoll(poll) is not { } known || act.Kind > 67) return World.Opened(who, poll);
        if (known.Stage is not Stage.Opening opening) return World.Concluded(poll);
        int left = known.Ballots.Count - opening.Next;
        string[] unreadable = act.Value % 3 == 0 ? [who] : [];
        return World.Openings(poll, opening.Next, act.Value % 4 == 0 ? Math.Min(1, left) : left, unreadable);
    }

    private TaskId Poll(Act act) => polls.Count == 0 || act.Value == 7 ? default : polls[^(1 + act.Which % polls.Count)];
}
