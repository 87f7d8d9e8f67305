using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Aggregation;
using ChainSpace.Rules.Batches;
using ChainSpace.Rules.Eligibility;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.Reputation;
using ChainSpace.Rules.Selection;
using ChainSpace.Rules.Settlement;

namespace ChainSpace.Rules.State;

/// <summary>Reads the records of <see cref="StateEncoding"/> into a state, in its order, field for field.</summary>
internal static class StateDecoding
{
    public static void ReadHeader(FieldReader fields, SpaceState state)
    {
        ReadOnlySpan<byte> genesis = fields.Bytes();
        if (!genesis.IsEmpty)
        {
            state.Genesis = Read<CreateSpace>(genesis);
            state.Domain = Domain.Of(state.Genesis);
        }

        state.Size = fields.Number64();
        state.Now = fields.Moment();
        state.Supply = fields.Money();
        state.Fund = fields.Money();
        state.Height = fields.Unsigned64();
        state.BlockSize = fields.Unsigned64();
        state.AnchoredSize = fields.Unsigned64();
        state.AnchoredPayouts = fields.Id();
        foreach ((string category, Evidence evidence) in ReadEvidence(fields)) state.Pools.Add(category, evidence);
    }

    public static void ReadAccount(FieldReader fields, SpaceState state)
    {
        Account account = state.AddAccount(fields.Account(), fields.Index());
        account.Attributes = fields.Text();
        if (fields.Tag() is > 0 and var level) state.SetPerson(account, level, fields.Id());
        Balance balance = new(fields.Money(), fields.Money(), fields.Money())
        {
            Earned = fields.Money(),
            Received = fields.Money(),
        };
        state.SetBalance(account, balance);
        account.Sessions = ReadSessions(fields);
        account.Reputation = ReadEvidence(fields);
        for (int count = fields.Number32(); count > 0; count--)
            account.Receipts = account.Receipts.Add(fields.Text(), fields.Number32());
    }

    public static void ReadPriorities(FieldReader fields, SpaceState state)
    {
        for (int requests = fields.Number32(); requests > 0; requests--)
        {
            EntryIndex index = fields.Index();
            Account payer = state.FindAccount(fields.Account()) ?? throw Unreadable("payer");
            state.Priorities.Add(new PriorityRequest(index, payer, fields.Money(), fields.Moment()));
        }
    }

    /// <summary>Before its items, which find their places in it.</summary>
    public static void ReadBatch(FieldReader fields, SpaceState state, Dictionary<TaskId, BatchPlace> places)
    {
        TaskId id = new(fields.Id());
        EntryIndex posted = fields.Index();
        Moment due = fields.Moment();
        bool isClosed = fields.Tag() == 1;
        int items = fields.Number32();
        Bytes32 chain = fields.Id();
        BatchGroup[] groups = new BatchGroup[fields.Number32()];
        for (int i = 0; i < groups.Length; i++) groups[i] = new BatchGroup(fields.Number32());
        Bytes32? panel = fields.Tag() == 1 ? fields.Id() : null;
        PostBatch message = Read<PostBatch>(fields.Bytes());
        Account requester = state.FindAccount(message.Header.Account) ?? throw Unreadable("requester");
        Batch batch = new(new BatchTerms(id, requester, posted, message))
        {
            Due = due,
            IsClosed = isClosed,
            Items = items,
            Chain = chain,
        };
        TaskId[] training = ReadIds(fields);
        foreach (BatchGroup group in groups)
        {
            group.Items.AddRange(ReadIds(fields));
            for (int i = 0; i < group.Items.Count; i++)
                places.Add(group.Items[i], new BatchPlace(batch, group.Number * (int)message.Group + i));
        }

        batch.Resume(groups, training);
        if (panel is { } digest) batch.Panel = new Panel(digest, ReadSeats(fields));
        state.AddBatch(batch);
    }

    private static TaskId[] ReadIds(FieldReader fields)
    {
        TaskId[] ids = new TaskId[fields.Number32()];
        for (int i = 0; i < ids.Length; i++) ids[i] = new TaskId(fields.Id());
        return ids;
    }

    public static void ReadPoll(FieldReader fields, SpaceState state, Dictionary<TaskId, BatchPlace> places)
    {
        TaskId id = new(fields.Id());
        EntryIndex posted = fields.Index();
        long due = fields.Number64();
        Stage stage = ReadStage(fields);
        bool isExtended = SkipExtension(fields);
        int votes = fields.Number32();
        VoteChain chain = new(fields.Id(), fields.Id(), fields.Id());
        Calibration calibration = CalibrationEncoding.Read(fields);
        int? truth = OptionOrNull(fields.Number32());
        PostPoll message = Read<PostPoll>(fields.Bytes());
        Account requester = state.FindAccount(message.Header.Account) ?? throw Unreadable("requester");
        Poll poll = new(new PollTerms(id, requester, posted, message, VoterFilter.Of(message)), stage)
        {
            Due = due == StateEncoding.None ? null : new Moment(due),
            Place = places.GetValueOrDefault(id),
            Calibration = calibration,
            IsExtended = isExtended,
            Truth = truth,
        };
        poll.Resume(ReadBallots(fields, state, (votes, poll.Terms.IsSealed)), chain);
        state.AddPoll(poll);
    }

    // Its numbers stand in the message that follows as well.
    private static bool SkipExtension(FieldReader fields)
    {
        if (fields.Tag() == 0) return false;
        _ = (fields.Number64(), fields.Number32(), fields.Money(), fields.Text());
        return true;
    }

    public static void ReadNonces(FieldReader fields, NonceMemory nonces)
    {
        for (int periods = fields.Number32(); periods > 0; periods--)
        {
            Dictionary<NonceMemory.Key, NonceMemory.Seen> table = nonces.TableOf(fields.Number64());
            int count = fields.Number32();
            table.EnsureCapacity(count);
            for (int i = 0; i < count; i++)
            {
                NonceMemory.Key key = new(fields.Number32(), fields.Unsigned64());
                table.Add(key, new NonceMemory.Seen(fields.Index(), fields.Unsigned64()));
            }
        }
    }

    internal static TMessage Read<TMessage>(ReadOnlySpan<byte> bytes)
        where TMessage : Message =>
        CanonicalMessage.TryRead(bytes, out Message? message) && message is TMessage read ? read : throw Unreadable("message");

    private static ImmutableSortedDictionary<AccountId, Session> ReadSessions(FieldReader fields)
    {
        ImmutableSortedDictionary<AccountId, Session> sessions = ImmutableSortedDictionary<AccountId, Session>.Empty;
        for (int count = fields.Number32(); count > 0; count--)
            sessions = sessions.Add(fields.Account(), new Session(fields.Text(), fields.Money(), fields.Moment()));
        return sessions;
    }

    private static ImmutableSortedDictionary<string, Evidence> ReadEvidence(FieldReader fields)
    {
        ImmutableSortedDictionary<string, Evidence> categories = Account.NoReputation;
        for (int count = fields.Number32(); count > 0; count--)
            categories = categories.Add(fields.Text(), new Evidence(fields.Score(), fields.Score(), fields.Moment()));
        return categories;
    }

    private static List<Ballot> ReadBallots(FieldReader fields, SpaceState state, (int Count, bool AreSealed) votes)
    {
        List<Ballot> ballots = new(votes.Count);
        for (int i = 0; i < votes.Count; i++)
        {
            Account voter = state.Accounts[fields.Number32()];
            EntryIndex index = fields.Index();
            int choice = fields.Number32();
            Weights weights = new(fields.Score(), fields.Score());
            ballots.Add(new Ballot(voter, index, choice, votes.AreSealed ? fields.Id() : default, weights));
        }

        return ballots;
    }

    private static Stage ReadStage(FieldReader fields) => fields.Tag() switch
    {
        1 => new Stage.Drawing(fields.Index()),
        2 => new Stage.Voting(ReadSeats(fields)) { Places = ReadPlaces(fields) },
        3 => new Stage.Opening((EndReason)fields.Tag(), fields.Number32(), fields.Number32(), ReadProof(fields)),
        4 => new Stage.Raffle(ReadOutcome(fields)) { Chances = ReadChances(fields) },
        5 => new Stage.Ended(ReadOutcome(fields)),
        6 => new Stage.Waiting((EndReason)fields.Tag(), fields.Index(), fields.Moment(), fields.Tag() == 1),
        7 => new Stage.Gathering(),
        _ => throw Unreadable("stage"),
    };

    private static ImmutableArray<uint> ReadChances(FieldReader fields)
    {
        uint[] chances = new uint[fields.Number32()];
        for (int i = 0; i < chances.Length; i++) chances[i] = (uint)fields.Number32();
        return [.. chances];
    }

    private static Tally? ReadProof(FieldReader fields)
    {
        int options = fields.Number32();
        if (options == 0) return null;
        (double[] skilled, double[] plain, int[] counts) = (new double[options], new double[options], new int[options]);
        for (int option = 0; option < options; option++)
            (skilled[option], plain[option], counts[option]) = (fields.Score(), fields.Score(), fields.Number32());
        return new Tally([.. skilled], [.. plain], [.. counts]);
    }

    private static ImmutableArray<AccountId> ReadSeats(FieldReader fields)
    {
        ImmutableArray<AccountId>.Builder seats = ImmutableArray.CreateBuilder<AccountId>(fields.Number32());
        while (seats.Count < seats.Capacity) seats.Add(fields.Account());
        return seats.MoveToImmutable();
    }

    private static ImmutableArray<Place> ReadPlaces(FieldReader fields)
    {
        ImmutableArray<Place>.Builder places = ImmutableArray.CreateBuilder<Place>(fields.Number32());
        while (places.Count < places.Capacity) places.Add(new Place(fields.Account(), fields.Tag(), fields.Tag() == 1));
        return places.MoveToImmutable();
    }

    private static Outcome ReadOutcome(FieldReader fields)
    {
        (OutcomeKind kind, EndReason reason) = ((OutcomeKind)fields.Tag(), (EndReason)fields.Tag());
        return new Outcome(kind, reason, fields.Index(), fields.Moment(), ReadCount(fields));
    }

    private static Count ReadCount(FieldReader fields)
    {
        int answer = fields.Number32();
        double confidence = fields.Score();
        int plurality = fields.Number32();
        int[] perOption = new int[fields.Number32()];
        for (int option = 0; option < perOption.Length; option++) perOption[option] = fields.Number32();
        return new Count(OptionOrNull(answer), confidence, OptionOrNull(plurality), [.. perOption])
        {
            Votes = fields.Number32(),
            Margin = fields.Score(),
            Belief = fields.Score(),
            GoldItems = fields.Number32(),
        };
    }

    private static int? OptionOrNull(int option) => option == StateEncoding.None ? null : option;

    private static InvalidDataException Unreadable(string what) => new($"The snapshot holds no readable {what}.");
}
