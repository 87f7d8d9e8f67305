using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol;
using ChainSpace.Rules;

namespace ChainSpace.Node.Views.Folding;

// How many tasks paid an account, by category. Written once a batch.
internal sealed class ReceiptRows(ViewDatabase database, AccountRows accounts)
{
    private readonly Dictionary<(AccountId Account, string Category), int> counts = [];

    public void Add(Fact.ReceiptCounted fact) => counts[(fact.Account, fact.Category)] = fact.Count;

    public void Save()
    {
        Statement row = database.On("INSERT OR REPLACE INTO receipt VALUES (?1, ?2, ?3)");
        foreach (((AccountId account, string category), int count) in counts.OrderBy(static each => each.Key))
            row.Bind(1, accounts.NumberOf(account)).Bind(2, category).Bind(3, count).Run();
        counts.Clear();
    }
}
