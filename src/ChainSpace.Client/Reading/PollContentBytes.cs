using System.Collections.Immutable;
using System.Text.Json;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Client.Reading;

/// <summary>What people read of a poll, a batch or a job as it travels and is kept: salt, then JSON (spec/messages.md).</summary>
public static class PollContentBytes
{
    public static ImmutableArray<byte> Write(PollContent content, Bytes32 salt) =>
        [.. salt.ToArray(), .. JsonSerializer.SerializeToUtf8Bytes(content, ClientJson.Default.PollContent)];

    /// <summary>The content, or null where the bytes are none.</summary>
    public static PollContent? TryRead(ReadOnlySpan<byte> attachment)
    {
        if (attachment.Length <= SaltedContent.SaltSize) return null;
        try
        {
            return JsonSerializer.Deserialize(attachment[SaltedContent.SaltSize..], ClientJson.Default.PollContent);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
