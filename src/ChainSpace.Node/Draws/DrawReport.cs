using System.Collections.Immutable;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Draws;

/// <summary>What a replay of the journal says of the draw of one poll, or of the panel of one batch.</summary>
/// <param name="Task">The poll or batch.</param>
/// <param name="Posted">The entry that fixed who is eligible.</param>
/// <param name="Terms">What was to be drawn.</param>
public sealed record DrawReport(TaskId Task, EntryIndex Posted, DrawTerms Terms)
{
    /// <summary>The entry that brought the beacon; null while the task waits for it.</summary>
    public EntryIndex? DrawnBy { get; init; }

    public Bytes32 Beacon { get; init; }

    /// <summary>Height of the block that is the beacon, and the journal size it covers.</summary>
    public (ulong Height, ulong Size) Block { get; init; }

    /// <summary>True where the beacon was compared with the journal's own root; a chain's block is not looked up.</summary>
    public bool IsBeaconChecked { get; init; }

    /// <summary>Accounts that stood in the draw.</summary>
    public int Eligible { get; init; }

    /// <summary>Accounts admitted, and the entry that ended the time to apply; null where nobody applies.</summary>
    public (int Count, EntryIndex End)? Applied { get; init; }

    /// <summary>Everybody drawn in the order of the keys, computed anew.</summary>
    public ImmutableArray<DrawnPlace> Places { get; init; } = [];

    /// <summary>How seats stand at the end of the journal, by account: true seated, false lapsed.</summary>
    public ImmutableSortedDictionary<AccountId, bool> Seats { get; init; } =
        ImmutableSortedDictionary<AccountId, bool>.Empty;

    /// <summary>Votes the journal holds for this poll, or for all items of this batch.</summary>
    public int Votes { get; init; }

    /// <summary>What does not agree, in words; empty where all does.</summary>
    public ImmutableArray<string> Differences { get; init; } = [];

    /// <summary>Compares with the seats that somebody shows.</summary>
    public ImmutableArray<string> Compare(IReadOnlyDictionary<AccountId, bool> shown)
    {
        ArgumentNullException.ThrowIfNull(shown);
        List<string> found = [];
        foreach ((AccountId account, bool isSeated) in shown.OrderBy(static one => one.Key))
        {
            if (!Seats.TryGetValue(account, out bool isReally))
                found.Add($"{account} is shown with a seat, but {WhyNot(account)}.");
            else if (isReally != isSeated)
                found.Add($"{account} is shown as {State(isSeated)}, but by the journal it is {State(isReally)}.");
        }

        foreach ((AccountId account, bool isSeated) in Seats)
        {
            if (!shown.ContainsKey(account)) found.Add($"{account} is {State(isSeated)} by the journal, but is not shown.");
        }

        return [.. found];
    }

    private string WhyNot(AccountId account)
    {
        int place = Places.Select(static one => one.Account).ToList().IndexOf(account);
        return place < 0
            ? "it was not drawn: it is not eligible, or its key is larger than those of all who were"
            : $"it stands at place {place + 1} of the draw with key {Places[place].Key:R}, in the reserve, and was not called";
    }

    private static string State(bool isSeated) => isSeated ? "seated" : "lapsed";
}

/// <summary>An account drawn, its key, its group, and whether it is a seat or of the reserve at first.</summary>
public sealed record DrawnPlace(AccountId Account, double Key, int Group, bool IsSeat);
