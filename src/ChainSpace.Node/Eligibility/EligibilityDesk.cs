using System.Security.Cryptography;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Sequencing;
using ChainSpace.Node.Views.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Filters;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Eligibility;
using ChainSpace.Rules.Polls;

namespace ChainSpace.Node.Eligibility;

/// <summary>
/// Decides by filters what only the node can: it sees the attributes that accounts have shown it, and says yes, no, or a
/// rounded number, never who has which. Thread-safe.
/// </summary>
public sealed class EligibilityDesk
{
    /// <summary>Questions a requester may ask about numbers a day.</summary>
    public const int QuestionsPerDay = 50;

    private const long DayMilliseconds = 24L * 60 * 60 * 1000;
    private const long PopulationMilliseconds = 5_000;
    private const string NoiseName = "noise";

    private readonly SpaceReader reader;
    private readonly Sequencer sequencer;
    private readonly AccountId operatorId;
    private readonly SideDatabase database;
    private readonly CellGuard guard;
    private readonly Lock gate = new();

    // The last population of everything, and of what everybody may know. Guarded by the gate.
    private Snapshot? whole, open;

    public EligibilityDesk(
        string directory, SpaceReader reader, (Sequencer Sequencer, CreateSpace Genesis) space, TimeProvider time)
    {
        (this.reader, sequencer, operatorId) = (reader, space.Sequencer, space.Genesis.Header.Account);
        database = new SideDatabase(directory);
        Attributes = new AttributeStore(database);
        Invitations = new InvitationStore(database);
        Pool = new PublicPool(reader, operatorId, time);
        Door = new Doorkeeper(TypedData.SpaceOf(space.Genesis), sequencer, time);
        database.Write("INSERT OR IGNORE INTO secret VALUES ($0, $1)", NoiseName, RandomNumberGenerator.GetBytes(32));
        guard = new CellGuard(
            database.Read("SELECT value FROM secret WHERE name = $0", static row => (byte[])row[0], NoiseName)[0]);
    }

    public AttributeStore Attributes { get; }

    public InvitationStore Invitations { get; }

    public Doorkeeper Door { get; }

    /// <summary>Whom conditions on voters let in.</summary>
    public PublicPool Pool { get; }

    /// <summary>
    /// Admits an account to a poll if it meets the poll's filter now, as of the moment the poll was posted. An account that
    /// is admitted already is so still.
    /// </summary>
    public async Task<Ruling<Admitted, EligibilityRefusal>> AdmitAsync(TaskId poll, AccountId account)
    {
        if (reader.Poll(poll) is not { } view) return new EligibilityRefusal.UnknownPoll();
        if (view.Voters != AdmissionRules.Voters || view.Content?.Filter is not { } json
            || !FilterReader.TryRead(json, out Filter? filter, out _))
            return new EligibilityRefusal.NothingToDecide();
        if (reader.Applicant(account) is not { } applicant) return new EligibilityRefusal.UnknownAccount();
        FilterScene scene = new(new Moment(long.Parse(view.Posted, null)), operatorId);
        applicant = await CompleteAsync(applicant, account, filter);
        if (filter.Unmet(applicant, scene) is { } unmet) return new EligibilityRefusal.NotMet(FilterWords.Of(unmet));
        if (await IsAdmittedAsync(poll, account)) return new Admitted(null);
        Bytes32 shown = Presentation.HashOf(Attributes.Of(account));
        Verdict verdict = await sequencer.ReportAsync(header => new Admit(header, poll, shown, account));
        return verdict switch
        {
            Verdict.Entered entered => new Admitted(entered.Index),
            Verdict.Refused refused => new EligibilityRefusal.Ruled(refused.Refusal),
        };
    }

    /// <summary>About how many accounts meet a filter, for a requester who has questions left today.</summary>
    public async Task<Ruling<CountView, EligibilityRefusal>> CountAsync(AccountId requester, Filter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (!TakeQuestion(requester)) return new EligibilityRefusal.NoQuestionsLeft(QuestionsPerDay);
        IReadOnlyDictionary<TaskId, IReadOnlySet<AccountId>> voters = await VotersAsync(filter);
        Population people = PopulationOf(ref whole, isOpen: false).People;
        using RowSet rows = people.Select(filter, new FilterScene(Door.Now, operatorId), task => voters[task]);
        return guard.Show(rows.Count, people.Accounts.Count, FilterWords.Of(filter), rows.Bytes) is { } shown
            ? new CountView(shown, CellGuard.Smallest, CellGuard.Step)
            : new EligibilityRefusal.TooFew(CellGuard.Smallest);
    }

    /// <summary>Accounts that meet a filter by what everybody may know; what they only showed the node does not count.</summary>
    public async Task<Ruling<IReadOnlyList<AccountId>, EligibilityRefusal>> FindAsync(Filter filter, int limit)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (filter.IsSensitive) return new EligibilityRefusal.Sensitive();
        IReadOnlyDictionary<TaskId, IReadOnlySet<AccountId>> voters = await VotersAsync(filter);
        Snapshot seen = PopulationOf(ref open, isOpen: true);
        FilterScene scene = new(Door.Now, operatorId);
        return seen.People.Find(filter, scene, task => voters[task])
            .Where(account => !Attributes.HasChangedSince(account, seen.Version) || IsFound(account, filter, scene, voters))
            .Take(limit).ToArray();
    }

    // What was taken back must not be found any more, though everybody else is found as they were a moment ago.
    private bool IsFound(
        AccountId account, Filter filter, FilterScene scene, IReadOnlyDictionary<TaskId, IReadOnlySet<AccountId>> voters) =>
        reader.Applicant(account) is { } applicant && filter.Matches(
            applicant with
            {
                Attributes = Attributes.PublishedOf(account, applicant.Attributes, scene.Posted),
                Tasks = TasksOf(account, voters),
            },
            scene);

    private async Task<Applicant> CompleteAsync(Applicant published, AccountId account, Filter filter)
    {
        IReadOnlyDictionary<TaskId, IReadOnlySet<AccountId>> voters = await VotersAsync(filter);
        return published with
        {
            Attributes = Attributes.AttributesOf(account, published.Attributes, Door.Now),
            Tasks = TasksOf(account, voters),
        };
    }

    private static HashSet<TaskId> TasksOf(
        AccountId account, IReadOnlyDictionary<TaskId, IReadOnlySet<AccountId>> voters) =>
        voters.Where(each => each.Value.Contains(account)).Select(static each => each.Key).ToHashSet();

    private async Task<bool> IsAdmittedAsync(TaskId poll, AccountId account)
    {
        bool isAdmitted = false;
        await sequencer.RunAsync(engine => isAdmitted = engine.State.Admissions.Has(poll, account));
        return isAdmitted;
    }

    // Who took part in each task the filter names: of polls that run the state knows it, of ended ones the views.
    private async Task<IReadOnlyDictionary<TaskId, IReadOnlySet<AccountId>>> VotersAsync(Filter filter)
    {
        Dictionary<TaskId, IReadOnlySet<AccountId>> found = [];
        foreach (TaskId task in filter.Nodes.OfType<Filter.TookPart>().Select(static part => part.Task).Distinct())
        {
            HashSet<AccountId> voters = [];
            await sequencer.RunAsync(engine =>
            {
                if (engine.State.FindPoll(task) is not { } poll) return;
                foreach (Ballot ballot in poll.Ballots.Ballots) voters.Add(ballot.Voter.Id);
            });
            if (voters.Count == 0) AddEnded(task, voters);
            found.Add(task, voters);
        }

        return found;
    }

    private void AddEnded(TaskId task, HashSet<AccountId> voters)
    {
        PageQuery query = new(Limit: 200);
        for (Page<VoteView>? page = reader.Votes(task, query).State; page is not null; page = reader.Votes(task, query).State)
        {
            foreach (VoteView vote in page.Data) voters.Add(new AccountId(Bytes32.Parse(vote.Voter)));
            if (page.NextCursor is null) return;
            query = query with { Cursor = page.NextCursor };
        }
    }

    private bool TakeQuestion(AccountId requester)
    {
        long day = Door.Now.Milliseconds / DayMilliseconds;
        database.Write("DELETE FROM asked WHERE day < $0", day);
        return database.Write(
            """
            INSERT INTO asked VALUES ($0, $1, 1)
            ON CONFLICT (requester, day) DO UPDATE SET count = count + 1 WHERE count < $2
            """,
            requester.Value.ToArray(), day, QuestionsPerDay) > 0;
    }

    // Made anew where something has changed, what is open to all not more often than every few seconds: who finds people
    // leaves out those who have changed since and do not fit any more.
    private Snapshot PopulationOf(ref Snapshot? kept, bool isOpen)
    {
        lock (gate)
        {
            Moment now = Door.Now;
            long version = Attributes.Version;
            bool isRecent = now.Milliseconds - (kept?.Made.Milliseconds ?? 0) < PopulationMilliseconds;
            if (kept is { } last && isRecent && (isOpen || last.Version == version)) return last;
            Population.Builder builder = new();
            foreach ((AccountId account, Applicant applicant) in reader.Applicants())
            {
                builder.Add(account, applicant with
                {
                    Attributes = isOpen
                        ? Attributes.PublishedOf(account, applicant.Attributes, now)
                        : Attributes.AttributesOf(account, applicant.Attributes, now),
                });
            }

            return kept = new Snapshot(builder.Build(), now, version);
        }
    }

    private sealed record Snapshot(Population People, Moment Made, long Version);
}

/// <summary>The account is in.</summary>
/// <param name="Index">The entry that admitted it; null where it was in before.</param>
public sealed record Admitted(EntryIndex? Index);
