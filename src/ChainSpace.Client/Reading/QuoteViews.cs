namespace ChainSpace.Client.Reading;

/// <summary>What one has in mind.</summary>
/// <param name="Category">Field of knowledge.</param>
/// <param name="Confidence">Hundredths of a percent, 5001 to 9999.</param>
public sealed record QuoteRequest(string Category, int Confidence)
{
    public int Options { get; init; } = 2;

    public int Maximum { get; init; } = 20;

    public int Minimum { get; init; } = 1;

    /// <summary>Who may vote: <c>open</c>, or a filter of what is public.</summary>
    public string Voters { get; init; } = "open";

    /// <summary>Whose gold items count; null: nobody's.</summary>
    public string? Requester { get; init; }

    /// <summary>Whether it is to close when its answer is probably true, as gold has shown; else when the crowd agrees.</summary>
    public bool IsGold { get; init; }

    /// <summary>Minor units to lock; null: no cost is asked for.</summary>
    public string? Reward { get; init; }

    /// <summary><c>fixed</c> or <c>response</c>: how much of the reward is spent.</summary>
    public string Pricing { get; init; } = "fixed";
}

/// <summary>What a poll would need for a confidence, by imagined polls among the category's voters.</summary>
public sealed record QuoteView
{
    /// <summary>Votes expected.</summary>
    public required double Votes { get; init; }

    /// <summary>One poll in ten needs no more.</summary>
    public required int Low { get; init; }

    /// <summary>One poll in ten needs more.</summary>
    public required int High { get; init; }

    /// <summary>Chance, 0 to 1, to come to the maximum without the confidence.</summary>
    public required double Inconclusive { get; init; }

    /// <summary>Voters with a record in the category that it rests on; 0: it takes them for newcomers.</summary>
    public required int Voters { get; init; }

    /// <summary>
    /// Accounts that may vote: all of the space or those its filter lets in, without the operator's and the requester's.
    /// </summary>
    public required int Accounts { get; init; }

    /// <summary>Expected cost in minor units, where a reward was asked about: all of it, or of the votes expected.</summary>
    public string? Cost { get; init; }

    /// <summary>Gold items of the requester behind the confidence; 0: it is the votes' own belief.</summary>
    public required int GoldItems { get; init; }

    /// <summary>Expected time by the category's last polls; none where there were none.</summary>
    public string? Milliseconds { get; init; }
}

/// <summary>How far confidences of one requester's polls in a category have been true.</summary>
public sealed record ReliabilityView
{
    public required string Category { get; init; }
    public required string Requester { get; init; }

    /// <summary>Gold items whose answer was shown.</summary>
    public required int GoldItems { get; init; }

    public required IReadOnlyList<ReliabilityLevel> Levels { get; init; }
}

/// <summary>One line of the reliability table.</summary>
/// <param name="Belief">What the votes alone make it, 0 to 1.</param>
/// <param name="Reached">Gold items that came to it.</param>
/// <param name="Right">Of these, with the true option in the lead at that moment.</param>
/// <param name="Confidence">What a poll at this belief is said to have, 0 to 1.</param>
public sealed record ReliabilityLevel(double Belief, int Reached, int Right, double Confidence);
