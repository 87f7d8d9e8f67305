using System.Collections.Immutable;
using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Rules;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Reputation;

namespace ChainSpace.Node.Views.Folding;

// Accounts with what they have and are known for, and the keys that sign for them. What changes often is written once a
// batch.
internal sealed class AccountRows(ViewDatabase database, Progress progress)
{
    private const int NumbersRemembered = 1 << 18;

    private readonly Dictionary<AccountId, int> numbers = [];
    private readonly Dictionary<AccountId, Balance> balances = [];
    private readonly Dictionary<(AccountId Account, string Category), Evidence> evidence = [];

    public int NumberOf(AccountId account)
    {
        if (numbers.TryGetValue(account, out int number)) return number;
        number = (int)(Find(account) ?? throw new InvalidOperationException($"Account {account} was never registered."));
        numbers.Add(account, number);
        return number;
    }

    public void Register(AccountId account, string attributes)
    {
        if (numbers.ContainsKey(account) || Find(account) is not null)
        {
            database.On("UPDATE account SET attributes = ?2 WHERE number = ?1")
                .Bind(1, NumberOf(account)).Bind(2, attributes).Run();
            return;
        }

        database.On("INSERT INTO account VALUES (?1, ?2, ?3, ?4, ?4, ?4, ?4, ?4)")
            .Bind(1, progress.Accounts).Bind(2, account.Value).Bind(3, attributes).Bind(4, Amount.Zero).Run();
        numbers.Add(account, progress.Accounts++);
    }

    // May come before the fact that registers the account.
    public void Set(Fact.BalanceChanged fact) => balances[fact.Account] = fact.Balance;

    public void Set(Fact.EvidenceChanged fact) => evidence[(fact.Account, fact.Category)] = fact.Evidence;

    // A wallet's key is recovered from its signature, and stands nowhere.
    public void AddKey(ImmutableArray<byte> xy)
    {
        if (!P256PublicKey.TryRead(xy.AsSpan(), out P256PublicKey key)) return;
        database.On("INSERT OR IGNORE INTO key VALUES (?1, ?2)").Bind(1, key.Account.Value).Bind(2, xy.AsSpan()).Run();
    }

    public void AddSession(Protocol.Messages.Delegate delegation, EntryIndex index)
    {
        AccountId session = P256PublicKey.Read(delegation.Key.AsSpan()).Account;
        AddKey(delegation.Key);
        database.On("INSERT INTO session VALUES (?1, ?2, ?3)")
            .Bind(1, session.Value).Bind(2, delegation.Header.Account.Value).Bind(3, index.Value).Run();
    }

    public void Save()
    {
        Statement balance = database.On("""
            UPDATE account SET available = ?2, escrowed = ?3, withdrawn = ?4, earned = ?5, received = ?6 WHERE number = ?1
            """);
        foreach ((int number, Balance now) in balances.Select(each => (NumberOf(each.Key), each.Value)).OrderBy(InTable))
            balance.Bind(1, number).Bind(2, now.Available).Bind(3, now.Escrowed).Bind(4, now.Withdrawn).Bind(5, now.Earned)
                .Bind(6, now.Received).Run();

        // Not replaced: a row that goes and comes again moves in the index by category, too.
        Statement score = database.On("""
            INSERT INTO reputation VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET pro = ?3, contra = ?4, at = ?5
            """);
        foreach ((int number, (string category, Evidence now)) in
            evidence.Select(each => (NumberOf(each.Key.Account), (each.Key.Category, each.Value))).OrderBy(InTable))
            score.Bind(1, number).Bind(2, category).Bind(3, now.For).Bind(4, now.Against).Bind(5, now.At.Milliseconds).Run();

        balances.Clear();
        evidence.Clear();
        if (numbers.Count > NumbersRemembered) numbers.Clear();
    }

    private static int InTable<T>((int Number, T Value) row) => row.Number;

    private long? Find(AccountId account) =>
        database.On("SELECT number FROM account WHERE id = ?1").Bind(1, account.Value).ReadNumber();
}
