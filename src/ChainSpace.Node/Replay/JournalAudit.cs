using System.Globalization;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Audit;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;

namespace ChainSpace.Node.Replay;

/// <summary>Audits all of the journal as the node shows it to everyone.</summary>
internal sealed class JournalAudit(ChainSpaceClient client, SpaceView space, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary><c>ok</c>, or the sentence that says what is wrong.</summary>
    public async Task<string> RunAsync(ReplayWatch watch, CancellationToken cancellationToken)
    {
        long size = await CoveredSizeAsync(cancellationToken);
        try
        {
            AuditOptions options = new() { Space = new SpaceId(Bytes32.Parse(space.Id)) };
            using NodeSource source = new(client, space.Id);
            AuditReport report = await Auditor.RunAsync(source, options, new Bar(watch, size), cancellationToken);
            return report.Fault is { } fault ? AuditWords.Sentence(fault) : "ok";
        }
        catch (UnreadableJournalException exception)
        {
            return exception.Message;
        }
    }

    // An audit ends at the newest checkpoint; it should cover everything the replay has done.
    private async Task<long> CoveredSizeAsync(CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        long size = long.Parse((await client.SpaceAsync(space.Id, cancellationToken))!.Size, CultureInfo.InvariantCulture);
        while (time.GetElapsedTime(start) < Patience)
        {
            byte[]? note = await client.CheckpointAsync(space.Id, cancellationToken);
            SignedNote.TryRead(note, out SignedNote? signed);
            if (Checkpoint.TryParse(signed?.Text, out Checkpoint? found) && found.Size >= size) return size;
            await Task.Delay(Pause, time, cancellationToken);
        }

        throw new ReplayException($"No checkpoint covers {size} entries after {Patience.TotalSeconds} seconds.");
    }

    private sealed class Bar(ReplayWatch watch, long size) : IProgress<long>
    {
        public void Report(long value) => watch(ReplayPhase.Audit, value, Math.Max(value, size));
    }
}
