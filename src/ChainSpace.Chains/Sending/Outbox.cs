using System.Globalization;
using ChainSpace.Chains.Fees;
using ChainSpace.Chains.Transactions;
using Microsoft.Data.Sqlite;

namespace ChainSpace.Chains.Sending;

/// <summary>
/// What one key wants done on one network, in a file that outlives any crash. A transaction stands here before anybody
/// else sees it, so whatever the network may have received is known after a restart; and a nonce, once given to an intent,
/// is that intent's for ever.
/// </summary>
internal sealed class Outbox : IDisposable
{
    private const string Columns =
        "SELECT id, key, target, value, data, gas, urgency, nonce, outcome, mined, block, block_hash, succeeded FROM intent ";

    private readonly FileStream door;
    private readonly OutboxDatabase database;

    private Outbox(FileStream door, OutboxDatabase database) => (this.door, this.database) = (door, database);

    /// <summary>Opens the file, making it where there is none.</summary>
    /// <exception cref="IOException">Another process has it open.</exception>
    /// <exception cref="InvalidOperationException">It belongs to another network or key.</exception>
    public static Outbox Open(string path, ChainId chain, Address owner)
    {
        FileStream door = new(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        OutboxDatabase? database = null;
        try
        {
            database = new OutboxDatabase(path);
            database.Write((
                "INSERT INTO owner(id, chain, address) VALUES(1, $chain, $address) ON CONFLICT(id) DO NOTHING",
                [("$chain", chain.ToString()), ("$address", owner.ToArray())]));
            (string Chain, Address Owner) found = database.Read(
                "SELECT chain, address FROM owner", static row => (row.GetString(0), Address.Read(Blob(row, 1)))).Single();
            if (found != (chain.ToString(), owner))
                throw new InvalidOperationException($"The outbox '{path}' belongs to {found.Owner} on chain {found.Chain}.");
            return new Outbox(door, database);
        }
        catch
        {
            database?.Dispose();
            door.Dispose();
            throw;
        }
    }

    /// <summary>Adds an intent unless its key is there.</summary>
    public void Add(Intent intent) => database.Write((
        """
        INSERT INTO intent(key, target, value, data, gas, urgency)
        VALUES($key, $target, $value, $data, $gas, $urgency) ON CONFLICT(key) DO NOTHING
        """,
        ValuesOf(intent)));

    /// <summary>
    /// Gives a waiting intent its nonce together with its first attempt. The file refuses a nonce that another intent has.
    /// </summary>
    public void Assign(OutboxEntry entry, Attempt first)
    {
        int changed = database.Write(
            InsertAttempt(entry.Id, first),
            ("UPDATE intent SET nonce = $nonce WHERE id = $id AND nonce IS NULL",
                [("$nonce", NonceOf(first)), ("$id", entry.Id)]));
        if (changed != 1) throw new InvalidOperationException($"Intent '{entry.Intent.Key}' has a nonce already.");
    }

    /// <summary>Adds an intent that fills a gap: it has its nonce from the start.</summary>
    public void Fill(Intent intent, Attempt first) => database.Write(
        ("""
         INSERT INTO intent(key, target, value, data, gas, urgency, nonce)
         VALUES($key, $target, $value, $data, $gas, $urgency, $nonce)
         """,
            [.. ValuesOf(intent), ("$nonce", NonceOf(first))]),
        ("INSERT INTO attempt(intent, raw, made) SELECT id, $raw, $made FROM intent WHERE key = $key",
            [.. ValuesOf(first), ("$key", intent.Key)]));

    /// <summary>Adds an attempt with higher fees.</summary>
    public void Replace(OutboxEntry entry, Attempt next) => database.Write(InsertAttempt(entry.Id, next));

    /// <summary>Notes where it was seen and how it ended; null takes a sighting back after a reorganisation.</summary>
    public void Note(OutboxEntry entry, MinedAt? mined, Outcome outcome) => database.Write((
        """
        UPDATE intent SET mined = $mined, block = $block, block_hash = $hash, succeeded = $succeeded, outcome = $outcome
        WHERE id = $id AND outcome = 0
        """,
        [
            ("$mined", mined?.Transaction.Value.ToArray()), ("$block", (long?)mined?.Block.Value),
            ("$hash", mined?.BlockHash.Value.ToArray()), ("$succeeded", mined is null ? null : mined.Succeeded ? 1 : 0),
            ("$outcome", (int)outcome), ("$id", entry.Id),
        ]));

    public OutboxEntry? Find(string key) =>
        database.Read(Columns + "WHERE key = $key", Read, ("$key", key)).Select(WithAttempts).SingleOrDefault();

    /// <summary>What is not over, in order of submission.</summary>
    public IReadOnlyList<OutboxEntry> Unfinished() =>
        [.. database.Read(Columns + "WHERE outcome = 0 ORDER BY id", Read).Select(WithAttempts)];

    /// <summary>The highest nonce any intent has or had.</summary>
    public Nonce? LastNonce() => database.Read(
        "SELECT max(nonce) FROM intent",
        static row => row.IsDBNull(0) ? (Nonce?)null : new Nonce((ulong)row.GetInt64(0))).Single();

    public bool HasNonce(Nonce nonce) =>
        database.Read("SELECT 1 FROM intent WHERE nonce = $nonce", static _ => true, ("$nonce", (long)nonce.Value)).Count > 0;

    public void Dispose()
    {
        database.Dispose();
        door.Dispose();
    }

    private static (string, (string, object?)[]) InsertAttempt(long intent, Attempt attempt) =>
        ("INSERT INTO attempt(intent, raw, made) VALUES($intent, $raw, $made)", [.. ValuesOf(attempt), ("$intent", intent)]);

    private static (string, object?)[] ValuesOf(Attempt attempt) =>
        [("$raw", attempt.Signed.Raw.ToArray()), ("$made", attempt.Made.ToUnixTimeMilliseconds())];

    private static (string, object?)[] ValuesOf(Intent intent) =>
    [
        ("$key", intent.Key), ("$target", intent.Call.To?.ToArray()), ("$value", intent.Call.Value.ToString()),
        ("$data", intent.Call.Data.ToArray()), ("$gas", checked((long)intent.GasLimit.Units)), ("$urgency", (int)intent.Urgency),
    ];

    private static long NonceOf(Attempt attempt) => checked((long)attempt.Signed.Transaction.Nonce.Value);

    private OutboxEntry WithAttempts(OutboxEntry entry) => entry with
    {
        Attempts =
        [
            .. database.Read(
                "SELECT raw, made FROM attempt WHERE intent = $intent ORDER BY id", ReadAttempt, ("$intent", entry.Id)),
        ],
    };

    private static OutboxEntry Read(SqliteDataReader row)
    {
        ChainCall call = new(
            row.IsDBNull(2) ? null : Address.Read(Blob(row, 2)),
            new Wei(UInt128.Parse(row.GetString(3), CultureInfo.InvariantCulture)),
            Blob(row, 4));
        MinedAt? mined = row.IsDBNull(9) ? null : new MinedAt(
            new TransactionHash(Bytes32.Read(Blob(row, 9))), new BlockNumber((ulong)row.GetInt64(10)),
            new BlockHash(Bytes32.Read(Blob(row, 11))), row.GetInt64(12) == 1);
        return new OutboxEntry(
            row.GetInt64(0),
            new Intent(row.GetString(1), call, new Gas((ulong)row.GetInt64(5)), (Urgency)row.GetInt64(6)),
            row.IsDBNull(7) ? null : new Nonce((ulong)row.GetInt64(7)),
            (Outcome)row.GetInt64(8),
            mined,
            []);
    }

    private static Attempt ReadAttempt(SqliteDataReader row) =>
        SignedTransaction.TryRead(Blob(row, 0), out SignedTransaction? signed)
            ? new Attempt(signed, DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)))
            : throw new InvalidOperationException("The outbox holds bytes that are no transaction.");

    private static byte[] Blob(SqliteDataReader row, int column) => (byte[])row.GetValue(column);
}
