using System.Collections.Immutable;
using System.Globalization;
using ChainSpace.Rules.Accounts;

namespace ChainSpace.Rules.Selection;

/// <summary>
/// Seats by group: <c>country=DE:10,country=AT:5</c>. A group is a public attribute with one of its values (joined by
/// <c>|</c>). An account belongs to the first group listed that it fits, so no account stands in two draws.
/// </summary>
public sealed record Quotas(ImmutableArray<Quotas.Group> Groups)
{
    /// <summary>A poll without quotas: everybody is of one group.</summary>
    public static readonly Quotas None = new([]);

    /// <summary>Attribute, wanted values, seats.</summary>
    public readonly record struct Group(string Name, string Wanted, int Seats);

    /// <summary>Seats of all groups together.</summary>
    public long Seats => Groups.Sum(static group => (long)group.Seats);

    /// <summary>The quotas of a text; none for an empty one; null for what is none.</summary>
    public static Quotas? TryRead(string text)
    {
        if (text.Length == 0) return None;
        string[] parts = text.Split(',');
        if (parts.Length > Limits.Groups) return null;
        ImmutableArray<Group>.Builder groups = ImmutableArray.CreateBuilder<Group>(parts.Length);
        HashSet<string> seen = [];
        foreach (string part in parts)
        {
            if (ReadGroup(part) is not { } group || !seen.Add($"{group.Name}={group.Wanted}")) return null;
            groups.Add(group);
        }

        return new Quotas(groups.MoveToImmutable());
    }

    /// <summary>Number of the account's group; zero where there are no quotas; null where it is in none.</summary>
    public int? GroupOf(Account account)
    {
        if (Groups.IsEmpty) return 0;
        for (int number = 0; number < Groups.Length; number++)
        {
            if (Attributes.Has(account.Attributes, Groups[number].Name, Groups[number].Wanted)) return number;
        }

        return null;
    }

    /// <summary>Seats of each group; all of the sample where there is one group only.</summary>
    public ImmutableArray<int> SeatsOf(int sample) => Groups.IsEmpty ? [sample] : [.. Groups.Select(static one => one.Seats)];

    private static Group? ReadGroup(string part)
    {
        int equals = part.IndexOf('=', StringComparison.Ordinal), colon = part.LastIndexOf(':');
        if (equals <= 0 || colon <= equals) return null;
        (string name, string wanted, string count) = (part[..equals], part[(equals + 1)..colon], part[(colon + 1)..]);
        if (!Attributes.IsName(name) || !wanted.Split('|').All(Attributes.IsValue)) return null;
        bool isCount = count.Length is > 0 and <= 6 && count[0] != '0';
        return isCount && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int seats)
            ? new Group(name, wanted, seats)
            : null;
    }
}
