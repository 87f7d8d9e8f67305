using System.Globalization;
using ChainSpace.Node.Draws;

namespace ChainSpace.Node.Commands.Terminal;

/// <summary>How many seats a quorum needs at a response rate.</summary>
internal sealed record Sizing(int Quorum, double Rate, int Seats, string Because);

/// <summary>What a repeated draw shows.</summary>
/// <param name="Poll">Its id; null where the panel of a batch was drawn.</param>
/// <param name="IsRight">Whether everything agrees.</param>
/// <param name="Differences">In words.</param>
internal sealed record DrawLine(string? Poll, bool IsRight, IReadOnlyList<string> Differences)
{
    public string? Batch { get; init; }
    public string? DrawnBy { get; init; }
    public required string Beacon { get; init; }
    public required int Eligible { get; init; }
    public required int Votes { get; init; }
    public required bool IsCompared { get; init; }
    public required IReadOnlyList<PlaceLine> Places { get; init; }

    public static DrawLine Of(DrawReport report, bool isCompared) =>
        new(report.Terms.IsOfBatch ? null : report.Task.ToString(), report.Differences.IsEmpty, report.Differences)
        {
            Batch = report.Terms.IsOfBatch ? report.Task.ToString() : null,
            DrawnBy = report.DrawnBy?.ToString(),
            Beacon = report.Beacon.ToString(),
            Eligible = report.Eligible,
            Votes = report.Votes,
            IsCompared = isCompared,
            Places = [.. report.Places.Select(one => PlaceLine.Of(report, one))],
        };
}

/// <summary>An account drawn, its key with all digits, and what has become of it.</summary>
internal sealed record PlaceLine(string Account, string Key, string State)
{
    public static PlaceLine Of(DrawReport report, DrawnPlace place)
    {
        string state = report.Seats.TryGetValue(place.Account, out bool isSeated) ? isSeated ? "seated" : "lapsed" : "reserve";
        return new PlaceLine(place.Account.ToString(), place.Key.ToString("R", CultureInfo.InvariantCulture), state);
    }
}
