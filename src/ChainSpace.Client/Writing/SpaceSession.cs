using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Client.Writing;

/// <summary>
/// One account at work in one space: writes, signs and sends. One thread at a time, as its <see cref="Author"/>. The
/// signer it was given stays the caller's.
/// </summary>
public sealed class SpaceSession : IDisposable
{
    private const string SealedVoting = "sealed";

    private readonly ChainSpaceClient client;
    private readonly SpaceView space;
    private readonly P256Signer? ownSigner;
    private readonly Dictionary<TaskId, Opening> openings = [];

    /// <param name="client">Sends.</param>
    /// <param name="space">Where.</param>
    /// <param name="signer">Signs.</param>
    /// <param name="time">Clock of expiries.</param>
    /// <param name="account">The account whose session the signer is; null: the signer's own.</param>
    public SpaceSession(
        ChainSpaceClient client, SpaceView space, Signer signer, TimeProvider time, AccountId? account = null)
        : this(client, space, new Author(space, signer, time, account), ownSigner: null)
    {
    }

    private SpaceSession(ChainSpaceClient client, SpaceView space, Author author, P256Signer? ownSigner) =>
        (this.client, this.space, Author, this.ownSigner) = (client, space, author, ownSigner);

    /// <summary>Writes this session's messages; also for sending them later, or elsewhere.</summary>
    public Author Author { get; }

    public Envelope Sign(Func<Header, Message> write) => Author.Sign(write);

    public Task<Sent> SendAsync(Envelope message, CancellationToken cancellationToken) =>
        client.SendAsync(space.Id, message, cancellationToken);

    /// <summary>Public attributes as <c>name=value</c>, sorted and joined by commas.</summary>
    public Task<Sent> RegisterAsync(string attributes, CancellationToken cancellationToken) =>
        SendAsync(Author.Register(attributes), cancellationToken);

    /// <summary>The poll's id is the id of the accepted message.</summary>
    public Task<Sent> PostPollAsync(PollDraft draft, CancellationToken cancellationToken) =>
        SendAsync(Author.Post(draft), cancellationToken);

    /// <summary>The batch's id is the id of the accepted message.</summary>
    public Task<Sent> PostBatchAsync(BatchDraft draft, CancellationToken cancellationToken) =>
        SendAsync(Author.Post(draft), cancellationToken);

    /// <summary>Says that no more items come.</summary>
    public Task<Sent> CloseBatchAsync(TaskId batch, CancellationToken cancellationToken) =>
        SendAsync(Author.CloseBatch(batch), cancellationToken);

    /// <summary>
    /// Sealed or openly, as the poll demands. The opening of a sealed vote is remembered for <see cref="OpenAsync"/> while
    /// this session lives; the node opens it at the end in any case, unless it fails to.
    /// </summary>
    public async Task<Sent> VoteAsync(PollView poll, int choice, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(poll);
        ArgumentOutOfRangeException.ThrowIfNegative(choice);
        TaskId id = new(Bytes32.Parse(poll.Id));
        if (poll.Voting != SealedVoting)
            return await SendAsync(Author.VoteOpenly(id, (uint)choice), cancellationToken).ConfigureAwait(false);

        return await CastAsync(id, Author.VoteSealed(id, (uint)choice), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>An answer in the voter's own words, which stays sealed until voting has ended.</summary>
    /// <exception cref="ArgumentException">The draft is no answer.</exception>
    public Task<Sent> AnswerAsync(TaskId poll, AnswerDraft draft, CancellationToken cancellationToken) =>
        CastAsync(poll, Author.Answer(poll, draft), cancellationToken);

    private async Task<Sent> CastAsync(TaskId id, SealedBallot ballot, CancellationToken cancellationToken)
    {
        // Remembered first: a vote whose answer is lost may stand in the journal all the same.
        bool isFirst = openings.TryAdd(id, ballot.Opening);
        Sent sent = await SendAsync(ballot.Message, cancellationToken).ConfigureAwait(false);
        if (isFirst && sent is Sent.Refused) openings.Remove(id);
        return sent;
    }

    /// <summary>Opens this session's sealed vote, where the node has not.</summary>
    /// <exception cref="KeyNotFoundException">This session cast no sealed vote there.</exception>
    public Task<Sent> OpenAsync(TaskId poll, CancellationToken cancellationToken) =>
        SendAsync(Author.Open(poll, openings[poll]), cancellationToken);

    public Task<Sent> CloseAsync(TaskId poll, CancellationToken cancellationToken) =>
        SendAsync(Author.Close(poll), cancellationToken);

    public Task<Sent> CancelAsync(TaskId poll, CancellationToken cancellationToken) =>
        SendAsync(Author.Cancel(poll), cancellationToken);

    /// <summary>Makes a session key and lets it speak for the account; needs the account's own key.</summary>
    public async Task<Delegated> DelegateAsync(DelegationTerms terms, CancellationToken cancellationToken)
    {
        P256Signer session = P256Signer.Create();
        Sent sent = await SendAsync(Author.Delegate(session.Key, terms), cancellationToken).ConfigureAwait(false);
        if (sent is Sent.Refused) session.Dispose();
        return sent switch
        {
            Sent.Accepted accepted => new Delegated.Granted(SessionOf(session), accepted),
            Sent.Refused refused => new Delegated.Refused(refused),
        };
    }

    /// <summary>Ends a session at once.</summary>
    public Task<Sent> RevokeAsync(AccountId session, CancellationToken cancellationToken) =>
        SendAsync(Author.Revoke(session), cancellationToken);

    /// <summary>Lets available money be claimed from the vault; needs the account's own key.</summary>
    public Task<Sent> WithdrawAsync(Amount amount, CancellationToken cancellationToken) =>
        SendAsync(Author.Withdraw(amount), cancellationToken);

    /// <summary>
    /// Pays for an anchor of everything so far by a moment, at most seven days ahead; the money comes back if it is missed.
    /// Needs the account's own key.
    /// </summary>
    public Task<Sent> ExpediteAsync(Amount amount, Moment before, CancellationToken cancellationToken) =>
        SendAsync(Author.Expedite(amount, before), cancellationToken);

    /// <summary>The operator says what it knows of the person behind an account; zero and level 0: nothing.</summary>
    public Task<Sent> AttestAsync(AccountId to, uint level, Bytes32 cluster, CancellationToken cancellationToken) =>
        SendAsync(Author.Attest(to, level, cluster), cancellationToken);

    /// <summary>
    /// Pays an extra for a vote or work in an own task, running or ended within a week. The note is the hash of what is said with
    /// it, zero for nothing.
    /// </summary>
    public Task<Sent> BonusAsync(
        TaskId task, AccountId to, (Amount Amount, Bytes32 Note) bonus, CancellationToken cancellationToken) =>
        SendAsync(Author.Bonus(task, to, bonus.Amount, bonus.Note), cancellationToken);

    /// <summary>Has title, description and options of an own poll erased.</summary>
    public Task<Sent> EraseAsync(TaskId poll, CancellationToken cancellationToken) =>
        SendAsync(Author.Erase(poll), cancellationToken);

    public void Dispose()
    {
        Author.Dispose();
        ownSigner?.Dispose();
    }

    private SpaceSession SessionOf(P256Signer session) => new(client, space, Author.With(session), session);
}
