using System.Globalization;
using ChainSpace.Client.Reading;
using ChainSpace.Journal;
using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Filters;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Aggregation;

namespace ChainSpace.Node.Views.Reading;

/// <summary>
/// Answers questions about one space from its views; what views do not keep is read from the journal. Each answer is of
/// one moment. Any number of threads.
/// </summary>
public sealed class SpaceReader
{
    private readonly ViewStore views;
    private readonly JournalStore journal;
    private readonly PollQueries polls;
    private readonly VoteQueries votes;
    private readonly BatchQueries batches;

    /// <param name="content">Finds content by its salted hash; null where it is unknown or erased.</param>
    public SpaceReader(ViewStore views, JournalStore journal, Func<Bytes32, byte[]?> content)
    {
        (this.views, this.journal) = (views, journal);
        AnswerQueries answers = new(content);
        PollContent? Read(Bytes32 hash) => PollContentBytes.TryRead(content(hash));
        polls = new PollQueries(Read, answers);
        votes = new VoteQueries(answers);
        batches = new BatchQueries(Read);
    }

    /// <summary>The space itself; null before its first entry.</summary>
    public SpaceView? Space()
    {
        if (views.Position == 0) return null;
        CreateSpace genesis = (CreateSpace)MessageWords.Read(journal.ReadEntry(0)).Message;
        SpaceId id = TypedData.SpaceOf(genesis);
        string origin = $"chainspace/{id.ToString()[2..]}";
        (string posted, string accounts) = views.Readers.Read(Counts);
        return new SpaceView
        {
            Id = id.ToString(),
            Name = genesis.Name,
            Network = genesis.Network,
            ChainId = genesis.ChainId.ToString(CultureInfo.InvariantCulture),
            Factory = genesis.Factory.ToString(),
            Currency = genesis.Currency,
            Decimals = (int)genesis.Decimals,
            Operator = genesis.Header.Account.ToString(),
            Grant = genesis.Grant.ToString(),
            Origin = origin,
            CheckpointKey = new NoteVerifier(origin, genesis.CheckpointKey.ToArray()).ToString(),
            SealingKey = Hex.Encode(genesis.SealingKey.AsSpan()),
            Size = journal.Size.ToString(CultureInfo.InvariantCulture),
            Polls = posted,
            Accounts = accounts,
        };
    }

    /// <summary>Polls, newest first unless the query wants the oldest first.</summary>
    public Ruling<Page<PollView>, QueryRefusal> Polls(PollQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        long beyond = query.IsOldestFirst ? -1 : long.MaxValue;
        if (Cursor.TryRead(query, Cursor.Polls, ref beyond) is { } refusal) return refusal;
        if (query.Requester is { } requester && !Bytes32.TryParse(requester, out _))
            return new QueryRefusal.BadFilter("requester");
        bool isBatch = query.Batch is null or PollQuery.NoBatch || Bytes32.TryParse(query.Batch, out _);
        if (!isBatch) return new QueryRefusal.BadFilter("batch");
        return views.Readers.Read(database => polls.List(database, query, beyond));
    }

    /// <summary>Null where there is no such poll.</summary>
    public PollView? Poll(TaskId poll) => views.Readers.Read(database => polls.Find(database, poll));

    /// <summary>Batches, newest first.</summary>
    public Ruling<Page<BatchView>, QueryRefusal> Batches(PageQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        long before = long.MaxValue;
        if (Cursor.TryRead(query, Cursor.Batches, ref before) is { } refusal) return refusal;
        return views.Readers.Read(database => batches.List(database, query, before));
    }

    /// <summary>Null where there is no such batch.</summary>
    public BatchView? Batch(TaskId batch) => views.Readers.Read(database => batches.Find(database, batch));

    /// <summary>The poll's votes in the order they came; sealed ones not before the poll has ended.</summary>
    public Ruling<Page<VoteView>, QueryRefusal> Votes(TaskId poll, PageQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        long from = 0;
        if (Cursor.TryRead(query, Cursor.Votes, ref from) is { } refusal) return refusal;
        Page<VoteView>? found = views.Readers.Read(database => VoteQueries.Find(database, poll) is { } known
            ? votes.List(database, known, (from, query.Limit))
            : null);
        return found is null ? new QueryRefusal.NotFound("poll") : found;
    }

    /// <summary>Who was drawn for a poll, by account.</summary>
    public Ruling<Page<SeatView>, QueryRefusal> Seats(TaskId poll, PageQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        long from = 0;
        if (Cursor.TryRead(query, Cursor.Seats, ref from) is { } refusal) return refusal;
        Page<SeatView>? found = views.Readers.Read(database => VoteQueries.Find(database, poll) is { } known
            ? InboxQueries.SeatsOf(database, known.Index, (from, query.Limit))
            : null);
        return found is null ? new QueryRefusal.NotFound("poll") : found;
    }

    /// <summary>Who was drawn for a whole batch, by account.</summary>
    public Ruling<Page<SeatView>, QueryRefusal> Panel(TaskId batch, PageQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        long from = 0;
        if (Cursor.TryRead(query, Cursor.Seats, ref from) is { } refusal) return refusal;
        return views.Readers.Read(database => BatchQueries.SeatsOf(database, batch, (from, query.Limit)));
    }

    /// <summary>What the account can do now and was paid lately; null where there is no such account.</summary>
    public Page<InboxItem>? Inbox(AccountId account) => views.Readers.Read(database =>
        AccountQueries.Number(database, account) is null
            ? null
            : new Page<InboxItem>(new InboxQueries(database, journal, polls).Of(account), null));

    /// <summary>Null where there is no such account.</summary>
    public AccountView? Account(AccountId account) => views.Readers.Read(database => AccountQueries.Find(database, account));

    /// <summary>What filters may ask of an account that the journal knows; null where there is no such account.</summary>
    public Applicant? Applicant(AccountId account) => views.Readers.Read(database => ApplicantQueries.Find(database, account));

    /// <summary>The same of all accounts, in the order they registered.</summary>
    public IReadOnlyList<(AccountId Account, Applicant Applicant)> Applicants() => views.Readers.Read(ApplicantQueries.All);

    /// <summary>The account's entries, newest first.</summary>
    public Ruling<Page<HistoryItem>, QueryRefusal> History(AccountId account, PageQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        long before = HistoryKey.Beyond;
        if (Cursor.TryRead(query, Cursor.History, ref before) is { } refusal) return refusal;
        before = Math.Min(before, HistoryKey.Beyond);
        Page<HistoryItem>? found = views.Readers.Read(database => AccountQueries.Number(database, account) is { } number
            ? List(database, AccountQueries.Entries(database, number, (before, query.Limit)), query.Limit)
            : null);
        return found is null ? new QueryRefusal.NotFound("account") : found;
    }

    /// <summary>Levels of personhood that the operator has attested; accounts without one are left out.</summary>
    internal IReadOnlyDictionary<AccountId, int> PersonLevels() => views.Readers.Read(ApplicantQueries.PersonLevels);

    /// <summary>What a confidence would take.</summary>
    /// <param name="asked">The category, and whose gold items count.</param>
    /// <param name="terms">What one has in mind.</param>
    /// <param name="pool">Who may vote; null: everybody.</param>
    internal QuoteView Quote(
        (string Category, string? Requester) asked, QuoteTerms terms, (int Accounts, IReadOnlyList<int> Known)? pool) =>
        views.Readers.Read(database => QuoteQueries.Quote(database, asked, terms, pool));

    /// <summary>How far confidences have been true; of all categories where none is named.</summary>
    internal Page<ReliabilityView> Reliability(string? category) =>
        new(views.Readers.Read(database => QuoteQueries.Reliability(database, category)), null);

    private static (string Polls, string Accounts) Counts(ViewDatabase database)
    {
        Statement row = database.On("SELECT polls, accounts FROM progress");
        row.Step();
        string Text(int column) => row.Number(column).ToString(CultureInfo.InvariantCulture);
        (string, string) counts = (Text(0), Text(1));
        row.Reset();
        return counts;
    }

    private Page<HistoryItem> List(ViewDatabase database, List<EntryIndex> indexes, int limit)
    {
        List<HistoryItem> found = [.. indexes.Select(index => Item(database, index))];
        return Pages.Cut(found, limit, () => new Cursor(Cursor.History, indexes[limit - 1].Value));
    }

    private HistoryItem Item(ViewDatabase database, EntryIndex index)
    {
        Entry entry = MessageWords.Read(journal.ReadEntry(index.Value));
        Message said = entry.Message;
        TaskId? poll = said is PostPoll ? PostedBy(database, "poll", index) : MessageWords.PollOf(said);
        TaskId? job = said is PostJob ? PostedBy(database, "job", index) : MessageWords.JobOf(said);
        TaskId? batch = said is PostBatch ? PostedBy(database, "batch", index) : MessageWords.BatchOf(said);
        return new HistoryItem(index.ToString(), entry.Moment.ToString(), said.Type, poll?.ToString())
        {
            Job = job?.ToString(),
            Batch = batch?.ToString(),
        };
    }

    private static TaskId PostedBy(ViewDatabase database, string table, EntryIndex index)
    {
        Statement row = database.On($"SELECT id FROM {table} WHERE idx = ?1").Bind(1, index.Value);
        row.Step();
        TaskId poll = new(row.Id(0));
        row.Reset();
        return poll;
    }
}
