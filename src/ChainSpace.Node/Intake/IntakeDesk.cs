using ChainSpace.Node.Sequencing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;

namespace ChainSpace.Node.Intake;

/// <summary>Where lines come in and replies go out, one or many at a time. Thread-safe.</summary>
/// <param name="gate">Checks form, content and signature.</param>
/// <param name="sequencer">Orders what passed.</param>
/// <param name="contents">Keeps attachments before their messages may enter.</param>
/// <param name="erase">Drops an attachment whose message was refused.</param>
public sealed class IntakeDesk(
    Gate gate, Sequencer sequencer, Action<IReadOnlyList<(Bytes32, byte[])>> contents, Action<Bytes32> erase)
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
        Keep(messages);
        Task<IReadOnlyList<Verdict>>? submitted = sequencer.TrySubmit(messages);
        IReadOnlyList<Verdict>? verdicts = submitted is null ? null : await submitted;
        Reply[] replies = new Reply[messages.Count];
        for (int i = 0; i < replies.Length; i++) replies[i] = ReplyTo(messages[i], verdicts?[i]);
        return replies;
    }

    private void Keep(IReadOnlyList<Authentic> messages)
    {
        List<(Bytes32, byte[])>? attachments = null;
        foreach (Authentic message in messages)
        {
            if (message.Envelope.Message is PostPoll post)
                (attachments ??= []).Add((post.Content, [.. message.Envelope.Attachment]));
        }

        if (attachments is not null) contents(attachments);
    }

    private Reply ReplyTo(Authentic message, Verdict? verdict)
    {
        if (verdict is Verdict.Entered entered) return new Reply.Entered(entered);
        if (verdict is Verdict.Refused && message.Envelope.Message is PostPoll post) erase(post.Content);
        return new Reply.Rejected(verdict is Verdict.Refused no ? new Rejection.Ruled(no.Refusal) : new Rejection.Busy());
    }
}
