using ChainSpace.Client.Reading;

namespace ChainSpace.Node.Intake;

/// <summary>The time that a requester states for an answer or for a job.</summary>
internal static class StatedTime
{
    /// <summary>A year and a day.</summary>
    public const int MostSeconds = 366 * 24 * 60 * 60;

    public static string? Fault(PollContent content) =>
        content.Seconds is null or (>= 1 and <= MostSeconds) ? null : "the seconds it takes must be 1 to 31622400";
}
