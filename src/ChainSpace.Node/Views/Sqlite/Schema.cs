using ChainSpace.Protocol;

namespace ChainSpace.Node.Views.Sqlite;

// The tables. A change here raises the version: older files are thrown away and folded again.
//
// account.number counts accounts as they registered, poll.idx is the entry that posted the poll; other tables name both
// by these. A row of history is account and entry in one number, see HistoryKey. A row of vote is some votes of a poll
// one after another, see PackedVote. A row of answer is the salted hash of what a voter wrote: by the vote's number where
// the operator opened it, by -1 less the account's where the voter did. Whoever looks at a batch must not have to look at all
// of its items: batch, batch_state and batch_group keep counts of them. A group has a row from the end of its first item to the
// end of its last, after which it is one of batch.settled.
internal static class Schema
{
    public const int Version = 14;

    private const string Tables = """
        CREATE TABLE progress(id INTEGER PRIMARY KEY CHECK (id = 1), space BLOB NOT NULL, position INTEGER NOT NULL,
          now INTEGER NOT NULL, accounts INTEGER NOT NULL, polls INTEGER NOT NULL, recent INTEGER NOT NULL) STRICT;
        CREATE TABLE account(number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, attributes TEXT NOT NULL,
          available BLOB NOT NULL, escrowed BLOB NOT NULL, withdrawn BLOB NOT NULL, earned BLOB NOT NULL,
          received BLOB NOT NULL) STRICT;
        CREATE TABLE reputation(account INTEGER NOT NULL, category TEXT NOT NULL, pro REAL NOT NULL, contra REAL NOT NULL,
          at INTEGER NOT NULL, PRIMARY KEY (account, category)) STRICT, WITHOUT ROWID;
        CREATE INDEX reputation_category ON reputation(category);
        CREATE TABLE receipt(account INTEGER NOT NULL, category TEXT NOT NULL, count INTEGER NOT NULL,
          PRIMARY KEY (account, category)) STRICT, WITHOUT ROWID;
        CREATE TABLE key(account BLOB PRIMARY KEY, xy BLOB NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE session(signer BLOB NOT NULL, account BLOB NOT NULL, idx INTEGER NOT NULL,
          PRIMARY KEY (signer, account, idx)) STRICT, WITHOUT ROWID;
        CREATE TABLE history(key INTEGER PRIMARY KEY) STRICT;
        CREATE TABLE recent(key INTEGER PRIMARY KEY) STRICT;
        CREATE TABLE poll(idx INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, votes INTEGER NOT NULL, state TEXT NOT NULL,
          requester INTEGER NOT NULL, category TEXT NOT NULL, content BLOB NOT NULL, options INTEGER NOT NULL,
          reward BLOB NOT NULL, payout TEXT NOT NULL, aggregation TEXT NOT NULL, voting TEXT NOT NULL, voters TEXT NOT NULL,
          sample INTEGER NOT NULL, minimum INTEGER NOT NULL, maximum INTEGER NOT NULL, confidence INTEGER NOT NULL,
          posted INTEGER NOT NULL, deadline INTEGER NOT NULL, format TEXT NOT NULL, batch INTEGER,
          number INTEGER, deposit BLOB NOT NULL, pricing TEXT NOT NULL, gold BLOB NOT NULL, quotas TEXT NOT NULL,
          lease INTEGER NOT NULL, truth INTEGER, inconclusive TEXT NOT NULL,
          gather INTEGER NOT NULL, job BLOB) STRICT;
        CREATE INDEX poll_state ON poll(state);
        CREATE INDEX poll_category ON poll(category);
        CREATE INDEX poll_requester ON poll(requester);
        CREATE INDEX poll_batch ON poll(batch) WHERE batch IS NOT NULL;
        CREATE INDEX poll_batch_state ON poll(batch, state) WHERE batch IS NOT NULL;
        CREATE INDEX poll_voting ON poll(deadline) WHERE state = 'voting';
        CREATE INDEX poll_alone ON poll(batch, idx) WHERE batch IS NULL;
        CREATE TABLE batch(idx INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, requester INTEGER NOT NULL, category TEXT NOT NULL,
          content BLOB NOT NULL, format TEXT NOT NULL, options INTEGER NOT NULL, payout TEXT NOT NULL, size INTEGER NOT NULL,
          training INTEGER NOT NULL, posted INTEGER NOT NULL, deadline INTEGER NOT NULL, state TEXT NOT NULL,
          panel_sample INTEGER NOT NULL, panel_voters TEXT NOT NULL, panel_quotas TEXT NOT NULL, drawn INTEGER,
          items INTEGER NOT NULL, votes_cast INTEGER NOT NULL, gold_shown INTEGER NOT NULL, settled INTEGER NOT NULL) STRICT;
        CREATE TABLE batch_state(batch INTEGER NOT NULL, state TEXT NOT NULL, items INTEGER NOT NULL,
          PRIMARY KEY (batch, state)) STRICT, WITHOUT ROWID;
        CREATE TABLE batch_group(batch INTEGER NOT NULL, number INTEGER NOT NULL, ended INTEGER NOT NULL,
          PRIMARY KEY (batch, number)) STRICT, WITHOUT ROWID;
        CREATE TABLE panel(account BLOB NOT NULL, batch INTEGER NOT NULL, PRIMARY KEY (account, batch)) STRICT, WITHOUT ROWID;
        CREATE INDEX panel_batch ON panel(batch);
        CREATE TABLE outcome(poll INTEGER PRIMARY KEY, at INTEGER NOT NULL, now INTEGER NOT NULL, reason TEXT NOT NULL,
          answer INTEGER, confidence REAL NOT NULL, plurality INTEGER, counts BLOB NOT NULL, paid BLOB NOT NULL,
          refunded BLOB NOT NULL, belief REAL NOT NULL, gold_items INTEGER NOT NULL) STRICT;
        CREATE TABLE vote(poll INTEGER NOT NULL, number INTEGER NOT NULL, packed BLOB NOT NULL,
          PRIMARY KEY (poll, number)) STRICT, WITHOUT ROWID;
        CREATE TABLE answer(poll INTEGER NOT NULL, number INTEGER NOT NULL, content BLOB NOT NULL,
          PRIMARY KEY (poll, number)) STRICT, WITHOUT ROWID;
        CREATE TABLE anchor(size INTEGER PRIMARY KEY, idx INTEGER NOT NULL, height INTEGER NOT NULL, tx BLOB NOT NULL,
          payouts BLOB NOT NULL) STRICT;
        CREATE TABLE lastvote(batch INTEGER NOT NULL, account INTEGER NOT NULL, now INTEGER NOT NULL,
          PRIMARY KEY (batch, account)) STRICT, WITHOUT ROWID;
        CREATE TABLE pace(batch INTEGER NOT NULL, seconds INTEGER NOT NULL, count INTEGER NOT NULL,
          PRIMARY KEY (batch, seconds)) STRICT, WITHOUT ROWID;
        CREATE TABLE seat(account BLOB NOT NULL, poll INTEGER NOT NULL, state TEXT NOT NULL, until INTEGER,
          PRIMARY KEY (account, poll)) STRICT, WITHOUT ROWID;
        CREATE INDEX seat_poll ON seat(poll);
        CREATE TABLE person(account BLOB PRIMARY KEY, level INTEGER NOT NULL, cluster BLOB NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX person_cluster ON person(cluster);
        CREATE TABLE calibration(category TEXT NOT NULL, requester INTEGER NOT NULL, items INTEGER NOT NULL,
          reached BLOB NOT NULL, right BLOB NOT NULL, PRIMARY KEY (category, requester)) STRICT, WITHOUT ROWID;
        CREATE TABLE change(idx INTEGER NOT NULL, poll INTEGER NOT NULL, state TEXT NOT NULL,
          PRIMARY KEY (idx, poll)) STRICT, WITHOUT ROWID;
        CREATE TABLE job(id BLOB PRIMARY KEY, idx INTEGER NOT NULL UNIQUE, requester BLOB NOT NULL, state TEXT NOT NULL,
          content BLOB NOT NULL, view TEXT NOT NULL) STRICT;
        CREATE INDEX job_state ON job(state, idx);
        CREATE INDEX job_requester ON job(requester);
        CREATE TABLE part(worker BLOB NOT NULL, job BLOB NOT NULL, PRIMARY KEY (worker, job)) STRICT, WITHOUT ROWID;
        CREATE TABLE submission(job BLOB NOT NULL, worker BLOB NOT NULL, idx INTEGER NOT NULL, now INTEGER NOT NULL,
          milestone INTEGER NOT NULL, work BLOB NOT NULL, passed INTEGER, reason TEXT, hearing BLOB, state TEXT,
          percent INTEGER, PRIMARY KEY (job, worker, idx)) STRICT, WITHOUT ROWID;
        CREATE TABLE decision(job BLOB NOT NULL, idx INTEGER NOT NULL, view TEXT NOT NULL) STRICT;
        CREATE INDEX decision_job ON decision(job);
        CREATE TABLE party(account BLOB PRIMARY KEY, view TEXT NOT NULL) STRICT, WITHOUT ROWID;
        """;

    private static readonly string[] Names =
    [
        "progress", "account", "reputation", "key", "session", "history", "recent", "poll", "outcome", "vote", "anchor",
        "change", "batch", "answer", "seat", "person", "receipt",
        "job", "part", "submission", "decision", "party", "calibration", "lastvote", "pace", "panel",
        "batch_state", "batch_group",
    ];

    public static bool IsCurrent(ViewDatabase database, SpaceId space)
    {
        if (database.On("PRAGMA user_version").ReadNumber() != Version) return false;
        Statement found = database.On("SELECT space FROM progress");
        bool isSame = found.Step() && found.Id(0) == space.Value;
        found.Reset();
        return isSame;
    }

    // Readers may stay: they see the old tables or the empty ones.
    public static void Create(ViewDatabase database, SpaceId space) => database.InTransaction(connection =>
    {
        foreach (string name in Names) connection.Run($"DROP TABLE IF EXISTS {name}");
        connection.Run(Tables);
        connection.On("INSERT INTO progress VALUES (1, ?1, 0, 0, 0, 0, 0)").Bind(1, space.Value).Run();
        connection.Run($"PRAGMA user_version = {Version}");
        return true;
    });
}
