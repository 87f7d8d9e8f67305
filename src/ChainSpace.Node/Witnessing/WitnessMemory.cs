using System.Text.Json;
using System.Text.Json.Serialization;
using ChainSpace.Node.Settlement;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Witnessing;

/// <summary>What a witness vouches for: that these are root and payouts of a space's journal at a size.</summary>
public sealed record Vow(long Size, Bytes32 Root, Bytes32 PayoutRoot);

/// <summary>
/// The last vow of a witness for a space, in a file beside its key. It is on the disk before anything is signed, so that
/// no crash makes a witness say two things of one size, or go back behind what it has said.
/// </summary>
/// <param name="path">The file; another process that has it open is waited for by nobody.</param>
public sealed class WitnessMemory(string path)
{
    /// <summary>True where the vow contradicts nothing said before; it is remembered then, and may be signed.</summary>
    /// <exception cref="IOException">The file is damaged, or in use by another process.</exception>
    public bool TryVow(Vow vow)
    {
        ArgumentNullException.ThrowIfNull(vow);
        using FileStream held = new(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        Vow? last = Load();
        if (last == vow) return true;
        if (last is not null && vow.Size <= last.Size) return false;
        Save(vow);
        return true;
    }

    /// <summary>What was vowed last; null before the first.</summary>
    /// <exception cref="IOException">The file is damaged: to begin anew could be to say something else.</exception>
    public Vow? Load()
    {
        if (!File.Exists(path)) return null;
        try
        {
            VowText text = JsonSerializer.Deserialize(File.ReadAllBytes(path), VowJson.Default.VowText)
                ?? throw new FormatException("There is no vow in it.");
            return new Vow(text.Size, Bytes32.Parse(text.Root), Bytes32.Parse(text.PayoutRoot));
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new IOException($"{path} is damaged: nobody knows what was signed, so nothing more is.", exception);
        }
    }

    private void Save(Vow vow)
    {
        VowText text = new(vow.Size, vow.Root.ToString(), vow.PayoutRoot.ToString());
        WholeFile.Write(path, file => JsonSerializer.Serialize(file, text, VowJson.Default.VowText));
    }
}

/// <summary>A vow as it lies on the disk.</summary>
internal sealed record VowText(long Size, string Root, string PayoutRoot);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(VowText))]
internal sealed partial class VowJson : JsonSerializerContext;
