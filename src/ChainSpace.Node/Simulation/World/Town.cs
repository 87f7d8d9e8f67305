using System.Collections.Immutable;
using System.Text.Json;
using ChainSpace.Client.Writing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Formats;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Eligibility;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.State;

namespace ChainSpace.Node.Simulation.World;

/// <summary>What people come up with: mostly sound messages, for that is what drives the rules into their corners.</summary>
internal sealed class Town(Chance chance, Crowd crowd, Scribe scribe, PollBook book)
{
    private const int PollsWanted = 40;
    private const long Minute = 60_000;

    // Some answer of every format that is asked for lies below this, and some below it are none.
    private const int CodesTried = 9;

    private static readonly string[] _categories = ["maths", "law", "cats"];

    private static readonly (string Format, int Options)[] _formats =
    [
        ("labels", 3), ("multiple", 2), ("ordinal", 5), ("ranking", 3), ("pairwise", 3), ("opinion", 2),
        ("number:-1..1/0.25~0.5", 0),
    ];
    private static readonly JsonElement _asked =
        JsonElement.Parse("""{"all":[{"attribute":{"name":"country","eq":"DE"}}]}""");

    private static readonly string[] _attributes = ["", "country=AT", "country=DE", "country=DE,skill=law"];

    // Numbers of those who have registered, in the order they did; a list to pick from.
    private readonly List<Actor> citizens = [];
    private readonly List<Letter> unopened = [];
    private int arrived;

    /// <summary>The live state, so that people see what any page shows them.</summary>
    public SpaceState State { get; set; } = new();

    public IReadOnlyList<Actor> Citizens => citizens;

    public void Welcome(Actor actor) => citizens.Add(actor);

    /// <summary>Something new by somebody.</summary>
    public Letter Something()
    {
        if (citizens.Count < 8) return Arrive();
        if (book.Live.Count == 0) return Post(Anybody());
        return chance.Below(100) switch
        {
            < 12 => Arrive(),
            < 20 => book.Live.Count < PollsWanted ? Post(Anybody()) : Vote(),
            < 22 => Credit(),
            < 25 => Delegate(Anybody()),
            < 31 => BySession(Anybody()),
            < 33 => Revoke(Anybody()),
            < 35 => End(),
            < 36 => Erase(),
            < 42 => OpenVote(),
            < 48 => Admit(),
            < 51 => Item(),
            _ => Vote(),
        };
    }

    public Actor Anybody() => chance.Pick(citizens);

    /// <summary>The next newcomer, or, when all have come, somebody with new attributes.</summary>
    public Letter Arrive()
    {
        Actor actor = arrived < crowd.Count ? crowd[arrived++] : Anybody();
        return Register(actor);
    }

    public Letter Register(Actor actor)
    {
        ImmutableArray<byte> key = [.. actor.Signer.PublicKey.Span];
        return scribe.Sign(new Register(scribe.HeaderOf(actor), key, chance.Pick(_attributes)), actor.Signer);
    }

    public Letter Post(Actor requester, Func<PollDraft, PollDraft>? change = null)
    {
        PollDraft draft = Draft();
        if (change is not null) draft = change(draft);
        if (draft.Voters == AdmissionRules.Voters) draft = Behind(draft);
        ImmutableArray<byte> attachment = draft.Attachment(chance.Bytes());
        return scribe.Sign(draft.ToMessage(scribe.HeaderOf(requester), attachment), requester.Signer, attachment);
    }

    public Letter Vote() => VoteOn(chance.Pick(book.Live));

    /// <summary>A vote by somebody who may well be entitled to it, mostly for the first options.</summary>
    public Letter VoteOn(KnownPoll poll, Actor? voter = null)
    {
        ResponseFormat format = ResponseFormat.TryRead(poll.Message.Format, poll.Message.Options)!;
        uint choice = (uint)(chance.OneIn(3) ? chance.Below(CodesTried) : 0);
        while (!format.Accepts(choice) && !chance.OneIn(20)) choice = (uint)chance.Below(CodesTried);
        bool isOpaque = poll.IsSealed && chance.OneIn(20);
        Letter letter = scribe.Vote(voter ?? VoterFor(poll), poll, new Opening(choice, chance.Bytes()), isOpaque);
        if (isOpaque) unopened.Add(letter);
        return letter;
    }

    public Letter Credit()
    {
        Actor actor = Anybody();
        Message credit = new Credit(scribe.OperatorHeader(), actor.Account, new Amount((ulong)chance.Between(1, 500)));
        return scribe.SignAsOperator(credit);
    }

    // The operator lets somebody in, whatever was shown to it: of that the rules see nothing.
    private Letter Admit()
    {
        KnownPoll[] doors = [.. book.Live.Where(static poll => poll.Message.Voters == AdmissionRules.Voters)];
        if (doors.Length == 0) return Vote();
        return scribe.SignAsOperator(
            new Admit(scribe.OperatorHeader(), chance.Pick(doors).Id, chance.Bytes(), Anybody().Account));
    }

    // The next item of a batch that a panel answers, or such a batch.
    private Letter Item()
    {
        if (book.Batches.Count == 0 || chance.OneIn(6)) return PostBatch(Anybody());
        KnownBatch batch = chance.Pick(book.Batches);
        PostBatch terms = batch.Message;
        return Post(crowd.Find(terms.Header.Account)!, draft => draft with
        {
            Batch = batch.Id,
            Category = terms.Category,
            Confidence = 0,
            Deadline = draft.Deadline < terms.Deadline ? draft.Deadline : terms.Deadline,
            Format = terms.Format,
            Maximum = Math.Min(draft.Maximum, terms.Sample),
            Minimum = 1,
            Named = [],
            Options = ["no", "yes"],
            Sample = 0,
            Voters = "open",
        });
    }

    private Letter PostBatch(Actor requester)
    {
        BatchDraft draft = new()
        {
            Title = "?",
            Options = ["no", "yes"],
            Deadline = scribe.Later(Duration()),
            Category = chance.Pick(_categories),
            Sample = (uint)chance.Between(2, 6),
        };
        ImmutableArray<byte> attachment = draft.Attachment(chance.Bytes());
        return scribe.Sign(draft.ToMessage(scribe.HeaderOf(requester), attachment), requester.Signer, attachment);
    }

    private PollDraft Behind(PollDraft draft)
    {
        long now = scribe.Later(0).Milliseconds;
        Moment gather = new(now + (draft.Deadline.Milliseconds - now) / chance.Between(2, 5));
        return draft with { Filter = _asked, Named = [], Gather = draft.Sample > 0 ? gather : default };
    }

    private Letter Delegate(Actor actor) => scribe.Sign(
        new Protocol.Messages.Delegate(scribe.HeaderOf(actor))
        {
            Audience = "http://localhost:8080",
            Key = [.. actor.Session.PublicKey.Span],
            MaximumSpend = new Amount((ulong)chance.Below(60)),
            Scopes = chance.OneIn(4) ? "account,post" : "post,vote",
            Until = scribe.Later(chance.Between(Minute, 3 * 24 * 60 * Minute)),
        },
        actor.Signer);

    private Letter BySession(Actor any)
    {
        Actor actor = any;
        for (int tries = 0; tries < 8 && State.FindAccount(actor.Account)?.Sessions.IsEmpty != false; tries++) actor = Anybody();
        KnownPoll poll = chance.Pick(book.Live);
        if (chance.OneIn(4)) return Resigned(Post(actor), actor);
        return poll.IsSealed ? VoteOn(poll, actor) : Resigned(VoteOn(poll, actor), actor);
    }

    private Letter Resigned(Letter letter, Actor actor) =>
        scribe.Sign(letter.Message, actor.Session, letter.Envelope.Attachment) with { Choice = letter.Choice };

    private Letter Revoke(Actor actor) =>
        scribe.Sign(new Revoke(scribe.HeaderOf(actor), actor.Session.Account), actor.Signer);

    private Letter End()
    {
        KnownPoll poll = chance.Pick(book.Live);
        Actor actor = chance.OneIn(4) ? Anybody() : crowd.Find(poll.Message.Header.Account)!;
        Header header = scribe.HeaderOf(actor);
        return scribe.Sign(chance.OneIn(2) ? new ClosePoll(header, poll.Id) : new CancelPoll(header, poll.Id), actor.Signer);
    }

    private Letter Erase()
    {
        KnownPoll poll = chance.Pick(book.Live);
        Actor actor = crowd.Find(poll.Message.Header.Account)!;
        return scribe.Sign(new EraseContent(scribe.HeaderOf(actor), poll.Id), actor.Signer);
    }

    // Voters whose box could not be read open their votes themselves, some of them wrongly, some never.
    private Letter OpenVote()
    {
        if (unopened.Count == 0) return Vote();
        int at = chance.Below(unopened.Count);
        Letter vote = unopened[at];
        SealedVote message = (SealedVote)vote.Message;
        if (chance.OneIn(4) || State.FindPoll(message.Poll)?.Stage is Stage.Opening) unopened.RemoveAt(at);
        Actor voter = crowd.Find(message.Header.Account)!;
        uint choice = vote.Opening!.Value.Choice + (chance.OneIn(5) ? 1u : 0);
        return scribe.Sign(new OpenVote(scribe.HeaderOf(voter), message.Poll, choice, vote.Opening.Value.Salt), voter.Signer);
    }

    private Actor VoterFor(KnownPoll poll)
    {
        if (chance.OneIn(10)) return Anybody();
        if (!poll.Message.Named.IsEmpty) return crowd.Find(chance.Pick(poll.Message.Named))!;
        ImmutableArray<AccountId> panel = State.FindBatch(new TaskId(poll.Message.Batch))?.Panel?.Seats ?? [];
        if (!panel.IsEmpty) return crowd.Find(chance.Pick(panel)) ?? Anybody();
        if (State.Admissions.VotersOf(poll.Id) is { Count: > 0 } admitted) return crowd.Find(chance.Pick([.. admitted]))!;
        if (State.FindPoll(poll.Id)?.Stage is not Stage.Voting { Seats: { IsEmpty: false } seats }) return Anybody();

        // A seat may have fallen to the operator, who is nobody of the crowd.
        return crowd.Find(chance.Pick(seats)) ?? Anybody();
    }

    private PollDraft Draft()
    {
        int maximum = chance.OneIn(8) ? chance.Below(40) + 1 : chance.Below(6) + 1;
        bool isWeighted = chance.OneIn(2), isDrawn = chance.OneIn(6), isNamed = !isDrawn && chance.OneIn(8);
        (string format, int options) = chance.OneIn(2) ? ("single", 2 + chance.Below(3)) : chance.Pick(_formats);
        string payout = chance.Pick(["majority", "majority", "lottery", "equal", "quality"]);
        bool isSealed = chance.OneIn(2), mayBeSure = !isSealed || format is "single" or "ordinal" or "opinion";
        return new PollDraft
        {
            Title = "?",
            Format = format,
            Options = [.. Enumerable.Range(0, options).Select(static number => $"{number}")],
            Reward = new Amount((ulong)(maximum + chance.Below(60))),
            Deadline = scribe.Later(Duration()),
            Maximum = (uint)maximum,
            Minimum = (uint)(1 + chance.Below(maximum)),
            Category = chance.Pick(_categories),
            Aggregation = isWeighted ? "weighted" : "majority",
            Payout = format == "opinion" && payout == "quality" ? "equal" : payout,
            Pricing = chance.Pick(["fixed", "response", format == "opinion" ? "fixed" : "quality"]),
            Deposit = payout == "majority" ? new Amount((ulong)chance.Below(4)) : Amount.Zero,
            Voting = isSealed ? "sealed" : "open",
            Inconclusive = chance.OneIn(2) ? "equal" : "refund",
            Confidence = isWeighted && mayBeSure && chance.OneIn(2) ? (uint)chance.Between(6_000, 9_900) : 0,
            Height = chance.OneIn(8) ? State.Height + (ulong)chance.Between(1, 6) : 0,
            Sample = isDrawn ? (uint)(maximum + chance.Below(5)) : 0,
            Voters = chance.OneIn(6) ? AdmissionRules.Voters
                : chance.OneIn(8) ? chance.Pick(["country=DE|AT", "skill=law", "reputation>=0.1"])
                : "open",
            Named = isNamed ? [.. Enumerable.Range(0, maximum + 3).Select(_ => Anybody().Account).Distinct()] : [],
        };
    }

    private long Duration() =>
        chance.OneIn(5) ? chance.Between(Minute, 2 * 24 * 60 * Minute) : chance.Between(5_000, 20 * Minute);
}
