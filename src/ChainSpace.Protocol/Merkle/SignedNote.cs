using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace ChainSpace.Protocol.Merkle;

/// <summary>
/// A text with one signature line per signer (C2SP signed-note). The text ends with a line break, which is signed too;
/// an empty line parts it from the signatures. Reading says nothing about who signed: ask a <see cref="NoteVerifier"/>.
/// </summary>
public sealed record SignedNote(string Text, ImmutableArray<NoteSignature> Signatures)
{
    private const int LengthLimit = 1_000_000;
    private const int SignatureLimit = 100;

    private static readonly SearchValues<char> ControlsButLineBreak =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Where(code => code != '\n').Select(code => (char)code)]);

    /// <summary>The note with one more signature line, after those it has.</summary>
    public SignedNote With(NoteSignature signature) => this with { Signatures = Signatures.Add(signature) };

    /// <summary>The bytes others read.</summary>
    public byte[] Write()
    {
        StringBuilder note = new StringBuilder(Text).Append('\n');
        foreach (NoteSignature signature in Signatures) note.Append(signature.Line).Append('\n');
        return Encoding.UTF8.GetBytes(note.ToString());
    }

    /// <summary>Reads what a stranger sent; whatever is read writes itself back byte for byte.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, [NotNullWhen(true)] out SignedNote? note)
    {
        note = null;
        if (source.Length > LengthLimit || !Utf8.IsValid(source)) return false;

        string all = Encoding.UTF8.GetString(source);
        // The last empty line is the parting one: signature lines are never empty.
        int parting = all.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (parting < 0 || all[^1] != '\n' || all.AsSpan().ContainsAny(ControlsButLineBreak)) return false;

        string[] lines = all[(parting + 2)..].Split('\n');
        if (lines.Length < 2 || lines.Length - 1 > SignatureLimit) return false;

        ImmutableArray<NoteSignature>.Builder signatures = ImmutableArray.CreateBuilder<NoteSignature>(lines.Length - 1);
        foreach (string line in lines[..^1])
        {
            if (!NoteSignature.TryParse(line, out NoteSignature? signature)) return false;
            signatures.Add(signature);
        }

        note = new SignedNote(all[..(parting + 1)], signatures.MoveToImmutable());
        return true;
    }
}
