using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Rules.Reputation;

namespace ChainSpace.Rules.Accounts;

/// <summary>
/// A registered account. Mutable, and owned by the writer that owns the state; nothing outside Rules can change it.
/// </summary>
public sealed class Account(AccountId id, int number, EntryIndex registered)
{
    public AccountId Id { get; } = id;

    /// <summary>Registration order, from zero; a short name for tables inside the state.</summary>
    public int Number { get; } = number;

    /// <summary>Whether it is the space's operator, whose message founded the space.</summary>
    public bool IsOperator => Number == 0;

    /// <summary>
    /// The entry since which it stands as it is: the one that registered it, or the last that changed its attributes. A
    /// draw takes only accounts that stood so before the poll, or an account could dress for a draw whose beacon it knows.
    /// </summary>
    public EntryIndex Registered { get; internal set; } = registered;

    /// <summary>Public attributes, canonical text.</summary>
    public string Attributes { get; internal set; } = "";

    /// <summary>How sure the operator is that this is a person: 0 nothing is known, to 3.</summary>
    public int PersonLevel { get; internal set; }

    /// <summary>Who that is, with all of the person's accounts; null where nothing is known.</summary>
    public Person? Person { get; internal set; }

    public Balance Balance { get; internal set; }

    /// <summary>Live and lapsed sessions by their key's id.</summary>
    public ImmutableSortedDictionary<AccountId, Session> Sessions { get; internal set; } =
        ImmutableSortedDictionary<AccountId, Session>.Empty;

    /// <summary>Evidence by category. Written only when a poll settles.</summary>
    public ImmutableSortedDictionary<string, Evidence> Reputation { get; internal set; } = NoReputation;

    /// <summary>Tasks that paid it, by category.</summary>
    public ImmutableSortedDictionary<string, int> Receipts { get; internal set; } = ReceiptCounts.None;

    internal static readonly ImmutableSortedDictionary<string, Evidence> NoReputation =
        ImmutableSortedDictionary.Create<string, Evidence>(StringComparer.Ordinal);

    /// <summary>Whether it is the same account, or known to be another of the same person.</summary>
    internal bool IsOfSamePerson(Account other) => this == other || (Person is not null && Person == other.Person);

    /// <summary>The account, then others known to be of the same person.</summary>
    internal IEnumerable<Account> OfSamePerson => Person is null ? [this] : [this, .. Person.Accounts.Where(one => one != this)];

    /// <summary>Evidence of a category, a newcomer's where there is none.</summary>
    public Evidence EvidenceIn(string category) => Reputation.GetValueOrDefault(category);

    /// <summary>Tasks of a category that paid it.</summary>
    public int ReceiptsIn(string category) => Receipts.GetValueOrDefault(category);
}

/// <summary>What a session key may do for its account.</summary>
/// <param name="Scopes">Sorted scope names joined by commas.</param>
/// <param name="SpendLeft">Money it may still lock.</param>
/// <param name="Until">Its last moment.</param>
public sealed record Session(string Scopes, Amount SpendLeft, Moment Until);
