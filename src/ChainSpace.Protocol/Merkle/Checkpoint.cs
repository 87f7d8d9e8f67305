using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ChainSpace.Protocol.Merkle;

/// <summary>
/// The head of a journal as text to be signed (C2SP tlog-checkpoint): origin, size, root, extension lines. A reader
/// must pass over extension lines it does not know.
/// </summary>
public sealed record Checkpoint(string Origin, long Size, Bytes32 Root, ImmutableArray<string> Extensions)
{
    private const string StatePrefix = "chainspace-state/v2 ";
    private const string PayoutPrefix = "chainspace-payout/v1 ";

    /// <summary>The text a <see cref="NoteSigner"/> signs, each line ended.</summary>
    public string Text
    {
        get
        {
            string root = Convert.ToBase64String(Root.ToArray());
            StringBuilder text = new();
            text.Append(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{root}\n");
            foreach (string extension in Extensions) text.Append(extension).Append('\n');
            return text.ToString();
        }
    }

    /// <summary>The extension line that commits to the hash of the folded state at this size.</summary>
    public static string StateLine(Bytes32 stateHash) => StatePrefix + Convert.ToBase64String(stateHash.ToArray());

    /// <summary>The extension line that commits to the root of the payout tree at this size.</summary>
    public static string PayoutLine(Bytes32 payoutRoot) => PayoutPrefix + Convert.ToBase64String(payoutRoot.ToArray());

    /// <summary>The state hash this checkpoint commits to, or null where it has no well-formed line for one.</summary>
    public Bytes32? StateHash => FindHash(StatePrefix);

    /// <summary>The payout root this checkpoint commits to, or null where it has no well-formed line for one.</summary>
    public Bytes32? PayoutRoot => FindHash(PayoutPrefix);

    /// <summary>Reads the text of a note whose signature somebody else checks.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        // Every line is ended, so the last piece is empty; no other may be.
        if (text?.Split('\n') is not [{ Length: > 0 } origin, string size, string root, .. string[] extensions, ""]) return false;
        if (!TryReadSize(size, out long entries) || !TryReadHash(root, out Bytes32 hash)) return false;
        if (extensions.Any(line => line.Length == 0)) return false;

        checkpoint = new Checkpoint(origin, entries, hash, [.. extensions]);
        return true;
    }

    /// <summary>Reads a signed checkpoint, checking origin and signature; false if anything does not fit.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> note, string origin, NoteVerifier verifier, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        checkpoint = null;
        if (!SignedNote.TryRead(note, out SignedNote? signed) || !verifier.Verifies(signed)) return false;
        if (!TryParse(signed.Text, out Checkpoint? read) || read.Origin != origin) return false;

        checkpoint = read;
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(Checkpoint? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override int GetHashCode() => Root.GetHashCode();

    private Bytes32? FindHash(string prefix)
    {
        string? line = Extensions.FirstOrDefault(line => line.StartsWith(prefix, StringComparison.Ordinal));
        return line is not null && TryReadHash(line.AsSpan(prefix.Length), out Bytes32 hash) ? hash : null;
    }

    // Written back and compared, because the platform also reads leading zeros and trailing NULs.
    private static bool TryReadSize(string text, out long size) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size)
        && size.ToString(CultureInfo.InvariantCulture) == text;

    private static bool TryReadHash(ReadOnlySpan<char> text, out Bytes32 hash)
    {
        bool isRead = StrictBase64.TryDecode(text, out byte[]? bytes) && bytes.Length == Bytes32.Size;
        hash = isRead ? Bytes32.Read(bytes) : default;
        return isRead;
    }
}
