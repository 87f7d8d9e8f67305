using System.Collections.Immutable;

namespace ChainSpace.Protocol.Messages;

/// <summary>Posts a poll and locks its reward. The message's id becomes the poll's id.</summary>
public sealed record PostPoll(Header Header) : Message(Header)
{
    /// <summary>
    /// <c>majority</c>: most votes; <c>weighted</c>: votes weighted by reputation; <c>batch</c>: together with the other items
    /// of its group, once the voting of all has ended.
    /// </summary>
    public required string Aggregation { get; init; }

    /// <summary>The batch of which this is the next item; zero: none.</summary>
    public Bytes32 Batch { get; init; }

    /// <summary>Field of knowledge in which reputation is kept: 1 to 32 of a-z, 0-9 and hyphen.</summary>
    public required string Category { get; init; }

    /// <summary>Confidence in hundredths of a percent at which the poll closes (9500 = 95 %); 0: never for confidence.</summary>
    public required uint Confidence { get; init; }

    /// <summary>Salted hash of title, description and options; the text itself lives beside the journal.</summary>
    public required Bytes32 Content { get; init; }

    /// <summary>Moment at which voting ends in any case.</summary>
    public required Moment Deadline { get; init; }

    /// <summary>What every voter locks with a vote and may lose to those who agree with the answer; 0: nothing.</summary>
    public Amount Deposit { get; init; }

    /// <summary>
    /// What an answer looks like: <c>single</c>, <c>yes-no</c>, <c>multiple</c>, <c>labels</c>, <c>ordinal</c>,
    /// <c>number:0..100/1~5</c>, <c>ranking</c>, <c>opinion</c>. See spec/formats.md.
    /// </summary>
    public string Format { get; init; } = "single";

    /// <summary>
    /// Moment until which the operator admits accounts to the draw; the first block behind it draws among them. 0 where no seats
    /// are drawn among admitted accounts.
    /// </summary>
    public Moment Gather { get; init; }

    /// <summary>Commitment to the known answer of a gold item; zero where the requester knows none.</summary>
    public Bytes32 Gold { get; init; }

    /// <summary>Block of the settlement network at which voting ends; 0: none.</summary>
    public required ulong Height { get; init; }

    /// <summary>What an inconclusive poll does with the reward: <c>equal</c> among voters, or <c>refund</c>.</summary>
    public required string Inconclusive { get; init; }

    /// <summary>
    /// Milliseconds a drawn seat is kept for its voter, who then makes room for the next of the reserve; 0: to the end.
    /// </summary>
    public ulong Lease { get; init; }

    /// <summary>Overlap: votes at which the poll closes.</summary>
    public required uint Maximum { get; init; }

    /// <summary>Overlap: fewer votes than this at the end and the poll is expired.</summary>
    public required uint Minimum { get; init; }

    /// <summary>Accounts that may vote where <see cref="Voters"/> is <c>named</c>, sorted; else empty.</summary>
    public required ImmutableArray<AccountId> Named { get; init; }

    /// <summary>How many options there are, 2 to 100.</summary>
    public required uint Options { get; init; }

    /// <summary>
    /// <c>majority</c>, <c>lottery</c>, <c>equal</c>, <c>quality</c>, <c>truth-serum</c>, or <c>batch</c>: as its batch says.
    /// </summary>
    public required string Payout { get; init; }

    /// <summary>
    /// <c>fixed</c>: the whole reward is shared; <c>response</c>: each vote that earns is worth the reward divided by the
    /// maximum; <c>quality</c>: of that as much as its voter is known to tell. What is left goes back.
    /// </summary>
    public string Pricing { get; init; } = "fixed";

    /// <summary>Seats by group where a draw must be balanced, <c>country=DE:10,country=AT:5</c>; empty: none.</summary>
    public string Quotas { get; init; } = "";

    /// <summary>Money locked now and shared at the end.</summary>
    public required Amount Reward { get; init; }

    /// <summary>Seats drawn at random among the eligible; 0: all eligible may vote.</summary>
    public required uint Sample { get; init; }

    /// <summary><c>open</c>, <c>named</c>, or a filter such as <c>country=DE,reputation&gt;=0.8</c>.</summary>
    public required string Voters { get; init; }

    /// <summary><c>open</c>: votes are public; <c>sealed</c>: nobody sees a vote before the poll has closed.</summary>
    public required string Voting { get; init; }

    internal override void WriteTo<TFields>(ref TFields fields)
    {
        fields.Id("account"u8, Header.Account.Value);
        fields.Text("aggregation"u8, Aggregation);
        fields.Id("batch"u8, Batch);
        fields.Text("category"u8, Category);
        fields.Number("confidence"u8, Confidence);
        fields.Id("content"u8, Content);
        fields.Number("deadline"u8, (ulong)Deadline.Milliseconds);
        fields.Number("deposit"u8, Deposit);
        fields.Number("expires"u8, (ulong)Header.Expires.Milliseconds);
        fields.Text("format"u8, Format);
        fields.Number("gather"u8, (ulong)Gather.Milliseconds);
        fields.Id("gold"u8, Gold);
        fields.Number("height"u8, Height);
        fields.Text("inconclusive"u8, Inconclusive);
        fields.Number("lease"u8, Lease);
        fields.Number("maximum"u8, Maximum);
        fields.Number("minimum"u8, Minimum);
        fields.Ids("named"u8, Named.AsSpan());
        fields.Number("nonce"u8, Header.Nonce);
        fields.Number("options"u8, Options);
        fields.Text("payout"u8, Payout);
        fields.Text("pricing"u8, Pricing);
        fields.Text("quotas"u8, Quotas);
        fields.Number("reward"u8, Reward);
        fields.Number("sample"u8, Sample);
        fields.Type("PostPoll"u8);
        fields.Text("voters"u8, Voters);
        fields.Text("voting"u8, Voting);
    }
}

/// <summary>Takes a poll back; only before the first vote.</summary>
public sealed record CancelPoll(Header Header, TaskId Poll) : Message(Header)
{
    internal override void WriteTo<TFields>(ref TFields fields) => WritePoll(ref fields, "CancelPoll"u8, Poll);
}

/// <summary>
/// The requester or the operator has the poll's content (title, description, options) erased. The journal keeps only its
/// salted hash, which means nothing without the salt.
/// </summary>
public sealed record EraseContent(Header Header, TaskId Poll) : Message(Header)
{
    internal override void WriteTo<TFields>(ref TFields fields) => WritePoll(ref fields, "EraseContent"u8, Poll);
}

/// <summary>The requester ends voting by hand.</summary>
public sealed record ClosePoll(Header Header, TaskId Poll) : Message(Header)
{
    internal override void WriteTo<TFields>(ref TFields fields) => WritePoll(ref fields, "ClosePoll"u8, Poll);
}

/// <summary>An answer everybody may see at once; <paramref name="Choice"/> counts options from zero.</summary>
public sealed record Vote(Header Header, TaskId Poll, uint Choice) : Message(Header)
{
    internal override void WriteTo<TFields>(ref TFields fields)
    {
        fields.Id("account"u8, Header.Account.Value);
        fields.Number("choice"u8, Choice);
        WriteExpiryAndNonce(ref fields);
        fields.Id("poll"u8, Poll.Value);
        fields.Type("Vote"u8);
    }
}

/// <summary>
/// A hidden answer: the commitment to an <see cref="Opening"/>, and that opening encrypted to the space's sealing key so
/// that nothing is lost and the voter need not come back.
/// </summary>
public sealed record SealedVote(Header Header, TaskId Poll, Bytes32 Commitment, ImmutableArray<byte> Opening)
    : Message(Header)
{
    /// <summary>Bytes of the encrypted opening: ephemeral key 33, choice and salt 36, tag 16.</summary>
    public const int OpeningSize = 33 + Openings.OpeningSize + 16;

    internal override void WriteTo<TFields>(ref TFields fields)
    {
        fields.Id("account"u8, Header.Account.Value);
        fields.Id("commitment"u8, Commitment);
        WriteExpiryAndNonce(ref fields);
        fields.Bytes("opening"u8, Opening.AsSpan());
        fields.Id("poll"u8, Poll.Value);
        fields.Type("SealedVote"u8);
    }
}

/// <summary>The voter opens a sealed vote himself, where the node has not.</summary>
public sealed record OpenVote(Header Header, TaskId Poll, uint Choice, Bytes32 Salt) : Message(Header)
{
    internal override void WriteTo<TFields>(ref TFields fields)
    {
        fields.Id("account"u8, Header.Account.Value);
        fields.Number("choice"u8, Choice);
        WriteExpiryAndNonce(ref fields);
        fields.Id("poll"u8, Poll.Value);
        fields.Id("salt"u8, Salt);
        fields.Type("OpenVote"u8);
    }
}

/// <summary>
/// The operator, who alone can read sealed votes, says that the first <paramref name="Votes"/> of them reach the poll's
/// confidence. The openings that follow must prove it, at that vote and not before.
/// </summary>
public sealed record Conclude(Header Header, TaskId Poll, uint Votes) : Message(Header)
{
    internal override void WriteTo<TFields>(ref TFields fields)
    {
        WritePoll(ref fields, "Conclude"u8, Poll);
        fields.Number("votes"u8, Votes);
    }
}

/// <summary>
/// The operator opens sealed votes after voting has ended: for the votes from number <paramref name="From"/> on, 36 bytes
/// each, the choice (4 bytes, big-endian; 0xffffffff where the vote could not be opened) and the salt (32 bytes).
/// </summary>
public sealed record Openings(Header Header, TaskId Poll, uint From, ImmutableArray<byte> Packed) : Message(Header)
{
    /// <summary>Bytes of one opening.</summary>
    public const int OpeningSize = 36;

    /// <summary>Choice that stands for a vote whose encrypted opening was no opening of its commitment.</summary>
    public const uint Unreadable = uint.MaxValue;

    internal override void WriteTo<TFields>(ref TFields fields)
    {
        fields.Id("account"u8, Header.Account.Value);
        fields.Number("expires"u8, (ulong)Header.Expires.Milliseconds);
        fields.Number("from"u8, From);
        fields.Number("nonce"u8, Header.Nonce);
        fields.Bytes("packed"u8, Packed.AsSpan());
        fields.Id("poll"u8, Poll.Value);
        fields.Type("Openings"u8);
    }
}
