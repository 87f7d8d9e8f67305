using System.Security.Cryptography;
using System.Text.Json;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Intake;

/// <summary>What people read of a poll, as it travels and is kept: 32 bytes of salt, then JSON (spec/messages.md).</summary>
public static class PollContents
{
    private const int SaltSize = 32;
    private const int TitleLimit = 200;
    private const int DescriptionLimit = 20_000;
    private const int OptionLimit = 500;

    /// <summary>What is wrong with an envelope's attachment; null where it is as the message says.</summary>
    public static string? Fault(Envelope envelope)
    {
        if (envelope.Message is PostJob or SubmitWork) return JobContents.Fault(envelope);
        if (envelope.Message is not PostPoll post)
            return envelope.Attachment.IsEmpty ? null : "only a poll, a job and work have content";
        if (envelope.Attachment.Length <= SaltSize) return "a poll needs its content as attachment";
        if (HashOf(envelope.Attachment.AsSpan()) != post.Content) return "the attachment has another hash";
        PollContent? content = Read(envelope.Attachment.AsSpan());
        return content is null ? "the content is not title, description and options" : Fault(content, post);
    }

    /// <summary>Salted hash of an attachment.</summary>
    public static Bytes32 HashOf(ReadOnlySpan<byte> attachment) => Bytes32.Read(SHA256.HashData(attachment));

    /// <summary>The content, or null where the bytes are none.</summary>
    public static PollContent? Read(ReadOnlySpan<byte> attachment)
    {
        try
        {
            return JsonSerializer.Deserialize(attachment[SaltSize..], ClientJson.Default.PollContent);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Fault(PollContent content, PostPoll post)
    {
        if (content.Title is not { Length: > 0 and <= TitleLimit }) return "the title must have 1 to 200 characters";
        if (content.Description is not { Length: <= DescriptionLimit })
            return "the description must have at most 20000 characters";
        if (content.Options?.Count != post.Options) return "the content must name as many options as the poll has";
        bool areReadable = content.Options.All(static o => o is { Length: > 0 and <= OptionLimit });
        return areReadable ? null : "an option must have 1 to 500 characters";
    }
}
