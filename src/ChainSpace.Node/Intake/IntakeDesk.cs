using ChainSpace.Node.Sequencing;
using ChainSpace.Protocol;
using ChainSpace.Rules;

namespace ChainSpace.Node.Intake;

/// <summary>Where lines come in and replies go out, one or many at a time. Thread-safe.</summary>
/// <param name="gate">Checks form, content and signature.</param>
/// <param name="sequencer">Orders what passed.</param>
/// <param name="attachments">Keeps attachments before their messages may enter.</param>
/// <param name="size">Number of entries in the journal.</param>
public sealed class IntakeDesk(Gate gate, Sequencer sequencer, Attachments attachments, Func<long> size)
{
    // Signatures are checked in runs of this many, so that a core keeps its tables warm.
    private const int ChunkSize = 32;

    /// <summary>The reply to one line.</summary>
    public async Task<Reply> OneAsync(ReadOnlyMemory<byte> line)
    {
        Ruling<Authentic, Rejection> admitted = gate.Admit(line.Span);
        return admitted.IsAccepted ? (await OrderAsync([admitted.State]))[0] : new Reply.Rejected(admitted.Refusal);
    }

    /// <summary>The replies to many lines, in the same order; each stands for itself.</summary>
    public async Task<Reply[]> ManyAsync(IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        Ruling<Authentic, Rejection>[] admitted = Admit(lines);
        List<Authentic> passed = new(lines.Count);
        foreach (Ruling<Authentic, Rejection> one in admitted)
        {
            if (one.IsAccepted) passed.Add(one.State);
        }

        Reply[] ordered = passed.Count == 0 ? [] : await OrderAsync(passed);
        Reply[] replies = new Reply[admitted.Length];
        int next = 0;
        for (int i = 0; i < replies.Length; i++)
            replies[i] = admitted[i].IsAccepted ? ordered[next++] : new Reply.Rejected(admitted[i].Refusal!);
        return replies;
    }

    private Ruling<Authentic, Rejection>[] Admit(IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        // A key that a message of this batch brings must be known before its neighbours are checked.
        Ruling<Authentic, Rejection>[] admitted = new Ruling<Authentic, Rejection>[lines.Count];
        gate.LearnFrom(lines);
        int chunks = (lines.Count + ChunkSize - 1) / ChunkSize;
        Parallel.For(0, chunks, chunk =>
        {
            int end = Math.Min(lines.Count, (chunk + 1) * ChunkSize);
            for (int i = chunk * ChunkSize; i < end; i++) admitted[i] = gate.Admit(lines[i].Span);
        });
        return admitted;
    }

    private async Task<Reply[]> OrderAsync(IReadOnlyList<Authentic> messages)
    {
        long before = size();
        Hold(messages);
        Task<IReadOnlyList<Verdict>>? submitted = sequencer.TrySubmit(messages);
        IReadOnlyList<Verdict>? verdicts = submitted is null ? null : await submitted;
        Reply[] replies = new Reply[messages.Count];
        for (int i = 0; i < replies.Length; i++) replies[i] = ReplyTo(messages[i], verdicts?[i], before);
        return replies;
    }

    private void Hold(IReadOnlyList<Authentic> messages)
    {
        List<(Bytes32, byte[])>? contents = null;
        foreach (Authentic message in messages)
        {
            if (JobContents.HashOf(message.Envelope.Message) is { } hash)
                (contents ??= []).Add((hash, [.. message.Envelope.Attachment]));
        }

        if (contents is not null) attachments.Hold(contents);
    }

    private Reply ReplyTo(Authentic message, Verdict? verdict, long before)
    {
        if (JobContents.HashOf(message.Envelope.Message) is { } hash) Settle(hash, verdict, before);
        if (verdict is Verdict.Entered entered) return new Reply.Entered(entered);
        return new Reply.Rejected(verdict is Verdict.Refused no ? new Rejection.Ruled(no.Refusal) : new Rejection.Busy());
    }

    // An old poll that is sent again must not bring back a content that was erased since.
    private void Settle(Bytes32 content, Verdict? verdict, long before)
    {
        if (verdict is Verdict.Entered { Index: var index } && index.Value >= before) attachments.Keep(content);
        else attachments.Drop(content);
    }
}
