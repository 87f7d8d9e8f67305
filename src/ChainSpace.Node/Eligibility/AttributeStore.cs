using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Credentials;
using ChainSpace.Protocol.Filters;

namespace ChainSpace.Node.Eligibility;

/// <summary>
/// What accounts have shown this node, by account and issuer: the newest presentation of each. Never in the journal, never
/// in a view, never exported but to the account itself. Thread-safe.
/// </summary>
public sealed class AttributeStore
{
    private const int SaltSize = 32;

    private readonly SideDatabase database;
    private readonly ConcurrentDictionary<AccountId, ImmutableSortedDictionary<AccountId, Presentation>> byAccount = [];
    private readonly ConcurrentDictionary<AccountId, long> changes = [];
    private long version;

    public AttributeStore(SideDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        this.database = database;
        IReadOnlyList<Presentation> kept = database.Read(
            "SELECT account, text, salt, stored, published FROM presentation",
            static row => Presentation.Read(
                new AccountId(Bytes32.Read((byte[])row[0])), row.GetString(1), (byte[])row[2],
                (row.GetInt64(3), row.GetBoolean(4))));
        foreach (Presentation each in kept) Remember(each);
    }

    /// <summary>Rises with every change.</summary>
    public long Version => Interlocked.Read(ref version);

    /// <summary>Whether what an account shows is other than it was at a version.</summary>
    public bool HasChangedSince(AccountId account, long version) => changes.GetValueOrDefault(account) > version;

    /// <summary>Keeps a presentation that has been checked, in place of the last of the same issuer.</summary>
    public Presentation Keep(AccountId account, string text, Moment now, bool isPublished)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltSize);
        Presentation made = Presentation.Read(account, text, salt, (now.Milliseconds, isPublished));
        database.Write(
            "INSERT OR REPLACE INTO presentation VALUES ($0, $1, $2, $3, $4, $5)",
            account.Value.ToArray(), made.Credential.Issuer.Value.ToArray(), text, salt, now.Milliseconds, isPublished ? 1 : 0);
        Remember(made);
        return made;
    }

    /// <summary>By issuer.</summary>
    public IReadOnlyList<Presentation> Of(AccountId account) => [.. byAccount.GetValueOrDefault(account, None).Values];

    /// <summary>Forgets everything the account has shown; returns how many presentations that were.</summary>
    public int Forget(AccountId account)
    {
        byAccount.TryRemove(account, out _);
        changes[account] = Interlocked.Increment(ref version);
        return database.Delete("DELETE FROM presentation WHERE account = $0", account.Value.ToArray());
    }

    /// <summary>What is valid at a moment, before what the account published; what an issuer attests before all.</summary>
    public ImmutableSortedDictionary<string, Stated> AttributesOf(
        AccountId account, ImmutableSortedDictionary<string, Stated> published, Moment now) =>
        AttributesOf(account, published, each => now < each.Credential.Expires);

    /// <summary>The same of what everybody may see.</summary>
    public ImmutableSortedDictionary<string, Stated> PublishedOf(
        AccountId account, ImmutableSortedDictionary<string, Stated> published, Moment now) =>
        AttributesOf(account, published, each => each.IsPublished && now < each.Credential.Expires);

    private ImmutableSortedDictionary<string, Stated> AttributesOf(
        AccountId account, ImmutableSortedDictionary<string, Stated> published, Func<Presentation, bool> isTaken)
    {
        var found = published.ToBuilder();
        IEnumerable<Presentation> valid = byAccount.GetValueOrDefault(account, None).Values
            .Where(isTaken).OrderBy(static each => !each.Credential.IsSelfStated);
        foreach (Presentation each in valid)
        {
            AccountId? issuer = each.Credential.IsSelfStated ? null : each.Credential.Issuer;
            foreach ((string name, AttributeValue value) in each.Credential.Attributes) found[name] = new Stated(value, issuer);
        }

        return found.ToImmutable();
    }

    private static ImmutableSortedDictionary<AccountId, Presentation> None =>
        ImmutableSortedDictionary<AccountId, Presentation>.Empty;

    private void Remember(Presentation made)
    {
        byAccount.AddOrUpdate(
            made.Account,
            _ => None.Add(made.Credential.Issuer, made),
            (_, others) => others.SetItem(made.Credential.Issuer, made));
        changes[made.Account] = Interlocked.Increment(ref version);
    }
}

/// <summary>What an account showed once.</summary>
/// <param name="Account">Who showed it.</param>
/// <param name="Text">The SD-JWT with its key binding, as it came.</param>
/// <param name="Salt">Chance that makes the hash mean nothing to others.</param>
/// <param name="Credential">What it states.</param>
public sealed record Presentation(AccountId Account, string Text, ImmutableArray<byte> Salt, AttributeCredential Credential)
{
    /// <summary>When it came.</summary>
    public Moment Stored { get; private init; }

    /// <summary>Whether the account wants it in its profile.</summary>
    public bool IsPublished { get; private init; }

    /// <summary>SHA-256 of salt ‖ text.</summary>
    public Bytes32 Hash => Bytes32.Read(SHA256.HashData([.. Salt, .. Encoding.ASCII.GetBytes(Text)]));

    /// <summary>What the journal names of several: the SHA-256 of their hashes, in order of their issuers.</summary>
    public static Bytes32 HashOf(IEnumerable<Presentation> shown) => Bytes32.Read(SHA256.HashData(
        [.. shown.OrderBy(static each => each.Credential.Issuer).SelectMany(static each => each.Hash.ToArray())]));

    // The moment is that of the check, so a credential that has expired since is still read; who asks looks at the time.
    internal static Presentation Read(AccountId account, string text, byte[] salt, (long Stored, bool IsPublished) kept)
    {
        Moment stored = new(kept.Stored);
        AttributeCredential? stated = null;
        if (!SdJwt.TryRead(text, out SdJwt? read) || AttributeCredential.Check(read, stored, out stated) is not null)
            throw new InvalidDataException("A presentation that was kept cannot be read.");
        return new Presentation(account, text, [.. salt], stated!) { Stored = stored, IsPublished = kept.IsPublished };
    }
}
