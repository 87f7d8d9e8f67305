using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Intake;

/// <summary>What people read of a job, and the work handed in for one: 32 bytes of salt, then the content.</summary>
internal static class JobContents
{
    /// <summary>The hash of what must be attached to a message about a job; null where nothing may be.</summary>
    public static Bytes32? HashOf(Message message) => message switch
    {
        PostJob post => post.Content,
        SubmitWork submit => submit.Content,
        _ => null,
    };

    /// <summary>What is wrong with the attachment of a posted job or of work.</summary>
    public static string? Fault(Envelope envelope)
    {
        if (envelope.Attachment.Length <= SaltedContent.SaltSize) return "a job and work need their content as attachment";
        Bytes32 hash = SaltedContent.HashOf(envelope.Attachment.AsSpan());
        if (hash != HashOf(envelope.Message)) return "the attachment has another hash";
        if (envelope.Message is not PostJob post) return null;
        PollContent? content = PollContentBytes.TryRead(envelope.Attachment.AsSpan());
        if (content?.Title is not { Length: > 0 and <= 200 } || content.Description is not { Length: <= 20_000 })
            return "a job needs a title of 1 to 200 characters, and a description of at most 20000";

        if (StatedTime.Fault(content) is { } wrong) return wrong;
        if (content.Tests is { } tests && !(Bytes32.TryParse(tests, out _) && post.Checker != default))
            return "tests are named by their hash, and by a job with a checker";

        // Jurors read these beside the job's title; whoever posts may not put other words to the same votes.
        return content.Options?.SequenceEqual(JobDraft.Verdicts) == true ? null : "the options must be those of a jury";
    }
}
