using System.Threading.Channels;
using ChainSpace.Node.Views;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.State;

namespace ChainSpace.Node.Sequencing;

/// <summary>
/// Puts messages into one order: many callers, one thread that owns the engine. A batch is whatever queued up while the
/// last one was being written, so group commit needs no timer. The queue is bounded; when it is full the caller is told
/// to come back.
/// </summary>
public sealed class Sequencer : IDisposable
{
    private readonly SpaceEngine engine;
    private readonly SequencerOptions options;
    private readonly TimeProvider time;
    private readonly Action<IReadOnlyList<CommittedEntry>> publish;
    private readonly Channel<Submission> queue;
    private readonly CancellationTokenSource stopping = new();
    private readonly Thread thread;

    // Messages queued or in the batch in hand; written by callers and the thread.
    private int waiting;
    private long lastCheckpoint, lastBlock;

    /// <param name="engine">Owned by this sequencer from here on.</param>
    /// <param name="publish">Called on the writer's thread with every durable batch, before its senders are answered.</param>
    public Sequencer(
        SpaceEngine engine, SequencerOptions options, TimeProvider time, Action<IReadOnlyList<CommittedEntry>> publish)
    {
        (this.engine, this.options, this.time, this.publish) = (engine, options, time, publish);
        queue = Channel.CreateUnbounded<Submission>(new UnboundedChannelOptions { SingleReader = true });
        thread = new Thread(Run) { Name = "sequencer", IsBackground = true };
        thread.Start();
    }

    /// <summary>Set when the writer has died; every later submission fails with it and the process must be restarted.</summary>
    public Task<Exception> Failure => failure.Task;

    private readonly TaskCompletionSource<Exception> failure = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The verdicts, when they are durable; null at once where the queue is full.</summary>
    public Task<IReadOnlyList<Verdict>>? TrySubmit(IReadOnlyList<Authentic> messages)
    {
        if (Interlocked.Add(ref waiting, messages.Count) > options.QueueLimit)
        {
            Interlocked.Add(ref waiting, -messages.Count);
            return null;
        }

        Submission submission = new(messages);
        if (!queue.Writer.TryWrite(submission)) submission.Fail(new ObjectDisposedException(nameof(Sequencer)));
        return submission.Verdicts;
    }

    /// <summary>
    /// Enters the operator's message about the world outside, and completes with its verdict; throws where the writer has died.
    /// </summary>
    public async Task<Verdict> ReportAsync(Func<Header, Message> report)
    {
        Verdict? verdict = null;
        await RunAsync(_ => verdict = RunEngine([engine.Report(report, Clock)]).Verdicts[0]);
        return verdict!;
    }

    /// <summary>
    /// The same for a report that hangs on what has not changed since it was asked for: null, and nothing enters, where
    /// <paramref name="isStillSo"/> says no on the writer's thread, after which nobody's message can come between.
    /// </summary>
    public async Task<Verdict?> ReportIfAsync(Func<SpaceState, bool> isStillSo, Func<Header, Message> report)
    {
        Verdict? verdict = null;
        await RunAsync(_ =>
        {
            if (isStillSo(engine.State)) verdict = RunEngine([engine.Report(report, Clock)]).Verdicts[0];
        });
        return verdict;
    }

    /// <summary>Runs an act on the writer's thread between two batches, e.g. a snapshot.</summary>
    public Task RunAsync(Action<SpaceEngine> act)
    {
        Submission submission = new([], act);
        if (!queue.Writer.TryWrite(submission)) submission.Fail(new ObjectDisposedException(nameof(Sequencer)));
        return submission.Verdicts;
    }

    /// <summary>Ends after the batch in hand; what is still queued is not answered and may be sent again.</summary>
    public void Dispose()
    {
        queue.Writer.TryComplete();
        stopping.Cancel();
        thread.Join();
        stopping.Dispose();
    }

    private Moment Clock => new(time.GetUtcNow().ToUnixTimeMilliseconds());

    private void Run()
    {
        List<Submission> batch = [];
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                Collect(batch);
                Process(batch);
                Beat();
            }
        }
        catch (Exception exception)
        {
            // Memory may be ahead of the disk: nobody may be answered from it any more.
            queue.Writer.TryComplete();
            foreach (Submission submission in batch) submission.Fail(exception);
            failure.TrySetResult(exception);
        }

        while (queue.Reader.TryRead(out Submission? left)) left.Fail(new ObjectDisposedException(nameof(Sequencer)));
    }

    private void Collect(List<Submission> batch)
    {
        batch.Clear();
        if (!queue.Reader.TryRead(out Submission? first))
        {
            WaitForWork();
            if (!queue.Reader.TryRead(out first)) return;
        }

        int messages = 0;
        do
        {
            batch.Add(first);
            messages += first.Messages.Count;
        }
        while (messages < options.BatchLimit && queue.Reader.TryRead(out first));
    }

    private void WaitForWork()
    {
        using CancellationTokenSource beat = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        beat.CancelAfter(options.BeatMilliseconds);
        try
        {
            queue.Reader.WaitToReadAsync(beat.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // Time for a beat, or to stop.
        }
    }

    private void Process(List<Submission> batch)
    {
        int count = 0;
        foreach (Submission submission in batch) count += submission.Messages.Count;
        if (count > 0)
        {
            List<Authentic> messages = new(count);
            foreach (Submission submission in batch) messages.AddRange(submission.Messages);
            Answer answer = RunEngine(messages);
            int from = 0;
            foreach (Submission submission in batch) from = submission.Answer(answer.Verdicts, from);
            Interlocked.Add(ref waiting, -count);
        }

        foreach (Submission submission in batch) submission.Act(engine);
        batch.Clear();
    }

    private Answer RunEngine(IReadOnlyList<Authentic> messages)
    {
        Answer answer = engine.Run(messages, Clock);
        if (answer.Entries.Count > 0) publish(answer.Entries);
        return answer;
    }

    // What happens by itself: deadlines, checkpoints, blocks.
    private void Beat()
    {
        Moment now = Clock;
        if (engine.HasDuties(now)) RunEngine([]);
        if (now.Milliseconds - lastCheckpoint >= options.CheckpointMilliseconds)
        {
            engine.Checkpoint();
            lastCheckpoint = now.Milliseconds;
        }

        if (now.Milliseconds - lastBlock < options.BlockMilliseconds || engine.NextBlock(now) is not { } block) return;
        RunEngine([block]);
        lastBlock = now.Milliseconds;
    }

    private sealed class Submission(IReadOnlyList<Authentic> messages, Action<SpaceEngine>? act = null)
    {
        private readonly TaskCompletionSource<IReadOnlyList<Verdict>> completion =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IReadOnlyList<Authentic> Messages { get; } = messages;

        public Task<IReadOnlyList<Verdict>> Verdicts => completion.Task;

        public int Answer(IReadOnlyList<Verdict> verdicts, int from)
        {
            if (Messages.Count == 0) return from;
            Verdict[] own = new Verdict[Messages.Count];
            for (int i = 0; i < own.Length; i++) own[i] = verdicts[from + i];
            completion.TrySetResult(own);
            return from + own.Length;
        }

        public void Act(SpaceEngine engine)
        {
            if (Messages.Count > 0) return;
            act?.Invoke(engine);
            completion.TrySetResult([]);
        }

        public void Fail(Exception exception) => completion.TrySetException(exception);
    }
}
