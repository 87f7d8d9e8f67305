using System.Threading.Channels;
using ChainSpace.Node.Views;

namespace ChainSpace.Node.Spaces;

/// <summary>
/// Carries durable entries from the writer to the views on a thread of its own. When views fall far behind, the writer
/// waits: memory stays bounded, and readers see something recent.
/// </summary>
internal sealed class Projector : IDisposable
{
    private const int BatchesWaiting = 64;
    private const int EntriesAtOnce = 16_384;

    private readonly ViewStore views;
    private readonly Channel<IReadOnlyList<CommittedEntry>> queue =
        Channel.CreateBounded<IReadOnlyList<CommittedEntry>>(new BoundedChannelOptions(BatchesWaiting) { SingleReader = true });

    private readonly Thread thread;
    private volatile Exception? failure;

    public Projector(ViewStore views)
    {
        this.views = views;
        thread = new Thread(Run) { Name = "views", IsBackground = true };
        thread.Start();
    }

    /// <summary>Hands over a batch; waits while too many are on their way.</summary>
    public void Publish(IReadOnlyList<CommittedEntry> entries)
    {
        if (failure is { } cause) throw new InvalidOperationException("The views cannot be written.", cause);
        while (!queue.Writer.TryWrite(entries))
        {
            if (!queue.Writer.WaitToWriteAsync().AsTask().GetAwaiter().GetResult())
                throw new InvalidOperationException("The views cannot be written.", failure);
        }
    }

    /// <summary>Waits until the views have folded this many entries.</summary>
    public void WaitFor(long size)
    {
        while (views.Position < size && failure is null) thread.Join(TimeSpan.FromMilliseconds(1));
    }

    /// <summary>Ends when everything handed over stands in the views.</summary>
    public void Dispose()
    {
        queue.Writer.TryComplete();
        thread.Join();
    }

    private void Run()
    {
        try
        {
            List<CommittedEntry> entries = [];
            while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                entries.Clear();
                while (entries.Count < EntriesAtOnce && queue.Reader.TryRead(out IReadOnlyList<CommittedEntry>? batch))
                    entries.AddRange(batch);
                views.Fold(entries);
            }
        }
        catch (Exception exception)
        {
            failure = exception;
            queue.Writer.TryComplete(exception);
        }
    }
}
