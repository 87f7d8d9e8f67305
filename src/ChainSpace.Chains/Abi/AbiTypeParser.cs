using System.Collections.Immutable;
using System.Globalization;

namespace ChainSpace.Chains.Abi;

/// <summary>
/// Reads types as they stand in signatures: <c>(bytes32,uint256[])[]</c>. The texts are ours, so a mistake throws.
/// </summary>
internal ref struct AbiTypeParser(ReadOnlySpan<char> text)
{
    private const int DepthMax = 16;
    private const int LengthMax = 1024;

    private readonly ReadOnlySpan<char> whole = text;
    private ReadOnlySpan<char> rest = text;

    public static AbiType Parse(string text)
    {
        AbiTypeParser parser = new(text);
        AbiType type = parser.ReadType(0);
        return parser.rest.IsEmpty ? type : throw parser.Complaint();
    }

    /// <summary>The parts in parentheses, each with a flag that says whether <c>indexed</c> stood behind it.</summary>
    public static ImmutableArray<(AbiType Type, bool IsIndexed)> ParseParts(string text)
    {
        AbiTypeParser parser = new(text);
        ImmutableArray<(AbiType Type, bool IsIndexed)> parts = parser.ReadParts(0);
        return parser.rest.IsEmpty ? parts : throw parser.Complaint();
    }

    private ImmutableArray<(AbiType Type, bool IsIndexed)> ReadParts(int depth)
    {
        if (!TryTake("(")) throw Complaint();
        if (TryTake(")")) return [];
        ImmutableArray<(AbiType Type, bool IsIndexed)>.Builder parts =
            ImmutableArray.CreateBuilder<(AbiType Type, bool IsIndexed)>();
        do parts.Add((ReadType(depth + 1), TryTake(" indexed")));
        while (TryTake(","));
        return TryTake(")") ? parts.ToImmutable() : throw Complaint();
    }

    private AbiType ReadType(int depth)
    {
        if (depth > DepthMax) throw Complaint();
        AbiType type = rest.StartsWith("(") ? ReadTuple(depth) : ReadWord();
        for (int suffixes = 0; TryTake("["); suffixes++)
        {
            int? length = rest.StartsWith("]") ? null : ReadNumber(1, LengthMax);
            if (!TryTake("]") || depth + suffixes >= DepthMax) throw Complaint();
            type = new AbiType.Array(type, length);
        }

        return type;
    }

    // A struct without parts takes no bytes, so an array of them could be as long as it likes.
    private AbiType.Tuple ReadTuple(int depth)
    {
        ImmutableArray<(AbiType Type, bool IsIndexed)> parts = ReadParts(depth);
        if (parts.IsEmpty || parts.Any(part => part.IsIndexed)) throw Complaint();
        return new AbiType.Tuple([.. parts.Select(part => part.Type)]);
    }

    private AbiType ReadWord()
    {
        if (TryTake("address")) return new AbiType.Address();
        if (TryTake("bool")) return new AbiType.Bool();
        if (TryTake("string")) return new AbiType.Text();
        if (TryTake("bytes")) return StartsWithDigit() ? new AbiType.Fixed(ReadNumber(1, 32)) : new AbiType.Bytes();
        bool isSigned = !rest.StartsWith("uint");
        if (!TryTake("uint") && !TryTake("int")) throw Complaint();
        int bits = ReadNumber(8, 256);
        return bits % 8 == 0 ? new AbiType.Number(bits, isSigned) : throw Complaint();
    }

    private readonly bool StartsWithDigit() => !rest.IsEmpty && char.IsAsciiDigit(rest[0]);

    private int ReadNumber(int minimum, int maximum)
    {
        int end = rest.IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> digits = end < 0 ? rest : rest[..end];
        if (digits.IsEmpty || digits[0] == '0') throw Complaint();
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) throw Complaint();
        if (number < minimum || number > maximum) throw Complaint();
        rest = rest[digits.Length..];
        return number;
    }

    private bool TryTake(string token)
    {
        bool isThere = rest.StartsWith(token, StringComparison.Ordinal);
        if (isThere) rest = rest[token.Length..];
        return isThere;
    }

    private readonly FormatException Complaint() => new($"Not a type of the contract ABI: '{whole}', at '{rest}'.");
}
