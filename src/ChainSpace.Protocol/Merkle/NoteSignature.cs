using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace ChainSpace.Protocol.Merkle;

/// <summary>One signature line of a note. The key id tells keys of one name apart; what follows depends on their kind.</summary>
public sealed record NoteSignature(string Name, uint KeyId, ImmutableArray<byte> Signature)
{
    private const string Start = "\u2014 ";

    /// <summary>The line without its line break.</summary>
    public string Line
    {
        get
        {
            byte[] bytes = new byte[sizeof(uint) + Signature.Length];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
            Signature.AsSpan().CopyTo(bytes.AsSpan(sizeof(uint)));
            return $"{Start}{Name} {Convert.ToBase64String(bytes)}";
        }
    }

    /// <summary>Reads exactly what <see cref="Line"/> writes.</summary>
    public static bool TryParse(string line, [NotNullWhen(true)] out NoteSignature? signature)
    {
        ArgumentNullException.ThrowIfNull(line);
        signature = null;
        if (!line.StartsWith(Start, StringComparison.Ordinal)) return false;

        int space = line.IndexOf(' ', Start.Length);
        if (space < 0 || !NoteKey.IsName(line.AsSpan(Start.Length..space))) return false;
        if (!StrictBase64.TryDecode(line.AsSpan(space + 1), out byte[]? bytes) || bytes.Length <= sizeof(uint)) return false;

        signature = new NoteSignature(
            line[Start.Length..space],
            BinaryPrimitives.ReadUInt32BigEndian(bytes),
            [.. bytes.AsSpan(sizeof(uint))]);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(NoteSignature? other) =>
        other is not null && Name == other.Name && KeyId == other.KeyId
        && Signature.AsSpan().SequenceEqual(other.Signature.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, KeyId);
}
