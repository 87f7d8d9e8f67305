using System.Diagnostics.CodeAnalysis;

namespace ChainSpace.Protocol.Messages;

/// <summary>A message alone, without signature, in its canonical spelling.</summary>
public static class CanonicalMessage
{
    /// <summary>The canonical bytes.</summary>
    public static byte[] Write(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        byte[] buffer = new byte[Envelope.SizeLimit];
        CanonicalJson json = new(buffer);
        message.WriteTo(ref json);
        json.End();
        return buffer[..json.Length];
    }

    /// <summary>Reads one canonical message and nothing behind it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Message? message)
    {
        SignedReader reader = new(bytes);
        message = reader.ReadMessage();
        if (!reader.IsAtEnd) message = null;
        return message is not null;
    }
}
