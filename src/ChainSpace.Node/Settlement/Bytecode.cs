using System.Text.Json;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Settlement;

/// <summary>The init code of our contracts, as contracts/ builds it.</summary>
internal static class Bytecode
{
    public static byte[] Of(string contract)
    {
        using Stream file = typeof(Bytecode).Assembly.GetManifestResourceStream($"abi/{contract}")
            ?? throw new InvalidOperationException($"{contract} is not part of this program.");
        using JsonDocument document = JsonDocument.Parse(file);
        return Hex.Decode(document.RootElement.GetProperty("bytecode").GetString()!)
            ?? throw new InvalidDataException($"The code of {contract} is not hexadecimal.");
    }
}
