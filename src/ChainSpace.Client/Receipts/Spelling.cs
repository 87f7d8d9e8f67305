using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Client.Receipts;

/// <summary>
/// Reads the members of a receipt, each in its one spelling. Takes null everywhere, since JSON can hold it where the
/// types say otherwise.
/// </summary>
internal static class Spelling
{
    // A tree of 2⁶³ leaves has no longer path.
    private const int PathLimit = 63;

    public static bool TryReadIndex(string? text, out long index) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out index)
        && index.ToString(CultureInfo.InvariantCulture) == text;

    /// <summary>False for text with halves of surrogate pairs, which would all become the same replacement character.</summary>
    public static bool TryReadBytes(string? text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text is null) return false;
        byte[] target = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        OperationStatus status = Utf8.FromUtf16(text, target, out _, out int written, replaceInvalidSequences: false);
        if (status == OperationStatus.Done) bytes = target[..written];
        return bytes is not null;
    }

    public static bool TryReadEntry(string? text, [NotNullWhen(true)] out Entry? entry)
    {
        entry = null;
        return TryReadBytes(text, out byte[]? leaf) && Entry.TryRead(leaf, out entry, out _);
    }

    public static bool TryReadPath(IReadOnlyList<string>? texts, out ImmutableArray<Bytes32> path)
    {
        path = [];
        if (texts is null || texts.Count > PathLimit) return false;
        ImmutableArray<Bytes32>.Builder hashes = ImmutableArray.CreateBuilder<Bytes32>(texts.Count);
        foreach (string text in texts)
        {
            if (!Bytes32.TryParse(text, out Bytes32 hash)) return false;
            hashes.Add(hash);
        }

        path = hashes.MoveToImmutable();
        return true;
    }

    public static bool TryReadKey(string? text, out P256PublicKey key)
    {
        key = default;
        return text is { Length: 2 + 2 * P256PublicKey.Size }
            && Hex.Decode(text) is { } bytes
            && P256PublicKey.TryRead(bytes, out key);
    }
}
