using System.Threading.Channels;
using ChainSpace.Client;
using ChainSpace.Client.Writing;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Replay;

/// <summary>
/// Sends many messages in their order: signed on all cores a few batches ahead of the one connection, whose batches
/// follow one another, since two at once could overtake each other.
/// </summary>
internal sealed class Dispatch(ChainSpaceClient client, string space, int batchSize)
{
    private const int BatchesAhead = 3;

    /// <summary>Told how many have been signed; on the signing thread.</summary>
    public Action<int> Signed { get; init; } = static _ => { };

    /// <summary>Signs and sends messages 0 to <paramref name="count"/>; each answer is handed over in order.</summary>
    public async Task SendAsync(
        int count, Func<int, Envelope> sign, Action<int, Sent> answered, CancellationToken cancellationToken)
    {
        Channel<ReadOnlyMemory<byte>[]> ahead = Channel.CreateBounded<ReadOnlyMemory<byte>[]>(BatchesAhead);
        using CancellationTokenSource stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task signing = Task.Run(() => SignAsync(count, sign, ahead.Writer, stopping.Token), CancellationToken.None);
        int next = 0;
        try
        {
            await foreach (ReadOnlyMemory<byte>[] lines in ahead.Reader.ReadAllAsync(cancellationToken))
            {
                foreach (Sent sent in await client.SendLinesAsync(space, lines, cancellationToken)) answered(next++, sent);
            }
        }
        catch
        {
            await stopping.CancelAsync();
            throw;
        }

        await signing;
    }

    private async Task SignAsync(
        int count,
        Func<int, Envelope> sign,
        ChannelWriter<ReadOnlyMemory<byte>[]> ahead,
        CancellationToken cancellationToken)
    {
        try
        {
            for (int from = 0; from < count; from += batchSize)
            {
                int first = from;
                ReadOnlyMemory<byte>[] lines = new ReadOnlyMemory<byte>[Math.Min(batchSize, count - first)];
                Parallel.For(0, lines.Length, i => lines[i] = sign(first + i).ToBytes());
                Signed(first + lines.Length);
                await ahead.WriteAsync(lines, cancellationToken);
            }

            ahead.Complete();
        }
        catch (Exception exception)
        {
            // Whoever reads the channel throws it on.
            ahead.Complete(exception);
        }
    }
}
