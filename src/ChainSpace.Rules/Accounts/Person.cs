using ChainSpace.Protocol;

namespace ChainSpace.Rules.Accounts;

/// <summary>
/// Accounts that the operator holds to be one person's: together they get one seat in a draw and one vote in a poll. Nothing
/// else is known of the person. Owned by the writer.
/// </summary>
public sealed class Person(Bytes32 cluster)
{
    private readonly SortedSet<Account> accounts = new(Comparer<Account>.Create(static (a, b) => a.Number.CompareTo(b.Number)));

    /// <summary>A hash that stands for the person; never zero.</summary>
    public Bytes32 Cluster { get; } = cluster;

    /// <summary>In the order they registered.</summary>
    public IReadOnlyCollection<Account> Accounts => accounts;

    internal void Add(Account account) => accounts.Add(account);

    internal void Remove(Account account) => accounts.Remove(account);
}
