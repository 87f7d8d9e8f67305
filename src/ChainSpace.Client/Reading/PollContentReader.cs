using System.Text.Json;

namespace ChainSpace.Client.Reading;

/// <summary>Reads what travels beside a poll or a batch: 32 bytes of salt, then JSON (spec/messages.md).</summary>
public static class PollContentReader
{
    private const int SaltSize = 32;

    /// <summary>The content, or null where the bytes are none.</summary>
    public static PollContent? TryRead(ReadOnlySpan<byte> attachment)
    {
        if (attachment.Length <= SaltSize) return null;
        try
        {
            return JsonSerializer.Deserialize(attachment[SaltSize..], ClientJson.Default.PollContent);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
