using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Formats;
using ChainSpace.Protocol.Messages;
using DelegateMessage = ChainSpace.Protocol.Messages.Delegate;

namespace ChainSpace.Client.Writing;

/// <summary>
/// Writes and signs the messages of one account in one space, without sending any, so they can be made beforehand. Every
/// call makes a new message with a nonce of its own. One thread at a time: it owns the signer and the sealing session.
/// </summary>
public sealed class Author : IDisposable
{
    private readonly Signer signer;
    private readonly TimeProvider time;
    private readonly ImmutableArray<byte> accountKey;
    private readonly P256PublicKey sealingKey;
    private readonly SealingSession sealing = SealingSession.Create();

    /// <summary>An account that signs with its own key, or a session of the account that is named.</summary>
    public Author(SpaceView space, Signer signer, TimeProvider time, AccountId? account = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(signer);
        (this.signer, this.time) = (signer, time);
        ulong chainId = ulong.Parse(space.ChainId, NumberStyles.None, CultureInfo.InvariantCulture);
        Domain = new Domain(new SpaceId(Bytes32.Parse(space.Id)), chainId, Bytes32.Parse(space.Factory));
        sealingKey = P256PublicKey.Read(Hex.Decode(space.SealingKey));
        Account = account ?? signer.Account;
        accountKey = Account == signer.Account ? [.. signer.PublicKey.Span] : [];
    }

    private Author(Author owner, P256Signer session)
    {
        (signer, time, Domain, sealingKey) = (session, owner.time, owner.Domain, owner.sealingKey);
        (Account, accountKey) = (owner.Account, owner.accountKey);
    }

    /// <summary>Who speaks; where a session key signs, not the signer.</summary>
    public AccountId Account { get; }

    /// <summary>Who signs.</summary>
    public AccountId Signer => signer.Account;

    public Domain Domain { get; }

    /// <summary>How long the node may take to put a message into the journal.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Signs what is made of a fresh header.</summary>
    public Envelope Sign(Func<Header, Message> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        return Sign(write(NextHeader()));
    }

    public Envelope Register(string attributes) => Sign(header => new Register(header, accountKey, attributes));

    /// <summary>With the poll's content attached, salted anew. The poll's id is <see cref="IdOf"/> of the result.</summary>
    public Envelope Post(PollDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ImmutableArray<byte> attachment = draft.Attachment(RandomBytes());
        return Sign(header => draft.ToMessage(header, attachment)) with { Attachment = attachment };
    }

    /// <summary>With the batch's content attached. The batch's id is <see cref="IdOf"/> of the result.</summary>
    public Envelope Post(BatchDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ImmutableArray<byte> attachment = draft.Attachment(RandomBytes());
        return Sign(header => draft.ToMessage(header, attachment)) with { Attachment = attachment };
    }

    public Envelope CloseBatch(TaskId batch) => Sign(header => new CloseBatch(header, batch));

    public Envelope VoteOpenly(TaskId poll, uint choice) => Sign(header => new Vote(header, poll, choice));

    /// <summary>
    /// The commitment is the context of the box; its salt is random, so no two boxes of this author's session share one.
    /// </summary>
    public SealedBallot VoteSealed(TaskId poll, uint choice) => Seal(poll, new Opening(choice, RandomBytes()));

    /// <summary>An answer in the voter's own words: the salt of its opening is the salted hash of what is attached.</summary>
    /// <exception cref="ArgumentException">The draft is no answer.</exception>
    public SealedBallot Answer(TaskId poll, AnswerDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        OpenAnswer answer = draft.Read() ?? throw new ArgumentException("This is no answer.", nameof(draft));
        ImmutableArray<byte> attachment = draft.Attachment(RandomBytes());
        SealedBallot ballot = Seal(poll, new Opening(answer.Code, SaltedContent.HashOf(attachment.AsSpan())));
        return ballot with { Message = ballot.Message with { Attachment = attachment } };
    }

    private SealedBallot Seal(TaskId poll, Opening opening)
    {
        Bytes32 commitment = Domain.Commitment(poll, Account, opening);
        Span<byte> plain = stackalloc byte[Openings.OpeningSize];
        BinaryPrimitives.WriteUInt32BigEndian(plain, opening.Choice);
        opening.Salt.CopyTo(plain[sizeof(uint)..]);
        ImmutableArray<byte> box = [.. SealedBox.Seal(sealingKey, sealing, commitment, plain)];
        return new SealedBallot(Sign(header => new SealedVote(header, poll, commitment, box)), opening);
    }

    public Envelope Open(TaskId poll, Opening opening) =>
        Sign(header => new OpenVote(header, poll, opening.Choice, opening.Salt));

    /// <summary>Shows the known answer of a gold item that has ended.</summary>
    public Envelope RevealGold(TaskId poll, Opening answer) =>
        Sign(header => new RevealGold(header, poll, answer.Choice, answer.Salt));

    public Envelope Close(TaskId poll) => Sign(header => new ClosePoll(header, poll));

    /// <summary>More time, votes or reward for a poll that takes votes; each number is the new whole.</summary>
    public Envelope Extend(TaskId poll, Moment deadline, uint maximum, Amount reward) => Sign(
        header => new ExtendPoll(header, poll) { Deadline = deadline, Maximum = maximum, Reward = reward });

    public Envelope Cancel(TaskId poll) => Sign(header => new CancelPoll(header, poll));

    public Envelope Erase(TaskId poll) => Sign(header => new EraseContent(header, poll));

    public Envelope Delegate(P256PublicKey session, DelegationTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return Sign(header => new DelegateMessage(header)
        {
            Audience = terms.Audience,
            Key = [.. session.ToArray()],
            MaximumSpend = terms.MaximumSpend,
            Scopes = terms.Scopes,
            Until = terms.Until,
        });
    }

    public Envelope Revoke(AccountId session) => Sign(header => new Revoke(header, session));

    public Envelope Withdraw(Amount amount) => Sign(header => new Withdraw(header, amount));

    public Envelope Expedite(Amount amount, Moment before) => Sign(header => new Expedite(header, amount, before));

    /// <summary>The operator says what it knows of the person behind an account; zero and level 0: nothing.</summary>
    public Envelope Attest(AccountId to, uint level, Bytes32 cluster) => Sign(header => new Attest(header, to, level, cluster));

    /// <summary>Pays an extra for a vote or work in an own task; the note is the hash of what is said with it.</summary>
    public Envelope Bonus(TaskId task, AccountId to, Amount amount, Bytes32 note) =>
        Sign(header => new Bonus(header, task, to, amount, note));

    /// <summary>The id the message has and, for a posted poll, the poll.</summary>
    public MessageId IdOf(Envelope message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return TypedData.Digest(Domain, message.Message);
    }

    /// <summary>An author who speaks for the same account with a session key; worth something once it is delegated.</summary>
    public Author With(P256Signer session) => new(this, session) { Lifetime = Lifetime };

    /// <summary>Forgets the sealing session; the signer belongs to whoever made it.</summary>
    public void Dispose() => sealing.Dispose();

    private Envelope Sign(Message message) =>
        new(message, signer.Account, [.. signer.Sign(TypedData.Digest(Domain, message).Value)]);

    private Header NextHeader()
    {
        Moment expires = new(time.GetUtcNow().Add(Lifetime).ToUnixTimeMilliseconds());
        return new Header(Account, BinaryPrimitives.ReadUInt64BigEndian(RandomNumberGenerator.GetBytes(sizeof(ulong))), expires);
    }

    private static Bytes32 RandomBytes() => Bytes32.Read(RandomNumberGenerator.GetBytes(Bytes32.Size));
}
