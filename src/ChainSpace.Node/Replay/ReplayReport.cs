using System.Text.Json.Serialization;

namespace ChainSpace.Node.Replay;

/// <summary>
/// What a replay found. Shares and accuracies are 0 to 1, null where nothing is known; money is in minor units.
/// </summary>
internal sealed record ReplayReport
{
    public required long Items { get; init; }
    public required long Votes { get; init; }

    /// <summary>Votes in the journal for each second of casting, the client's signing included.</summary>
    public required double AcceptedPerS { get; init; }
    public required IReadOnlyDictionary<string, long> Refused { get; init; }

    /// <summary>Of the file's plurality, over tasks of known truth.</summary>
    public required double? AccuracyMajority { get; init; }

    /// <summary>Of the consensus answer, or of the plurality where there is none.</summary>
    public required double? AccuracyConsensus { get; init; }
    public required long VotesUsed { get; init; }

    /// <summary>Votes that came after their poll had closed, of all votes.</summary>
    public required double VotesSavedShare { get; init; }
    public required double ClosedShare { get; init; }

    /// <summary>Of the consensus answer, over closed polls of known truth.</summary>
    public required double? AccuracyClosed { get; init; }
    public required long MoneyIn { get; init; }
    public required long MoneyOut { get; init; }

    /// <summary>Whether what was locked equals what was paid and refunded.</summary>
    public required bool MoneyCheck { get; init; }
    public required int ReceiptsVerified { get; init; }

    /// <summary><c>ok</c>, or the fault.</summary>
    public required string Audit { get; init; }
    public required double? ReputationRankCorrelation { get; init; }

    /// <summary>Null on play money.</summary>
    public ChainReport? Chain { get; init; }

    /// <summary>Seconds of each phase.</summary>
    public required IReadOnlyDictionary<string, double> Seconds { get; init; }
}

/// <summary>The report as <c>--json</c> prints it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(ReplayReport))]
internal sealed partial class ReplayJson : JsonSerializerContext;
