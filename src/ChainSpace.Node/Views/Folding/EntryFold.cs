using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;

namespace ChainSpace.Node.Views.Folding;

// Turns entries into rows, within the transaction of whoever calls. Remembers what it wrote: after a failure a new one is
// needed.
internal sealed class EntryFold
{
    private readonly ViewDatabase database;
    private readonly AccountRows accounts;
    private readonly PollRows polls;
    private readonly AnswerRows answers;
    private readonly BatchRows batches;
    private readonly HistoryRows history;
    private readonly SeatRows seats;
    private readonly ReceiptRows receipts;
    private readonly JobRows jobs;
    private readonly SubmissionRows submissions;

    public EntryFold(ViewDatabase database)
    {
        this.database = database;
        Progress = Progress.Load(database);
        accounts = new AccountRows(database, Progress);
        polls = new PollRows(database, Progress, accounts);
        answers = new AnswerRows(database);
        batches = new BatchRows(database, accounts);
        history = new HistoryRows(database, Progress);
        seats = new SeatRows(database);
        receipts = new ReceiptRows(database, accounts);
        jobs = new JobRows(database);
        submissions = new SubmissionRows(database);
    }

    public Progress Progress { get; }

    public void Add(CommittedEntry entry)
    {
        Message message = entry.Entry.Message;
        // A vote before its facts, which may end the poll; the facts before the history, for they may register the account.
        if (message is Vote vote) polls.Add(vote.Poll, By(entry), Open(vote, entry.Index));
        else if (message is SealedVote hidden) polls.Add(hidden.Poll, By(entry), null);
        else if (message is Openings openings) answers.Add(openings);
        else if (message is OpenVote opened) answers.Add(opened, accounts.NumberOf(opened.Header.Account));
        else AddKeys(message, entry.Index);

        foreach (Fact fact in entry.Facts) Add(fact, entry);
        if (message is JobMessage act) submissions.Add(act, entry);
        AddHistory(message, entry.Index);
        polls.ForgetPaces(Progress.Now, entry.Entry.Moment);
        Progress.Now = entry.Entry.Moment;
        Progress.Position = entry.Index.Value + 1;
    }

    public void Save()
    {
        accounts.Save();
        polls.Save();
        history.Save();
        receipts.Save();
        Progress.Save(database);
    }

    private (long Account, Moment Now) By(CommittedEntry entry) =>
        (accounts.NumberOf(entry.Entry.Message.Header.Account), entry.Entry.Moment);

    private PackedVote Open(Vote vote, EntryIndex index) =>
        new(index, accounts.NumberOf(vote.Header.Account), (int)vote.Choice, Amount.Zero);

    private void AddKeys(Message message, EntryIndex index)
    {
        if (message is Register register) accounts.AddKey(register.Key);
        else if (message is CreateSpace create) accounts.AddKey(create.Key);
        else if (message is Protocol.Messages.Delegate delegation) accounts.AddSession(delegation, index);
    }

    private void Add(Fact fact, CommittedEntry entry)
    {
        switch (fact)
        {
            case Fact.Registered registered:
                accounts.Register(registered.Account, registered.Attributes);
                break;
            case Fact.BalanceChanged balance:
                accounts.Set(balance);
                break;
            case Fact.EvidenceChanged evidence:
                accounts.Set(evidence);
                break;
            case Fact.Posted posted:
                polls.Post(posted.Terms, entry.Entry.Moment);
                seats.Post(posted.Terms);
                break;
            case Fact.Extended extended:
                polls.Extend(extended.Terms);
                break;
            case Fact.StageChanged changed:
                polls.Move(changed.Poll, changed.Stage, entry.Index);
                break;
            case Fact.SeatsChanged changed:
                seats.Change(changed);
                break;
            case Fact.Attested attested:
                seats.Attest(attested);
                break;
            case Fact.Ended ended:
                polls.End(ended, entry.Index);
                seats.End(ended.Poll);
                break;
            case Fact.Anchored anchored:
                Add(anchored, entry.Index);
                break;
            case Fact.ReceiptCounted counted:
                receipts.Add(counted);
                break;
            case Fact.Admitted:
                // Of use to the voter only, who finds the entry in the history.
                break;
            case Fact.GoldShown gold:
                polls.Show(gold);
                break;
            case Fact.ContentErased:
                // The content lives elsewhere, and is asked for each time.
                break;
            default:
                AddTask(fact, entry);
                break;
        }
    }

    // What concerns tasks other than polls.
    private void AddTask(Fact fact, CommittedEntry entry)
    {
        switch (fact)
        {
            case Fact.BatchPosted batch:
                batches.Post(batch.Terms, entry.Entry.Moment);
                break;
            case Fact.BatchJoined joined:
                batches.Join(joined);
                polls.Forget(joined.Poll);
                break;
            case Fact.BatchEnded over:
                batches.End(over.Batch);
                break;
            case Fact.PanelDrawn panel:
                batches.Draw(panel);
                break;
            case Fact.JobChanged changed:
                jobs.Set(changed.Job);
                break;
            case Fact.WorkSettled settled:
                jobs.Add(settled, entry.Index);
                submissions.Add(settled);
                break;
            case Fact.PartyChanged party:
                jobs.Set(party);
                break;
        }
    }

    private void AddHistory(Message message, EntryIndex index)
    {
        history.Add(accounts.NumberOf(message.Header.Account), index);
        // Who is given money finds the entry too.
        if (message is Credit credit && credit.To != message.Header.Account)
            history.Add(accounts.NumberOf(credit.To), index);
        if (message is Attest attest && attest.To != message.Header.Account) history.Add(accounts.NumberOf(attest.To), index);
        if (message is Bonus bonus) history.Add(accounts.NumberOf(bonus.To), index);
        if (message is Admit admit && admit.Voter != message.Header.Account) history.Add(accounts.NumberOf(admit.Voter), index);
        if (message is ReportDeposit deposit && deposit.To != message.Header.Account)
            history.Add(accounts.NumberOf(deposit.To), index);
    }

    private void Add(Fact.Anchored anchored, EntryIndex index) => database.On("INSERT INTO anchor VALUES (?1, ?2, ?3, ?4, ?5)")
        .Bind(1, (long)anchored.Size).Bind(2, index.Value).Bind(3, (long)anchored.Height)
        .Bind(4, anchored.Transaction).Bind(5, anchored.PayoutRoot).Run();
}
