using System.Runtime.InteropServices;
using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Aggregation;
using ChainSpace.Rules.Polls;

namespace ChainSpace.Node.Views.Folding;

// Polls, their outcomes and their votes. The votes of a batch are written together, poll by poll.
internal sealed class PollRows(ViewDatabase database, Progress progress, AccountRows accounts)
{
    private const int PollsRemembered = 1 << 16;

    private readonly Dictionary<TaskId, RunningPoll> running = [];
    private readonly List<RunningPoll> touched = [];
    private readonly PaceRows paces = new(database);
    private readonly ItemRows items = new(database);

    public void Post(PollTerms terms, Moment posted)
    {
        PostPoll message = terms.Message;
        string state = StateWords.Of(Stage.First(terms));
        database.On("""
                INSERT INTO poll VALUES (?1, ?2, 0, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
                  ?19, NULL, NULL, ?20, ?21, ?22, ?23, ?24, NULL, ?25, ?26, NULL)
                """)
            .Bind(1, terms.Posted.Value).Bind(2, terms.Id.Value).Bind(3, state)
            .Bind(4, accounts.NumberOf(terms.Requester.Id)).Bind(5, message.Category).Bind(6, message.Content)
            .Bind(7, message.Options).Bind(8, message.Reward).Bind(9, message.Payout).Bind(10, message.Aggregation)
            .Bind(11, message.Voting).Bind(12, message.Voters).Bind(13, message.Sample).Bind(14, message.Minimum)
            .Bind(15, message.Maximum).Bind(16, message.Confidence).Bind(17, posted.Milliseconds)
            .Bind(18, message.Deadline.Milliseconds).Bind(19, message.Format).Bind(20, message.Deposit)
            .Bind(21, message.Pricing).Bind(22, message.Gold).Bind(23, message.Quotas).Bind(24, (long)message.Lease)
            .Bind(25, message.Inconclusive).Bind(26, message.Gather.Milliseconds).Run();
        progress.Polls++;
        AddChange(terms.Posted, terms.Posted.Value, state);
    }

    // Counted, and kept where everybody may see it.
    public void Add(TaskId id, (long Account, Moment Now) by, PackedVote? vote)
    {
        RunningPoll poll = Find(id);
        if (poll.Batch is { } batch) paces.Add(batch, by.Account, by.Now);
        if (poll.Added == 0) touched.Add(poll);
        poll.Added++;
        if (vote is { } open) poll.Votes.Add(open);
    }

    public void Extend(PollTerms terms)
    {
        PostPoll message = terms.Message;
        RunningPoll poll = Find(terms.Id);
        database.On("UPDATE poll SET deadline = ?2, maximum = ?3, reward = ?4, inconclusive = ?5 WHERE idx = ?1")
            .Bind(1, poll.Index).Bind(2, message.Deadline.Milliseconds).Bind(3, message.Maximum).Bind(4, message.Reward)
            .Bind(5, message.Inconclusive).Run();
    }

    public void Move(TaskId id, Stage stage, EntryIndex index)
    {
        RunningPoll poll = Find(id);
        SetState(poll, StateWords.Of(stage), index);
        if (stage is Stage.Raffle raffle) SetOutcome(poll, raffle.Outcome, (Amount.Zero, Amount.Zero));
    }

    public void End(Fact.Ended fact, EntryIndex index)
    {
        RunningPoll poll = Find(fact.Poll);
        SetState(poll, StateWords.Of(fact.Outcome.Kind), index);
        if (poll.Batch is not null) items.End(poll.Index);
        Amount paid = fact.Votes.Aggregate(Amount.Zero, static (sum, vote) => sum + vote.Paid);
        SetOutcome(poll, fact.Outcome, (paid, fact.Refund));

        database.On("DELETE FROM vote WHERE poll = ?1").Bind(1, poll.Index).Run();
        poll.Votes.Clear();
        foreach (PaidVote vote in fact.Votes)
        {
            poll.Votes.Add(new PackedVote(vote.Index, accounts.NumberOf(vote.Voter), vote.Choice, vote.Paid)
            {
                HasLostDeposit = vote.Lost > Amount.Zero,
            });
        }

        SaveVotes(poll, from: 0);
        poll.Votes.Clear();
        running.Remove(fact.Poll);
    }

    // What was remembered of a poll before it joined a batch; nobody can have voted yet.
    public void Forget(TaskId id) => running.Remove(id);

    public void ForgetPaces(Moment before, Moment now) => paces.Forget(before, now);

    public void Show(Fact.GoldShown gold)
    {
        RunningPoll poll = Find(gold.Poll);
        Calibration shown = gold.Calibration;
        items.Show(poll.Index);
        database.On("UPDATE poll SET truth = ?2 WHERE idx = ?1").Bind(1, poll.Index).Bind(2, gold.Truth).Run();
        database.On("""
                INSERT OR REPLACE INTO calibration SELECT category, requester, ?2, ?3, ?4 FROM poll WHERE idx = ?1
                """)
            .Bind(1, poll.Index).Bind(2, shown.Items).Bind(3, MemoryMarshal.AsBytes(shown.Reached.AsSpan()))
            .Bind(4, MemoryMarshal.AsBytes(shown.Right.AsSpan())).Run();
    }

    public void Save()
    {
        touched.Sort(static (left, right) => left.Index.CompareTo(right.Index));
        Statement count = database.On("UPDATE poll SET votes = ?2 WHERE idx = ?1");
        foreach (RunningPoll poll in touched)
        {
            SaveVotes(poll, poll.Count);
            poll.Count += poll.Added;
            count.Bind(1, poll.Index).Bind(2, poll.Count).Run();
            if (poll.Batch is { } batch) items.Add(batch, poll.Added);
            poll.Added = 0;
            poll.Votes.Clear();
        }

        touched.Clear();
        if (running.Count > PollsRemembered) running.Clear();
    }

    private RunningPoll Find(TaskId id)
    {
        if (running.TryGetValue(id, out RunningPoll? poll)) return poll;
        Statement row = database.On("SELECT idx, votes, batch FROM poll WHERE id = ?1").Bind(1, id.Value);
        if (!row.Step()) throw new InvalidOperationException($"Poll {id} was never posted.");
        poll = new RunningPoll(row.Number(0))
        {
            Count = (int)row.Number(1),
            Batch = row.IsNull(2) ? null : row.Number(2),
        };
        row.Reset();
        running.Add(id, poll);
        return poll;
    }

    private void SetState(RunningPoll poll, string state, EntryIndex index)
    {
        if (poll.Batch is { } batch) items.Move((batch, poll.Index), state);
        database.On("UPDATE poll SET state = ?2 WHERE idx = ?1").Bind(1, poll.Index).Bind(2, state).Run();
        AddChange(index, poll.Index, state);
    }

    // An entry may move a poll twice; people are told where it has come to.
    private void AddChange(EntryIndex index, long poll, string state) => database
        .On("INSERT OR REPLACE INTO change VALUES (?1, ?2, ?3)").Bind(1, index.Value).Bind(2, poll).Bind(3, state).Run();

    private void SetOutcome(RunningPoll poll, Outcome outcome, (Amount Paid, Amount Refunded) money) => database
        .On("INSERT OR REPLACE INTO outcome VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)")
        .Bind(1, poll.Index).Bind(2, outcome.At.Value).Bind(3, outcome.Now.Milliseconds)
        .Bind(4, StateWords.Of(outcome.Reason)).Bind(5, outcome.Count.Answer).Bind(6, outcome.Count.Confidence)
        .Bind(7, outcome.Count.Plurality).Bind(8, MemoryMarshal.AsBytes(outcome.Count.PerOption.AsSpan()))
        .Bind(9, money.Paid).Bind(10, money.Refunded).Bind(11, outcome.Count.Belief).Bind(12, outcome.Count.GoldItems).Run();

    private void SaveVotes(RunningPoll poll, int from)
    {
        Span<byte> packed = stackalloc byte[PackedVote.RowLimit * PackedVote.Size];
        Statement insert = database.On("INSERT INTO vote VALUES (?1, ?2, ?3)");
        for (int start = 0; start < poll.Votes.Count; start += PackedVote.RowLimit)
        {
            int length = Math.Min(PackedVote.RowLimit, poll.Votes.Count - start);
            for (int place = 0; place < length; place++)
                poll.Votes[start + place].CopyTo(packed[(place * PackedVote.Size)..]);
            insert.Bind(1, poll.Index).Bind(2, from + start).Bind(3, packed[..(length * PackedVote.Size)]).Run();
        }
    }

    // A poll that changes; its votes of this batch are in memory only.
    private sealed class RunningPoll(long index)
    {
        public long Index { get; } = index;

        public int Count { get; set; }

        public int Added { get; set; }

        // Its batch's first entry.
        public long? Batch { get; init; }

        public List<PackedVote> Votes { get; } = [];
    }
}
