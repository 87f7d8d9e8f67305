using ChainSpace.Node.Spaces;

namespace ChainSpace.Node;

/// <summary>Stops the process when a writer has died: the journal is whole, and the next start recovers from it.</summary>
internal sealed partial class SequencerWatch(
    SpaceDirectory spaces, IHostApplicationLifetime lifetime, ILogger<SequencerWatch> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Spaces founded later are looked for every second.
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (SpaceHost space in spaces.All)
            {
                if (!space.Sequencer.Failure.IsCompletedSuccessfully) continue;
                Stopped(log, space.Genesis.Name, await space.Sequencer.Failure);
                Environment.ExitCode = 70;
                lifetime.StopApplication();
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(2000, LogLevel.Critical,
        "The writer of space {Space} has stopped; the node ends and recovers at its next start.")]
    private static partial void Stopped(ILogger log, string space, Exception exception);
}
