namespace ChainSpace.Protocol.Messages;

/// <summary>
/// Announces a batch: polls of one requester on the same terms, which name it in <see cref="PostPoll.Batch"/> and may be
/// counted and paid together. The message's id becomes the batch's id; money is locked by each poll.
/// </summary>
public sealed record PostBatch(Header Header) : Message(Header)
{
    /// <summary>Salted hash of title, description and options; the text itself lives beside the journal.</summary>
    public required Bytes32 Content { get; init; }

    /// <summary>Field of knowledge of every item.</summary>
    public required string Category { get; init; }

    /// <summary>Moment after which no item joins; every item's voting ends by then.</summary>
    public required Moment Deadline { get; init; }

    /// <summary>What an answer to an item looks like (spec/formats.md).</summary>
    public required string Format { get; init; }

    /// <summary>Items that are counted and paid together, in the order they were posted; the last group may be smaller.</summary>
    public required uint Group { get; init; }

    /// <summary>How many options every item has.</summary>
    public required uint Options { get; init; }

    /// <summary>
    /// How items pay that say <c>batch</c>: by <c>correlated</c> or <c>determinant</c> agreement, or with a chance by the first
    /// (<c>lottery</c>, <c>exact-lottery</c>); <c>each</c>: no item does.
    /// </summary>
    public required string Payout { get; init; }

    /// <summary>Seats of the panel by group, <c>country=DE:10,country=AT:5</c>; empty: none.</summary>
    public string Quotas { get; init; } = "";

    /// <summary>
    /// Accounts drawn once for all items, the panel: nobody else may answer any. 0: each item says who may vote on it.
    /// </summary>
    public uint Sample { get; init; }

    /// <summary>The first so many items teach: who has not answered them may not answer the others.</summary>
    public required uint Training { get; init; }

    /// <summary>
    /// Who stands in the draw of the panel: <c>open</c>, or a filter such as <c>country=DE,reputation&gt;=0.8</c>.
    /// </summary>
    public string Voters { get; init; } = "open";

    internal override void WriteTo<TFields>(ref TFields fields)
    {
        fields.Id("account"u8, Header.Account.Value);
        fields.Text("category"u8, Category);
        fields.Id("content"u8, Content);
        fields.Number("deadline"u8, (ulong)Deadline.Milliseconds);
        fields.Number("expires"u8, (ulong)Header.Expires.Milliseconds);
        fields.Text("format"u8, Format);
        fields.Number("group"u8, Group);
        fields.Number("nonce"u8, Header.Nonce);
        fields.Number("options"u8, Options);
        fields.Text("payout"u8, Payout);
        fields.Text("quotas"u8, Quotas);
        fields.Number("sample"u8, Sample);
        fields.Number("training"u8, Training);
        fields.Type("PostBatch"u8);
        fields.Text("voters"u8, Voters);
    }
}

/// <summary>The requester posts no more items; the last group is settled once its voting has ended.</summary>
public sealed record CloseBatch(Header Header, TaskId Batch) : Message(Header)
{
    internal override void WriteTo<TFields>(ref TFields fields)
    {
        fields.Id("account"u8, Header.Account.Value);
        fields.Id("batch"u8, Batch.Value);
        WriteExpiryAndNonce(ref fields);
        fields.Type("CloseBatch"u8);
    }
}
