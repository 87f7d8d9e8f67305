using ChainSpace.Node.Sandbox;
using ChainSpace.Node.Sandbox.Suites;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Checking;

/// <summary>
/// Checks what waits for it in all spaces, the most urgent first, one at a time. What waits is read from the state each
/// time, so a start after a crash goes on by itself.
/// </summary>
internal sealed partial class CheckingService(
    SpaceDirectory spaces, NodeOptions options, TimeProvider time, ILogger<CheckingService> logger) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    // After which what could not be run is tried again: the machine may be in order by then.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    // Each sentence once; some have words of the work in them, of which there is no end.
    private const int MostSaid = 100;

    private readonly HashSet<string> said = [];
    private readonly Dictionary<(TaskId Job, AccountId Worker, Bytes32 Work), DateTimeOffset> put = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            IReadOnlyList<Language> languages = Language.In(options.Data);
            using SubmissionCheck check = new(new CheckOptions(), languages);
            WorkCheck work = new(check, languages);
            while (true)
                if (!await StepAsync(work, stoppingToken)) await Task.Delay(Beat, time, stoppingToken);
        }
        catch (SandboxException exception)
        {
            LogUnable(exception.Message);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops; what was being checked is checked at the next start.
        }
        catch (Exception) when (IsWriterDead)
        {
            // A writer died under a report. SequencerWatch says so and ends the process.
        }
    }

    // True where something was run.
    private async Task<bool> StepAsync(WorkCheck check, CancellationToken cancellationToken)
    {
        foreach (WaitingWork waiting in await WaitingAsync())
        {
            if (await RunAsync(check, waiting, cancellationToken)) return true;
        }

        return false;
    }

    // Whatever fails here, a full disk or a fault of ours, must not keep other work from its check, nor the node from going
    // on: the same work would be waiting at its next start.
    private async Task<bool> RunAsync(WorkCheck check, WaitingWork waiting, CancellationToken cancellationToken)
    {
        try
        {
            if (waiting.FindSuite() is not { } suite) return false;
            if (await check.RunAsync(waiting, suite, cancellationToken) is { } sentence) PutOff(waiting, sentence);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !IsWriterDead)
        {
            PutOff(waiting, exception.Message);
        }

        return true;
    }

    private bool IsWriterDead => spaces.All.Any(static space => space.Sequencer.Failure.IsCompleted);

    private async Task<IReadOnlyList<WaitingWork>> WaitingAsync()
    {
        List<WaitingWork> found = [];
        foreach (SpaceHost space in spaces.All)
        {
            // Of a writer that has died somebody else takes care.
            if (!space.Sequencer.Failure.IsCompleted) found.AddRange(await WaitingWork.OfAsync(space));
        }

        DateTimeOffset now = time.GetUtcNow();
        foreach (var old in put.Where(each => each.Value <= now).Select(static each => each.Key).ToArray()) put.Remove(old);
        return [.. found.Where(each => !put.ContainsKey(KeyOf(each))).OrderBy(static each => each.Due)];
    }

    private void PutOff(WaitingWork waiting, string sentence)
    {
        put[KeyOf(waiting)] = time.GetUtcNow() + Pause;
        if (said.Count < MostSaid && said.Add(sentence)) LogUnable(sentence);
    }

    private static (TaskId Job, AccountId Worker, Bytes32 Work) KeyOf(WaitingWork waiting) =>
        (waiting.Job, waiting.Worker, waiting.Work);

    [LoggerMessage(7000, LogLevel.Warning, "Hidden tests were not run, and nothing is said of the work: {Sentence}")]
    private partial void LogUnable(string sentence);
}
