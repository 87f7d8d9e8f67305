using System.Buffers.Binary;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Batches;
using ChainSpace.Rules.Payouts;
using ChainSpace.Rules.Eligibility;
using ChainSpace.Rules.Jobs;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.Settlement;
using ChainSpace.Rules.State;
using static ChainSpace.Rules.Refusal;

namespace ChainSpace.Rules;

/// <summary>
/// The fold: one signed message after another, each either changes the state as its rule says or is refused and changes
/// nothing. Signatures have been checked before; who may speak for whom is checked here, so that a replay checks it too.
/// Deadlines fall due in a <see cref="Tick"/> entry of their own: no other message is taken while one is due, so the
/// state after N entries never depends on what was refused between them.
/// </summary>
public sealed class Rulebook
{
    private readonly PollFold polls;
    private readonly BatchFold batches;
    private readonly JobFold jobs;
    private readonly SettlementFold settlement;

    public Rulebook(SpaceState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        (State, polls) = (state, new PollFold(state));
        batches = new BatchFold(state, polls);
        jobs = new JobFold(state, polls);
        settlement = new SettlementFold(state, polls);
    }

    public SpaceState State { get; }

    /// <summary>What followed from the last accepted entry; valid until the next.</summary>
    public IReadOnlyList<Fact> Facts => polls.Facts;

    /// <summary>Rules on the next entry. Null: it is accepted and folded in.</summary>
    public Refusal? Apply(Envelope envelope, MessageId id, Moment now)
    {
        polls.Facts.Clear();
        Occasion occasion = new(new EntryIndex(State.Size), now);
        Message message = envelope.Message;
        if (Guard(envelope, id, now) is { } unheard) return unheard;
        Amount spent = envelope.Signer == message.Header.Account ? Amount.Zero : Spending.Of(State, message);
        if (Rule(message, id, occasion) is { } refusal) return refusal;
        batches.Settle(occasion);
        jobs.Hear(occasion);
        Remember(envelope, (id, spent), occasion);
        return null;
    }

    private Refusal? Guard(Envelope envelope, MessageId id, Moment now)
    {
        Header header = envelope.Message.Header;
        if (now < State.Now) throw new ArgumentOutOfRangeException(nameof(now), "Time never goes back in a journal.");
        if (State.Genesis is null != envelope.Message is CreateSpace) return new WrongGenesis();
        if (State.NextDue <= now && envelope.Message is not Tick) return new TickDue();
        if (now > header.Expires) return new Stale(header.Expires);
        long latest = now.Milliseconds + Limits.ValidityMilliseconds;
        if (header.Expires.Milliseconds > latest) return new ExpiresTooLate(new Moment(latest));
        return State.FindAccount(header.Account) is { } account
            ? Repeat(account, header, id) ?? AccountRules.Authority(account, envelope.Signer, envelope.Message, now)
                ?? Spending.Over(State, account, envelope)
            : Newcomer(envelope);
    }

    private Refusal? Repeat(Account account, Header header, MessageId id)
    {
        if (State.Nonces.Find(account.Number, header.Nonce) is not { } seen) return null;
        return seen.Fingerprint == Fingerprint(id) ? new AlreadyIn(seen.Index) : new NonceUsed(seen.Index);
    }

    private static Refusal? Newcomer(Envelope envelope)
    {
        AccountId account = envelope.Message.Header.Account;
        if (envelope.Message is not (Register or CreateSpace)) return new NotRegistered(account);
        return envelope.Signer == account ? null : new NotDelegated(envelope.Signer);
    }

    // One arm for each message; an arm either refuses before it touches anything, or does all of its work.
    private Refusal? Rule(Message message, MessageId id, Occasion at) => message switch
    {
        Vote vote => Cast(vote.Poll, at, vote.Header.Account, (poll, voter) => PollRules.Cast(poll, voter, vote)),
        SealedVote vote => Cast(vote.Poll, at, vote.Header.Account, (poll, voter) => PollRules.Cast(poll, voter, vote)),
        PostPoll post => Post(post, id, at),
        Bonus bonus => Pay(bonus),
        PostJob post => jobs.Post(post, id, at),
        JobMessage act => jobs.Act(act, at),
        Register register => Enrol(register, at),
        PostBatch batch => Post(batch, id, at),
        CloseBatch close => Close(close),
        CancelPoll cancel => End(cancel.Poll, cancel.Header.Account, EndReason.Cancelled, at),
        ClosePoll close => End(close.Poll, close.Header.Account, EndReason.Hand, at),
        ExtendPoll extend => Extend(extend, at),
        OpenVote open => Open(open, at),
        RevealGold reveal => Reveal(reveal, at),
        EraseContent erase => Erase(erase),
        Protocol.Messages.Delegate delegation => Delegate(delegation, at),
        Revoke revoke => Revoke(revoke),
        Withdraw withdraw => settlement.Withdraw(withdraw),
        Expedite expedite => settlement.Expedite(expedite, at),
        _ when message.Header.Account != OperatorOr(message) => new OperatorOnly(),
        Openings openings => Open(openings, at),
        Conclude conclude => Conclude(conclude, at),
        ReportBlock block => Report(block, at),
        Tick => LetTimePass(at),
        Admit admit => Admit(admit),
        Credit credit => Credit(credit),
        Attest attest => Attest(attest, at),
        ReportDeposit deposit => settlement.Deposit(deposit, at),
        ReportAnchor anchor => settlement.Anchor(anchor, at),
        CreateSpace create => Create(create, at),
        _ => throw new InvalidOperationException($"No rule for {message.Type}."),
    };

    private AccountId OperatorOr(Message message) => State.Genesis?.Header.Account ?? message.Header.Account;

    private Refusal? Cast(
        TaskId id, Occasion at, AccountId account, Func<Poll, PollRules.Candidate, Ruling<Ballot, Refusal>> rule)
    {
        if (State.FindPoll(id) is not { } poll) return new UnknownPoll(id);
        Account voter = State.FindAccount(account)!;
        if (BatchRules.WhyNot(State, poll, voter) is { } refusal) return refusal;
        Weights weights = Counting.WeightsOf(voter, poll.Terms, polls.PoolOf(poll.Terms), at.Now);
        Ruling<Ballot, Refusal> ruling = rule(poll, new PollRules.Candidate(voter, at.Now, at.Index, weights)
        {
            IsAdmitted = State.Admissions.Has(id, account),
        });
        if (ruling.IsAccepted) polls.Add(poll, ruling.State, at);
        return ruling.Refusal;
    }

    private Refusal? Post(PostPoll message, MessageId id, Occasion at)
    {
        if (BatchRules.Item(State, message) is { } refusal) return refusal;
        Account requester = State.FindAccount(message.Header.Account)!;
        Ruling<PollTerms, Refusal> ruling = PostRules.Post(message, requester, (new TaskId(id.Value), at));
        if (ruling.IsAccepted) batches.Enter(polls.Post(ruling.State));
        return ruling.Refusal;
    }

    private Refusal? Post(PostBatch message, MessageId id, Occasion at)
    {
        Account requester = State.FindAccount(message.Header.Account)!;
        Ruling<BatchTerms, Refusal> ruling = BatchRules.Post(message, requester, (new TaskId(id.Value), at));
        if (ruling.IsAccepted) batches.Post(ruling.State);
        return ruling.Refusal;
    }

    private Refusal? Close(CloseBatch message)
    {
        if (State.FindBatch(message.Batch) is not { } batch) return new UnknownBatch(message.Batch);
        Refusal? refusal = BatchRules.Close(batch, message.Header.Account);
        if (refusal is null) batches.Close(batch);
        return refusal;
    }

    private Refusal? End(TaskId id, AccountId account, EndReason reason, Occasion at)
    {
        if (State.FindPoll(id) is not { } poll) return new UnknownPoll(id);
        if (State.Jobs.FindByCase(id) is not null) return new RequesterOnly();
        Refusal? refusal = reason == EndReason.Cancelled ? PollRules.Cancel(poll, account) : PollRules.Close(poll, account);
        if (refusal is null) polls.EndVoting(poll, reason, at);
        return refusal;
    }

    private Refusal? Extend(ExtendPoll message, Occasion at)
    {
        if (State.FindPoll(message.Poll) is not { } poll) return new UnknownPoll(message.Poll);
        if (State.Jobs.FindByCase(message.Poll) is not null) return new RequesterOnly();
        Ruling<PollTerms, Refusal> ruling = ExtendRules.Extend(poll, message, at.Now);
        if (!ruling.IsAccepted) return ruling.Refusal;
        if (BatchRules.Excess(State, ruling.State.Message) is { } excess) return excess;
        polls.Extend(poll, ruling.State);
        return null;
    }

    private Refusal? Open(OpenVote message, Occasion at)
    {
        if (State.FindPoll(message.Poll) is not { } poll) return new UnknownPoll(message.Poll);
        Account voter = State.FindAccount(message.Header.Account)!;
        Ruling<OpenedVote, Refusal> ruling = PollRules.Open(poll, voter, (message, State.Domain!));
        if (ruling.IsAccepted) polls.Open(poll, ruling.State, at);
        return ruling.Refusal;
    }

    private Refusal? Open(Openings message, Occasion at)
    {
        if (State.FindPoll(message.Poll) is not { } poll) return new UnknownPoll(message.Poll);
        var ruling = PollRules.Open(poll, message, State.Domain!);
        if (ruling.IsAccepted) polls.Open(poll, ruling.State, at);
        return ruling.Refusal;
    }

    private Refusal? Conclude(Conclude message, Occasion at)
    {
        if (State.FindPoll(message.Poll) is not { } poll) return new UnknownPoll(message.Poll);
        Refusal? refusal = PollRules.Conclude(poll, message);
        if (refusal is null) polls.EndVoting(poll, EndReason.Confidence, at);
        return refusal;
    }

    private Refusal? Admit(Admit message)
    {
        if (State.FindPoll(message.Poll) is not { } poll) return new UnknownPoll(message.Poll);
        if (AdmissionRules.Admit(State, poll, message) is { } refusal) return refusal;
        State.Admissions.Add(message.Poll, message.Voter, message.Presentation);
        polls.Facts.Add(new Fact.Admitted(message.Poll, message.Voter));
        return null;
    }

    private Refusal? Reveal(RevealGold message, Occasion at)
    {
        if (State.FindPoll(message.Poll) is not { } poll) return new UnknownPoll(message.Poll);
        if (Gold.Reveal(poll, message, State.Domain!) is { } refusal) return refusal;
        GoldFold.Settle(State, poll, (int)message.Choice, (polls.Facts, at.Now));
        return null;
    }

    private Refusal? Erase(EraseContent message)
    {
        if (State.FindPoll(message.Poll) is not { } poll) return new UnknownPoll(message.Poll);
        AccountId account = message.Header.Account;
        bool isCase = State.Jobs.FindByCase(message.Poll) is not null;
        if ((account != poll.Terms.Requester.Id || isCase) && account != OperatorOr(message)) return new RequesterOnly();
        polls.Facts.Add(new Fact.ContentErased(poll.Terms.Message.Content));
        return null;
    }

    private Refusal? Enrol(Register message, Occasion at)
    {
        Account? known = State.FindAccount(message.Header.Account);
        if (AccountRules.Registration(message, known is not null) is { } refusal) return refusal;
        Account account = known ?? Welcome(message.Header.Account, at);
        if (account.Attributes != message.Attributes) account.Registered = at.Index;
        account.Attributes = message.Attributes;
        State.ChangedAccounts.Add(account);
        polls.Facts.Add(new Fact.Registered(account.Id, account.Attributes));
        return null;
    }

    // The grant ends quietly when a space has given out all the money it can ever hold.
    private Account Welcome(AccountId id, Occasion at)
    {
        Account account = State.AddAccount(id, at.Index);
        Amount grant = State.Genesis!.Grant;
        if ((State.Supply + grant).Units < Limits.Supply) polls.Mint(account, grant);
        return account;
    }

    private Refusal? Delegate(Protocol.Messages.Delegate message, Occasion at)
    {
        Account account = State.FindAccount(message.Header.Account)!;
        var ruling = AccountRules.Delegate(account, message, at.Now);
        if (!ruling.IsAccepted) return ruling.Refusal;
        account.Sessions = ruling.State;
        State.ChangedAccounts.Add(account);
        return null;
    }

    private Refusal? Revoke(Revoke message)
    {
        Account account = State.FindAccount(message.Header.Account)!;
        if (!account.Sessions.ContainsKey(message.Session)) return new NotDelegated(message.Session);
        account.Sessions = account.Sessions.Remove(message.Session);
        State.ChangedAccounts.Add(account);
        return null;
    }

    private Refusal? Report(ReportBlock message, Occasion at)
    {
        if (SpaceRules.Report(State, message) is { } refusal) return refusal;
        (State.Height, State.BlockSize) = (message.Height, message.Size);
        batches.Report(message, at);
        return null;
    }

    private NothingDue? LetTimePass(Occasion at)
    {
        if (State.NextDue is not { } due || due > at.Now) return new NothingDue();
        polls.FallDue(at);
        batches.FallDue(at);
        jobs.FallDue(at);
        settlement.FallDue(at);
        return null;
    }

    private Refusal? Credit(Credit message)
    {
        if (SpaceRules.Credit(State, message) is { } refusal) return refusal;
        polls.Mint(State.FindAccount(message.To)!, message.Amount);
        return null;
    }

    // Whoever was attested after a poll does not stand in its draw, or the operator could attest by a beacon it knows.
    private Refusal? Attest(Attest message, Occasion at)
    {
        if (PersonRules.Attest(State, message) is { } refusal) return refusal;
        Account account = State.FindAccount(message.To)!;
        State.SetPerson(account, (int)message.Level, message.Cluster);
        account.Registered = at.Index;
        State.ChangedAccounts.Add(account);
        polls.Facts.Add(new Fact.Attested(account.Id, account.PersonLevel, message.Cluster));
        return null;
    }

    private Refusal? Pay(Bonus message)
    {
        (Account payer, Account? payee) = (State.FindAccount(message.Header.Account)!, State.FindAccount(message.To));
        if (BonusRules.Pay(State.FindPoll(message.Task), message, (payer, payee)) is { } refusal) return refusal;
        polls.SetBalance(payer, payer.Balance.Lock(message.Amount).Release(message.Amount));
        polls.SetBalance(payee!, payee!.Balance.Earn(message.Amount));
        return null;
    }

    private Refusal? Create(CreateSpace message, Occasion at)
    {
        if ((SpaceRules.Create(State, message) ?? SettlementRules.Create(message)) is { } refusal) return refusal;
        State.Genesis = message;
        State.Domain = Domain.Of(message);
        State.ChangedAccounts.Add(State.AddAccount(message.Header.Account, at.Index));
        polls.Facts.Add(new Fact.Registered(message.Header.Account, ""));
        return null;
    }

    private void Remember(Envelope envelope, (MessageId Id, Amount Spent) said, Occasion at)
    {
        Account account = State.FindAccount(envelope.Message.Header.Account)!;
        Header header = envelope.Message.Header;
        State.Nonces.Forget(at.Now);
        State.Nonces.Add(
            new NonceMemory.Key(account.Number, header.Nonce),
            new NonceMemory.Seen(at.Index, Fingerprint(said.Id)),
            header.Expires);
        Spend(account, envelope.Signer, said.Spent);
        State.Now = at.Now;
        State.Size++;
    }

    private void Spend(Account account, AccountId session, Amount amount)
    {
        if (amount == Amount.Zero) return;
        Session before = account.Sessions[session];
        account.Sessions = account.Sessions.SetItem(session, before with { SpendLeft = before.SpendLeft - amount });
        State.ChangedAccounts.Add(account);
    }

    private static ulong Fingerprint(MessageId id)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Size];
        id.Value.CopyTo(bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }
}
