using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Batches;
using ChainSpace.Rules.Eligibility;
using ChainSpace.Rules.Jobs;
using ChainSpace.Rules.Aggregation;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.Reputation;
using ChainSpace.Rules.Settlement;

namespace ChainSpace.Rules.State;

/// <summary>
/// Everything the rules know of one space: the fold of its journal. Mutable and owned by one writer; only
/// <see cref="Rulebook"/> changes it, and only for an entry that is accepted.
/// </summary>
public sealed class SpaceState
{
    private readonly Dictionary<AccountId, Account> accounts = [];
    private readonly List<Account> byNumber = [];
    private readonly Dictionary<TaskId, Poll> polls = [];
    private readonly Dictionary<TaskId, Batch> batches = [];
    private readonly SortedDictionary<EntryIndex, Batch> batchesByEntry = [];
    private readonly SortedSet<(Moment At, EntryIndex Posted)> batchesDue = [];
    private readonly Dictionary<Bytes32, Person> persons = [];

    /// <summary>The first entry's message; null before it.</summary>
    public CreateSpace? Genesis { get; internal set; }

    /// <summary>The space's domain; null before the first entry.</summary>
    public Domain? Domain { get; internal set; }

    /// <summary>Entries folded so far; index of the next.</summary>
    public long Size { get; internal set; }

    /// <summary>Moment of the last entry. Time never goes back.</summary>
    public Moment Now { get; internal set; }

    /// <summary>All money there is: the sum of all balances, and the fund.</summary>
    public Amount Supply { get; internal set; }

    /// <summary>The space's part of lost deposits, kept for gold items; nobody's balance.</summary>
    public Amount Fund { get; internal set; }

    /// <summary>The sum of what all accounts have withdrawn; follows from them and is kept beside.</summary>
    public Amount Withdrawn { get; internal set; }

    /// <summary>The sum of what all accounts have earned, likewise.</summary>
    public Amount Earned { get; internal set; }

    /// <summary>Number of the last reported block.</summary>
    public ulong Height { get; internal set; }

    /// <summary>Journal size the last reported block covers.</summary>
    public ulong BlockSize { get; internal set; }

    /// <summary>Size of the last anchor that is final on the chain; 0 before the first.</summary>
    public ulong AnchoredSize { get; internal set; }

    /// <summary>Payout root of the last anchor that is final on the chain.</summary>
    public Bytes32 AnchoredPayouts { get; internal set; }

    /// <summary>True where the space's money lies in a vault on a chain.</summary>
    public bool IsOnChain => Genesis is { Network: not CreateSpace.Sovereign };

    /// <summary>Evidence of all voters together, by category.</summary>
    public SortedDictionary<string, Evidence> Pools { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// What gold items have shown, by category and requester: false gold corrects only its own requester's polls.
    /// </summary>
    public SortedDictionary<string, Calibration> Calibrations { get; } = new(StringComparer.Ordinal);

    /// <summary>What is paid for early anchors and still open.</summary>
    public PriorityRequests Priorities { get; } = new();

    /// <summary>Who was admitted to the polls that take votes.</summary>
    public Admissions Admissions { get; } = new();

    /// <summary>Jobs, and the records of those who take part.</summary>
    public JobBook Jobs { get; } = new();

    /// <summary>What an anchor of everything earns the wallet that sends it.</summary>
    public Amount ExpeditedAmount => Priorities.Amount;

    /// <summary>The moment by which the first of it must be anchored; null where nothing is paid for.</summary>
    public Moment? ExpeditedBefore => Priorities.Next?.Before;

    public NonceMemory Nonces { get; } = new();

    /// <summary>Accounts in the order they registered.</summary>
    public IReadOnlyList<Account> Accounts => byNumber;

    /// <summary>Polls of the live state in no particular order.</summary>
    public IReadOnlyCollection<Poll> Polls => polls.Values;

    /// <summary>Batches of the live state, oldest first.</summary>
    public IReadOnlyCollection<Batch> Batches => batchesByEntry.Values;

    /// <summary>What must happen at a moment.</summary>
    internal SortedSet<(Moment At, TaskId Poll)> Due { get; } = [];

    /// <summary>Polls that end voting at a block.</summary>
    internal SortedSet<(ulong Height, TaskId Poll)> DueAtHeight { get; } = [];

    /// <summary>Polls that wait for a block as a beacon.</summary>
    internal SortedSet<TaskId> AwaitingBlock { get; } = [];

    /// <summary>Batches whose panel waits for a block, by the entry that posted them.</summary>
    internal SortedSet<EntryIndex> PanelsAwaiting { get; } = [];

    /// <summary>Changed since the state was last hashed.</summary>
    internal HashSet<Account> ChangedAccounts { get; } = [];

    /// <inheritdoc cref="ChangedAccounts"/>
    internal HashSet<TaskId> ChangedPolls { get; } = [];

    /// <inheritdoc cref="ChangedAccounts"/>
    internal HashSet<TaskId> ChangedBatches { get; } = [];

    /// <summary>Groups of which the entry in hand has changed something, by the entry that posted their batch.</summary>
    internal SortedSet<(EntryIndex Posted, int Group)> Touched { get; } = [];

    /// <summary>The oldest entry that waits for a block as its beacon: a poll to be drawn or raffled, or a panel.</summary>
    public EntryIndex? OldestAwaiting
    {
        get
        {
            EntryIndex? poll = AwaitingBlock.Count == 0 ? null : AwaitingBlock.Min(id => FindPoll(id)!.Awaits);
            if (PanelsAwaiting.Count == 0) return poll;
            return poll is { } oldest && oldest.CompareTo(PanelsAwaiting.Min) < 0 ? oldest : PanelsAwaiting.Min;
        }
    }

    /// <summary>The lowest height at which a poll ends its voting.</summary>
    public ulong? NextDueHeight => DueAtHeight.Count == 0 ? null : DueAtHeight.Min.Height;

    /// <summary>True while something waits for a block of the settlement network.</summary>
    public bool NeedsBlock => AwaitingBlock.Count + PanelsAwaiting.Count + DueAtHeight.Count > 0;

    /// <summary>The next moment at which a poll falls due.</summary>
    internal Moment? NextPollDue => Due.Count > 0 ? Due.Min.At : null;

    /// <summary>The next moment at which a batch falls due.</summary>
    internal Moment? NextBatchDue => batchesDue.Count > 0 ? batchesDue.Min.At : null;

    /// <summary>The batch that falls due first.</summary>
    internal Batch FirstDueBatch => batchesByEntry[batchesDue.Min.Posted];

    /// <summary>The next moment at which something falls due.</summary>
    public Moment? NextDue => Earliest(Earliest(NextPollDue, Jobs.NextDue), Earliest(NextBatchDue, Priorities.Next?.Due));

    public Account? FindAccount(AccountId id) => accounts.GetValueOrDefault(id);

    /// <summary>How far the beliefs of a poll posted now on these terms are to be trusted.</summary>
    public Calibration CalibrationOf(PollTerms terms) =>
        Calibrations.GetValueOrDefault(CalibrationKey(terms)) ?? Calibration.None;

    internal static string CalibrationKey(PollTerms terms) => $"{terms.Message.Category}/{terms.Requester.Id.Value}";

    public Poll? FindPoll(TaskId id) => polls.GetValueOrDefault(id);

    public Batch? FindBatch(TaskId id) => batches.GetValueOrDefault(id);

    /// <summary>The batch that an entry posted.</summary>
    internal Batch BatchPostedBy(EntryIndex posted) => batchesByEntry[posted];

    /// <summary>The person of this cluster, if any account is known to be his.</summary>
    public Person? FindPerson(Bytes32 cluster) => persons.GetValueOrDefault(cluster);

    /// <summary>Makes the account a person's; nobody's at level 0.</summary>
    internal void SetPerson(Account account, int level, Bytes32 cluster)
    {
        account.Person?.Remove(account);
        if (account.Person is { Accounts.Count: 0 } nobody) persons.Remove(nobody.Cluster);
        (account.PersonLevel, account.Person) = (level, null);
        if (level == 0) return;
        if (!persons.TryGetValue(cluster, out Person? person)) persons.Add(cluster, person = new Person(cluster));
        person.Add(account);
        account.Person = person;
    }

    internal Account AddAccount(AccountId id, EntryIndex registered)
    {
        Account account = new(id, byNumber.Count, registered);
        accounts.Add(id, account);
        byNumber.Add(account);
        return account;
    }

    /// <summary>Gives the account this balance, and the sums what they gain by it.</summary>
    internal void SetBalance(Account account, Balance balance)
    {
        Withdrawn += balance.Withdrawn - account.Balance.Withdrawn;
        Earned += balance.Earned - account.Balance.Earned;
        account.Balance = balance;
    }

    /// <summary>Makes room for accounts that are about to be added.</summary>
    internal void Reserve(int count)
    {
        accounts.EnsureCapacity(count);
        byNumber.EnsureCapacity(count);
    }

    internal void AddPoll(Poll poll)
    {
        polls.Add(poll.Terms.Id, poll);
        if (poll.Due is { } due) Due.Add((due, poll.Terms.Id));
        if (poll.Stage is Stage.Voting or Stage.Drawing or Stage.Gathering && poll.Terms.Message.Height > 0)
            DueAtHeight.Add((poll.Terms.Message.Height, poll.Terms.Id));
        if (poll.Stage is Stage.Drawing or Stage.Raffle) AwaitingBlock.Add(poll.Terms.Id);
    }

    internal void AddBatch(Batch batch)
    {
        batches.Add(batch.Terms.Id, batch);
        batchesByEntry.Add(batch.Terms.Posted, batch);
        batchesDue.Add((batch.Due, batch.Terms.Posted));
        if (batch.AwaitsBlock) PanelsAwaiting.Add(batch.Terms.Posted);
        ChangedBatches.Add(batch.Terms.Id);
    }

    internal void Reschedule(Batch batch, Moment due)
    {
        batchesDue.Remove((batch.Due, batch.Terms.Posted));
        batch.Due = due;
        if (!batch.AwaitsBlock) PanelsAwaiting.Remove(batch.Terms.Posted);
        batchesDue.Add((due, batch.Terms.Posted));
        ChangedBatches.Add(batch.Terms.Id);
    }

    internal void RemoveBatch(Batch batch)
    {
        batchesDue.Remove((batch.Due, batch.Terms.Posted));
        batchesByEntry.Remove(batch.Terms.Posted);
        batches.Remove(batch.Terms.Id);
        ChangedBatches.Add(batch.Terms.Id);
    }

    internal void RemovePoll(Poll poll)
    {
        Reschedule(poll, null);
        polls.Remove(poll.Terms.Id);
    }

    /// <summary>Puts the poll into a stage that falls due at another moment, or waits for a block.</summary>
    internal void Move(Poll poll, Stage stage, Moment? due)
    {
        poll.Stage = stage;
        Reschedule(poll, due);
        if (!IsAdmitting(poll)) Admissions.Forget(poll.Terms.Id);
        if (stage is not (Stage.Voting or Stage.Drawing or Stage.Gathering))
            DueAtHeight.Remove((poll.Terms.Message.Height, poll.Terms.Id));
        if (stage is Stage.Drawing or Stage.Raffle) AwaitingBlock.Add(poll.Terms.Id);
        else AwaitingBlock.Remove(poll.Terms.Id);
        if (stage is Stage.Waiting or Stage.Ended && poll.Place is { } place)
            Touched.Add((place.Batch.Terms.Posted, place.Group));
    }

    // Drawn seats say who may vote, so whom they were drawn among need not be known any longer.
    private static bool IsAdmitting(Poll poll) =>
        poll.Stage is Stage.Gathering or Stage.Drawing || (poll.Stage is Stage.Voting && !poll.Terms.IsDrawn);

    private static Moment? Earliest(Moment? one, Moment? other) => one is null || other < one ? other ?? one : one;

    private void Reschedule(Poll poll, Moment? due)
    {
        if (poll.Due is { } before) Due.Remove((before, poll.Terms.Id));
        poll.Due = due;
        if (due is { } after) Due.Add((after, poll.Terms.Id));
    }
}
