namespace ChainSpace.Client.Reading;

/// <summary>A batch: what its items have in common, and how far they are.</summary>
public sealed record BatchView
{
    public required string Id { get; init; }
    public required string Index { get; init; }
    public required string Requester { get; init; }
    public required string Category { get; init; }

    /// <summary>Title, description and options; null once erased.</summary>
    public PollContent? Content { get; init; }
    public required string ContentHash { get; init; }

    /// <summary>What an answer to an item looks like (spec/formats.md).</summary>
    public required string Format { get; init; }
    public required int Options { get; init; }

    /// <summary><c>each</c>, <c>correlated</c>, <c>determinant</c>, <c>lottery</c> or <c>exact-lottery</c>.</summary>
    public required string Payout { get; init; }

    /// <summary>Items that are counted and paid together.</summary>
    public required int Group { get; init; }

    /// <summary>Items at the beginning that everybody must answer first.</summary>
    public required int Training { get; init; }

    /// <summary>Accounts to draw once for all items, its panel; 0: each item says who may vote on it.</summary>
    public int Sample { get; init; }

    /// <summary>Who stands in that draw: <c>open</c>, or a filter.</summary>
    public string Voters { get; init; } = "open";

    /// <summary>Seats of the panel by group; empty: none.</summary>
    public string Quotas { get; init; } = "";

    /// <summary>Accounts that were drawn; null before, and where no panel is.</summary>
    public int? Drawn { get; init; }
    public required string Posted { get; init; }
    public required string Deadline { get; init; }

    /// <summary><c>open</c>: items may join; <c>closed</c>: no more.</summary>
    public required string State { get; init; }

    /// <summary>Items so far.</summary>
    public int Items { get; init; }

    /// <summary>Votes on all items.</summary>
    public string Votes { get; init; } = "0";

    /// <summary>Items whose known answer was shown.</summary>
    public int GoldShown { get; init; }

    /// <summary>Median seconds from one vote of a voter to the next, pauses left out; null before there are any.</summary>
    public int? MedianSeconds { get; init; }

    /// <summary>What a vote on the newest item pays an hour at that pace, in minor units.</summary>
    public string? Hourly { get; init; }

    /// <summary>Groups that the items make so far; the last one may still grow.</summary>
    public int Groups { get; init; }

    /// <summary>Of these, whole ones of which every item has ended.</summary>
    public int SettledGroups { get; init; }

    /// <summary>How many items are in each state of a poll; states without any are left out.</summary>
    public IReadOnlyDictionary<string, int> States { get; init; } = new Dictionary<string, int>();
}
