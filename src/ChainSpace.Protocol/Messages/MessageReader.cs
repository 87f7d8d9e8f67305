using System.Collections.Immutable;
using ChainSpace.Protocol.Settlement;

namespace ChainSpace.Protocol.Messages;

/// <summary>Reads the canonical form of any message; the other direction of <see cref="Message.WriteTo"/>.</summary>
internal static class MessageReader
{
    private const int KeySize = 64;

    /// <summary>Largest packed openings of one message: 400 votes.</summary>
    public const int PackedLimit = 400 * Openings.OpeningSize;

    /// <summary>Reads one object; null with a fault in <paramref name="fields"/> where it is no canonical message.</summary>
    public static Message? Read(ReadOnlySpan<byte> type, ref CanonicalFields fields) => type switch
    {
        _ when type.SequenceEqual("Vote"u8) => ReadVote(ref fields),
        _ when type.SequenceEqual("SealedVote"u8) => ReadSealedVote(ref fields),
        _ when type.SequenceEqual("PostPoll"u8) => ReadPostPoll(ref fields),
        _ when type.SequenceEqual("Register"u8) => ReadRegister(ref fields),
        _ when type.SequenceEqual("ClosePoll"u8) => ReadClosePoll(ref fields),
        _ when type.SequenceEqual("CancelPoll"u8) => ReadCancelPoll(ref fields),
        _ when type.SequenceEqual("EraseContent"u8) => ReadEraseContent(ref fields),
        _ when type.SequenceEqual("OpenVote"u8) => ReadOpenVote(ref fields),
        _ when type.SequenceEqual("ExtendPoll"u8) => ExtendReader.ReadExtend(ref fields),
        _ when type.SequenceEqual("RevealGold"u8) => GoldReader.ReadReveal(ref fields),
        _ when type.SequenceEqual("Delegate"u8) => ReadDelegate(ref fields),
        _ when type.SequenceEqual("Revoke"u8) => ReadRevoke(ref fields),
        _ when type.SequenceEqual("Openings"u8) => ReadOpenings(ref fields),
        _ when type.SequenceEqual("Conclude"u8) => ReadConclude(ref fields),
        _ when type.SequenceEqual("ReportBlock"u8) => ReadReportBlock(ref fields),
        _ when type.SequenceEqual("Withdraw"u8) => SettlementReader.ReadWithdraw(ref fields),
        _ when type.SequenceEqual("Expedite"u8) => SettlementReader.ReadExpedite(ref fields),
        _ when type.SequenceEqual("Bonus"u8) => PayReader.ReadBonus(ref fields),
        _ when type.SequenceEqual("ReportDeposit"u8) => SettlementReader.ReadDeposit(ref fields),
        _ when type.SequenceEqual("ReportAnchor"u8) => SettlementReader.ReadAnchor(ref fields),
        _ when type.SequenceEqual("PostBatch"u8) => BatchReader.ReadPost(ref fields),
        _ when type.SequenceEqual("CloseBatch"u8) => BatchReader.ReadClose(ref fields),
        _ when type.SequenceEqual("Admit"u8) => AdmissionReader.ReadAdmit(ref fields),
        _ when type.SequenceEqual("Tick"u8) => ReadTick(ref fields),
        _ when type.SequenceEqual("Credit"u8) => ReadCredit(ref fields),
        _ when type.SequenceEqual("Attest"u8) => PersonReader.ReadAttest(ref fields),
        _ when type.SequenceEqual("CreateSpace"u8) => ReadCreateSpace(ref fields),
        _ => JobReader.Read(type, ref fields),
    };

    private static Vote ReadVote(ref CanonicalFields fields)
    {
        AccountId account = new(fields.Id("account"u8));
        uint choice = fields.Number32("choice"u8);
        Header header = ReadExpiryAndNonce(ref fields, account);
        TaskId poll = new(fields.Id("poll"u8));
        fields.Type("Vote"u8);
        return new Vote(header, poll, choice);
    }

    private static SealedVote ReadSealedVote(ref CanonicalFields fields)
    {
        AccountId account = new(fields.Id("account"u8));
        Bytes32 commitment = fields.Id("commitment"u8);
        Header header = ReadExpiryAndNonce(ref fields, account);
        ImmutableArray<byte> opening = fields.Bytes("opening"u8, SealedVote.OpeningSize, SealedVote.OpeningSize);
        TaskId poll = new(fields.Id("poll"u8));
        fields.Type("SealedVote"u8);
        return new SealedVote(header, poll, commitment, opening);
    }

    private static PostPoll ReadPostPoll(ref CanonicalFields fields)
    {
        AccountId account = new(fields.Id("account"u8));
        string aggregation = fields.Text("aggregation"u8);
        Bytes32 batch = fields.Id("batch"u8);
        string category = fields.Text("category"u8);
        uint confidence = fields.Number32("confidence"u8);
        Bytes32 content = fields.Id("content"u8);
        Moment deadline = fields.Moment("deadline"u8);
        Amount deposit = fields.Amount("deposit"u8);
        Moment expires = fields.Moment("expires"u8);
        string format = fields.Text("format"u8);
        Moment gather = fields.Moment("gather"u8);
        Bytes32 gold = fields.Id("gold"u8);
        ulong height = fields.Number("height"u8);
        string inconclusive = fields.Text("inconclusive"u8);
        ulong lease = fields.Number("lease"u8);
        uint maximum = fields.Number32("maximum"u8), minimum = fields.Number32("minimum"u8);
        ImmutableArray<AccountId> named = fields.Ids("named"u8);
        ulong nonce = fields.Number("nonce"u8);
        uint options = fields.Number32("options"u8);
        string payout = fields.Text("payout"u8), pricing = fields.Text("pricing"u8), quotas = fields.Text("quotas"u8);
        Amount reward = fields.Amount("reward"u8);
        uint sample = fields.Number32("sample"u8);
        fields.Type("PostPoll"u8);
        return new PostPoll(new Header(account, nonce, expires))
        {
            Aggregation = aggregation,
            Batch = batch,
            Category = category,
            Confidence = confidence,
            Content = content,
            Deadline = deadline,
            Deposit = deposit,
            Format = format,
            Gather = gather,
            Gold = gold,
            Height = height,
            Inconclusive = inconclusive,
            Lease = lease,
            Maximum = maximum,
            Minimum = minimum,
            Named = named,
            Options = options,
            Payout = payout,
            Pricing = pricing,
            Quotas = quotas,
            Reward = reward,
            Sample = sample,
            Voters = fields.Text("voters"u8),
            Voting = fields.Text("voting"u8),
        };
    }

    private static Register ReadRegister(ref CanonicalFields fields)
    {
        AccountId account = new(fields.Id("account"u8));
        string attributes = fields.Text("attributes"u8);
        Moment expires = fields.Moment("expires"u8);
        ImmutableArray<byte> key = fields.Bytes("key"u8, 0, KeySize);
        ulong nonce = fields.Number("nonce"u8);
        fields.Type("Register"u8);
        return new Register(new Header(account, nonce, expires), key, attributes);
    }

    private static Delegate ReadDelegate(ref CanonicalFields fields)
    {
        AccountId account = new(fields.Id("account"u8));
        string audience = fields.Text("audience"u8);
        Moment expires = fields.Moment("expires"u8);
        ImmutableArray<byte> key = fields.Bytes("key"u8, KeySize, KeySize);
        Amount maximumSpend = fields.Amount("maximumSpend"u8);
        ulong nonce = fields.Number("nonce"u8);
        string scopes = fields.Text("scopes"u8);
        fields.Type("Delegate"u8);
        return new Delegate(new Header(account, nonce, expires))
        {
            Audience = audience,
            Key = key,
            MaximumSpend = maximumSpend,
            Scopes = scopes,
            Until = fields.Moment("until"u8),
        };
    }

    private static CreateSpace ReadCreateSpace(ref CanonicalFields fields)
    {
        AccountId account = new(fields.Id("account"u8));
        ulong chainId = fields.Number("chainId"u8);
        Bytes32 checkpointKey = fields.Id("checkpointKey"u8);
        string currency = fields.Text("currency"u8);
        uint decimals = fields.Number32("decimals"u8);
        Moment expires = fields.Moment("expires"u8);
        Bytes32 factory = fields.Id("factory"u8);
        Amount grant = fields.Amount("grant"u8);
        ImmutableArray<byte> key = fields.Bytes("key"u8, 0, KeySize);
        string name = fields.Text("name"u8), network = fields.Text("network"u8);
        Header header = new(account, fields.Number("nonce"u8), expires);
        ImmutableArray<byte> sealingKey = fields.Bytes("sealingKey"u8, KeySize, KeySize);
        fields.Type("CreateSpace"u8);
        return new CreateSpace(header)
        {
            ChainId = chainId,
            CheckpointKey = checkpointKey,
            Currency = currency,
            Decimals = decimals,
            Factory = factory,
            Grant = grant,
            Key = key,
            Name = name,
            Network = network,
            SealingKey = sealingKey,
            Vault = fields.Bytes("vault"u8, 0, VaultTerms.Size),
        };
    }

    private static Openings ReadOpenings(ref CanonicalFields fields)
    {
        AccountId account = new(fields.Id("account"u8));
        Moment expires = fields.Moment("expires"u8);
        uint from = fields.Number32("from"u8);
        Header header = new(account, fields.Number("nonce"u8), expires);
        ImmutableArray<byte> packed = fields.Bytes("packed"u8, 0, PackedLimit);
        TaskId poll = new(fields.Id("poll"u8));
        fields.Type("Openings"u8);
        return new Openings(header, poll, from, packed);
    }

    private static ReportBlock ReadReportBlock(ref CanonicalFields fields)
    {
        AccountId account = new(fields.Id("account"u8));
        Moment expires = fields.Moment("expires"u8);
        ulong height = fields.Number("height"u8);
        Header header = new(account, fields.Number("nonce"u8), expires);
        Bytes32 root = fields.Id("root"u8);
        ulong size = fields.Number("size"u8);
        fields.Type("ReportBlock"u8);
        return new ReportBlock(header, height, size, root);
    }

    private static OpenVote ReadOpenVote(ref CanonicalFields fields)
    {
        AccountId account = new(fields.Id("account"u8));
        uint choice = fields.Number32("choice"u8);
        Header header = ReadExpiryAndNonce(ref fields, account);
        TaskId poll = new(fields.Id("poll"u8));
        Bytes32 salt = fields.Id("salt"u8);
        fields.Type("OpenVote"u8);
        return new OpenVote(header, poll, choice, salt);
    }

    private static Conclude ReadConclude(ref CanonicalFields fields)
    {
        Header header = ReadPoll(ref fields, "Conclude"u8, out TaskId poll);
        return new Conclude(header, poll, fields.Number32("votes"u8));
    }

    private static ClosePoll ReadClosePoll(ref CanonicalFields fields) =>
        new(ReadPoll(ref fields, "ClosePoll"u8, out TaskId poll), poll);

    private static CancelPoll ReadCancelPoll(ref CanonicalFields fields) =>
        new(ReadPoll(ref fields, "CancelPoll"u8, out TaskId poll), poll);

    private static EraseContent ReadEraseContent(ref CanonicalFields fields) =>
        new(ReadPoll(ref fields, "EraseContent"u8, out TaskId poll), poll);

    private static Revoke ReadRevoke(ref CanonicalFields fields)
    {
        AccountId account = new(fields.Id("account"u8));
        Header header = ReadExpiryAndNonce(ref fields, account);
        AccountId session = new(fields.Id("session"u8));
        fields.Type("Revoke"u8);
        return new Revoke(header, session);
    }

    private static Credit ReadCredit(ref CanonicalFields fields)
    {
        AccountId account = new(fields.Id("account"u8));
        Amount amount = fields.Amount("amount"u8);
        Header header = ReadExpiryAndNonce(ref fields, account);
        AccountId to = new(fields.Id("to"u8));
        fields.Type("Credit"u8);
        return new Credit(header, to, amount);
    }

    private static Tick ReadTick(ref CanonicalFields fields)
    {
        AccountId account = new(fields.Id("account"u8));
        Header header = ReadExpiryAndNonce(ref fields, account);
        fields.Type("Tick"u8);
        return new Tick(header);
    }

    private static Header ReadPoll(ref CanonicalFields fields, ReadOnlySpan<byte> type, out TaskId poll)
    {
        AccountId account = new(fields.Id("account"u8));
        Header header = ReadExpiryAndNonce(ref fields, account);
        poll = new TaskId(fields.Id("poll"u8));
        fields.Type(type);
        return header;
    }

    internal static Header ReadExpiryAndNonce(ref CanonicalFields fields, AccountId account)
    {
        Moment expires = fields.Moment("expires"u8);
        return new Header(account, fields.Number("nonce"u8), expires);
    }
}
