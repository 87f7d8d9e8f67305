using System.Net;

namespace ChainSpace.Client.Http;

/// <summary>
/// How often and when the same request is sent again after 429, 503 or a lost connection. A message may be sent again
/// without fear: a node that has it already gives the first answer once more.
/// </summary>
public sealed class RetryPolicy
{
    /// <summary>Times a request is sent altogether, at least 1.</summary>
    public int Tries { get; init; } = 6;

    /// <summary>Wait before the second try where the node names none; doubles with every try.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest wait; who is asked to wait longer gets the refusal instead.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Adds up to a quarter to every wait, so that clients refused together do not return together.</summary>
    public Random Jitter { get; init; } = Random.Shared;

    internal static bool IsPassing(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;

    /// <summary>True for what a cut, refused or silent connection throws; false for cancellation and our own mistakes.</summary>
    internal static bool IsLostConnection(Exception exception) =>
        exception is HttpRequestException { StatusCode: null }
            or IOException
            or TaskCanceledException { InnerException: TimeoutException };

    /// <summary>The wait after this many tries; null where there is to be no other.</summary>
    internal TimeSpan? DelayAfter(int tries, TimeSpan? asked)
    {
        if (tries >= Tries) return null;
        TimeSpan doubled = FirstDelay * Math.Pow(2, Math.Min(tries - 1, 30));
        TimeSpan wait = asked ?? (doubled < LongestDelay ? doubled : LongestDelay);
        return wait > LongestDelay ? null : wait * (1 + Jitter.NextDouble() / 4);
    }

    internal static TimeSpan? Asked(HttpResponseMessage response, TimeProvider time)
    {
        TimeSpan? asked = response.Headers.RetryAfter?.Delta ?? response.Headers.RetryAfter?.Date - time.GetUtcNow();
        return asked < TimeSpan.Zero ? TimeSpan.Zero : asked;
    }
}
