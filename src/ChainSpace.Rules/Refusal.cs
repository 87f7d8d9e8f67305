using ChainSpace.Protocol;

namespace ChainSpace.Rules;

/// <summary>
/// Why a message does not enter the journal. A case carries what the sender needs to act; the sentence is made in
/// <see cref="Explain"/>. spec/refusals.md lists them for other implementers.
/// </summary>
public abstract record Refusal
{
    private Refusal() { }

    /// <summary>Its last moment has passed.</summary>
    public sealed record Stale(Moment Expired) : Refusal;

    /// <summary>It would stay valid longer than the space remembers nonces.</summary>
    public sealed record ExpiresTooLate(Moment Latest) : Refusal;

    /// <summary>The very same message is entry <paramref name="Index"/>; the node answers with that receipt.</summary>
    public sealed record AlreadyIn(EntryIndex Index) : Refusal;

    /// <summary>The account used this nonce for another message.</summary>
    public sealed record NonceUsed(EntryIndex Index) : Refusal;

    /// <summary>No account of this id has registered.</summary>
    public sealed record NotRegistered(AccountId Account) : Refusal;

    /// <summary>The key in the message does not hash to the account.</summary>
    public sealed record WrongKey : Refusal;

    /// <summary>The signer is neither the account nor one of its sessions.</summary>
    public sealed record NotDelegated(AccountId Signer) : Refusal;

    /// <summary>The session has ended.</summary>
    public sealed record SessionOver(Moment Until) : Refusal;

    /// <summary>The session was not given this right.</summary>
    public sealed record OutOfScope(string Scope) : Refusal;

    /// <summary>The session may not lock so much.</summary>
    public sealed record OverSpendingLimit(Amount Left) : Refusal;

    /// <summary>Only the space's operator may say this.</summary>
    public sealed record OperatorOnly : Refusal;

    /// <summary>Only who posted the poll may do this.</summary>
    public sealed record RequesterOnly : Refusal;

    /// <summary>A value is outside what the rules allow.</summary>
    public sealed record InvalidTerm(string Member, string Allowed) : Refusal;

    /// <summary>The account has less than it wants to lock.</summary>
    public sealed record OverBalance(Amount Available) : Refusal;

    /// <summary>There is no such poll, or it ended so long ago that the space has let it go.</summary>
    public sealed record UnknownPoll(TaskId Poll) : Refusal;

    /// <summary>There is no such batch, or it ended so long ago that the space has let it go.</summary>
    public sealed record UnknownBatch(TaskId Batch) : Refusal;

    /// <summary>The batch takes no more items.</summary>
    public sealed record BatchClosed(TaskId Batch) : Refusal;

    /// <summary>Voting has ended.</summary>
    public sealed record PollClosed(TaskId Poll) : Refusal;

    /// <summary>The poll's votes are not being opened: voting goes on, or all is over.</summary>
    public sealed record NotOpening(TaskId Poll) : Refusal;

    /// <summary>The voters are still being drawn.</summary>
    public sealed record NotDrawnYet : Refusal;

    /// <summary>The poll already has votes.</summary>
    public sealed record HasVotes(int Votes) : Refusal;

    /// <summary>
    /// The account may not vote here; <paramref name="Because"/> is <c>own</c>, <c>named</c>, <c>drawn</c>, <c>panel</c>,
    /// <c>lapsed</c>, <c>admitted</c>, <c>late</c> (after the time to apply), <c>voted</c> (has no vote to open) or the unmet
    /// clause.
    /// </summary>
    public sealed record NotEligible(string Because) : Refusal;

    /// <summary>The account voted at entry <paramref name="Index"/>.</summary>
    public sealed record AlreadyVoted(EntryIndex Index) : Refusal;

    /// <summary>Another account of the same person voted at entry <paramref name="Index"/>.</summary>
    public sealed record PersonVoted(EntryIndex Index) : Refusal;

    /// <summary>There are fewer options.</summary>
    public sealed record NoSuchAnswer(string Format, int Options) : Refusal;

    /// <summary>The poll takes only votes of the other kind, open or sealed.</summary>
    public sealed record WrongVoting(string Expected) : Refusal;

    /// <summary>The opening does not fit the commitment, or there is nothing to open.</summary>
    public sealed record WrongOpening(int Vote) : Refusal;

    /// <summary>The openings do not show that the confidence was reached at that vote and not before.</summary>
    public sealed record ConfidenceNotProven : Refusal;

    /// <summary>A deadline has come; a Tick must be entered first. The node does so itself, nobody outside sees this.</summary>
    public sealed record TickDue : Refusal;

    /// <summary>A Tick with nothing to do.</summary>
    public sealed record NothingDue : Refusal;

    /// <summary>The reported block does not follow the last one.</summary>
    public sealed record WrongBlock(ulong Expected) : Refusal;

    /// <summary>The space has no chain, so no money comes from there or goes there.</summary>
    public sealed record NoVault : Refusal;

    /// <summary>The vault's total is not above what was credited before.</summary>
    public sealed record NothingNew(Amount Credited) : Refusal;

    /// <summary>The reported anchor is not above the last one, or covers more than the journal.</summary>
    public sealed record WrongAnchor(ulong Last) : Refusal;

    /// <summary>The account's request for an early anchor, entry <paramref name="Index"/>, is still open.</summary>
    public sealed record AlreadyExpedited(EntryIndex Index) : Refusal;

    /// <summary>The space has as many open requests for an early anchor as it takes.</summary>
    public sealed record TooManyExpedited(int Open) : Refusal;

    /// <summary>There is no such job, or it ended so long ago that the space has let it go.</summary>
    public sealed record UnknownJob(TaskId Job) : Refusal;

    /// <summary>The job has ended, or its deadline for beginning has passed.</summary>
    public sealed record JobClosed(TaskId Job) : Refusal;

    /// <summary>The account has no part in the job.</summary>
    public sealed record NotInJob(AccountId Worker) : Refusal;

    /// <summary>The worker's part stands elsewhere than this act needs.</summary>
    public sealed record WrongPhase(string Phase, string Expected) : Refusal;

    /// <summary>All rewards of the job are taken, or as many take part as may.</summary>
    public sealed record JobFull(long Places) : Refusal;

    /// <summary>The terms allow no further revision of this milestone.</summary>
    public sealed record NoRevisionLeft(uint Allowed) : Refusal;

    /// <summary>The work or the rating is not what the account has committed to.</summary>
    public sealed record WrongCommitment : Refusal;

    /// <summary>Only the first entry creates a space, and it must be that.</summary>
    public sealed record WrongGenesis : Refusal;
}
