using System.Buffers;
using System.IO.Pipelines;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Api;

/// <summary>Takes whole lines out of what has been read of one stream.</summary>
internal sealed class LineSplitter
{
    // The rest of a line that was too long: it belongs to an answer already given, so nothing of it is a line.
    private bool isSkipping;

    /// <summary>
    /// Adds up to <paramref name="most"/> lines and returns where the rest begins, and whether the stream is at its end.
    /// The last line need not end in a line feed. A line beyond the limit is handed on cut off, and refused as too large.
    /// </summary>
    public (SequencePosition Unread, bool IsEnd) Take(ReadResult read, List<ReadOnlyMemory<byte>> lines, int most)
    {
        ReadOnlySequence<byte> rest = read.Buffer;
        while (lines.Count < most && rest.PositionOf((byte)'\n') is { } end)
        {
            Add(rest.Slice(0, end), lines);
            isSkipping = false;
            rest = rest.Slice(rest.GetPosition(1, end));
        }

        bool isTail = read.IsCompleted && lines.Count < most;
        bool isTooLong = (isSkipping || rest.Length > Envelope.SizeLimit + 1) && rest.PositionOf((byte)'\n') is null;
        if (isTail || isTooLong)
        {
            Add(rest, lines);
            isSkipping = true;
            rest = rest.Slice(rest.End);
        }

        return (rest.Start, read.IsCompleted && rest.IsEmpty);
    }

    /// <summary>How far the reader has looked: not to the end while whole lines may still be waiting.</summary>
    public static SequencePosition Examined(ReadResult read, SequencePosition rest) =>
        read.Buffer.Slice(rest).PositionOf((byte)'\n') is null && !read.IsCompleted ? read.Buffer.End : rest;

    private void Add(ReadOnlySequence<byte> line, List<ReadOnlyMemory<byte>> lines)
    {
        if (isSkipping) return;
        ReadOnlySequence<byte> kept = line.Slice(0, Math.Min(line.Length, Envelope.SizeLimit + 1));
        byte[] bytes = kept.ToArray();
        int length = bytes.Length > 0 && bytes[^1] == '\r' ? bytes.Length - 1 : bytes.Length;
        if (length > 0) lines.Add(bytes.AsMemory(0, length));
    }
}
