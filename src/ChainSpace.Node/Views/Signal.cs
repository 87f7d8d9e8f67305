namespace ChainSpace.Node.Views;

/// <summary>
/// Wakes whoever waits, all at once. Take <see cref="Next"/> before looking: what comes between looking and waiting
/// then wakes at once. Any number of threads.
/// </summary>
public sealed class Signal
{
    private volatile TaskCompletionSource next = New();

    /// <summary>Completes at the next pulse.</summary>
    public Task Next => next.Task;

    public void Pulse() => Interlocked.Exchange(ref next, New()).SetResult();

    // Waiters run on threads of their own, not on the one that pulses.
    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
