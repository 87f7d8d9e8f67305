using System.Globalization;
using System.Numerics;
using System.Text.Json;
using ChainSpace.Chains;
using ChainSpace.Chains.Abi;
using ChainSpace.Chains.Rlp;
using ChainSpace.Protocol;
using ChainSpace.Tests.House;

namespace ChainSpace.Tests.Chains;

/// <summary>spec/vectors/evm.json, which another implementation has made: contracts/test/interop/vectors.mjs.</summary>
internal static class EvmVectors
{
    private static readonly JsonDocument _file = JsonDocument.Parse(Repository.Read("spec/vectors/evm.json"));

    public static IEnumerable<JsonElement> Section(string name) => _file.RootElement.GetProperty(name).EnumerateArray();

    public static TheoryData<string> Names(string section) => new(Section(section).Select(each => each.Text("name")));

    public static JsonElement Find(string section, string name) => Section(section).Single(each => each.Text("name") == name);

    public static string Text(this JsonElement vector, string member) => vector.GetProperty(member).GetString()!;

    public static byte[] Bytes(this JsonElement vector, string member) => Hex.Decode(vector.Text(member))!;

    public static Bytes32 Word(this JsonElement vector, string member) => Bytes32.Parse(vector.Text(member));

    public static Address Address(this JsonElement vector, string member) =>
        ChainSpace.Chains.Address.Parse(vector.Text(member));

    /// <summary>A value as viem takes it: numbers in decimal text, bytes in hexadecimal.</summary>
    public static AbiValue Value(AbiType type, JsonElement value) => type switch
    {
        AbiType.Address => ChainSpace.Chains.Address.Parse(value.GetString()!),
        AbiType.Bool => value.GetBoolean(),
        AbiType.Number => BigInteger.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        AbiType.Fixed or AbiType.Bytes => Hex.Decode(value.GetString()!)!,
        AbiType.Text => value.GetString()!,
        AbiType.Array array => AbiValue.Of([.. value.EnumerateArray().Select(each => Value(array.Element, each))]),
        AbiType.Tuple tuple => AbiValue.Of([.. value.EnumerateArray().Select((each, place) => Value(tuple.Parts[place], each))]),
    };

    public static RlpItem Item(JsonElement item) => item.ValueKind == JsonValueKind.String
        ? RlpItem.Of(Hex.Decode(item.GetString()!)!)
        : RlpItem.Of([.. item.EnumerateArray().Select(Item)]);
}
