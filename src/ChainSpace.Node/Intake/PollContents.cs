using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Intake;

/// <summary>What people read of a poll, as it travels and is kept: 32 bytes of salt, then JSON (spec/messages.md).</summary>
public static class PollContents
{
    internal const int TitleLimit = 200;
    private const int DescriptionLimit = 20_000;
    internal const int OptionLimit = 500;

    /// <summary>
    /// What is wrong with an envelope's attachment; null where it is as the message says. A sealed vote's is looked at by
    /// <see cref="AnswerContents"/>, once the vote has been read.
    /// </summary>
    public static string? Fault(Envelope envelope)
    {
        if (envelope.Message is SealedVote) return null;
        if (envelope.Message is PostJob or SubmitWork) return JobContents.Fault(envelope);
        if (HashIn(envelope.Message) is not { } hash)
            return envelope.Attachment.IsEmpty ? null : "only a poll, a batch, an answer, a job or work has content";
        if (envelope.Attachment.Length <= SaltedContent.SaltSize) return "a poll needs its content as attachment";
        if (SaltedContent.HashOf(envelope.Attachment.AsSpan()) != hash) return "the attachment has another hash";
        if (PollContentBytes.TryRead(envelope.Attachment.AsSpan()) is not { } content)
            return "the content is not title, description and options";
        if (envelope.Message is not PostPoll post) return Fault(content, ((PostBatch)envelope.Message).Options);
        return Fault(content, post.Options) ?? PollFilters.Fault(content, post);
    }

    /// <summary>The hash of what must be attached to a message; null where nothing may be.</summary>
    public static Bytes32? HashIn(Message message) => message switch
    {
        PostPoll poll => poll.Content,
        PostBatch batch => batch.Content,
        _ => JobContents.HashOf(message),
    };

    private static string? Fault(PollContent content, uint options)
    {
        if (StatedTime.Fault(content) is { } wrong) return wrong;
        if (content.Schema is { } schema && AnswerSchema.Fault(schema) is { } because) return because;
        if (content.Title is not { Length: > 0 and <= TitleLimit }) return "the title must have 1 to 200 characters";
        if (content.Description is not { Length: <= DescriptionLimit })
            return "the description must have at most 20000 characters";
        if (content.Options?.Count != options) return "the content must name as many options as the poll has";
        bool areReadable = content.Options.All(static o => o is { Length: > 0 and <= OptionLimit });
        return areReadable ? null : "an option must have 1 to 500 characters";
    }
}
