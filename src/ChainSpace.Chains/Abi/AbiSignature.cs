using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Chains.Abi;

/// <summary>A name with arguments, of a function or an error: <c>claim((bytes32,uint256,int256),bytes32[])</c>.</summary>
public sealed class AbiSignature
{
    /// <summary>Length of a selector in bytes.</summary>
    public const int SelectorSize = 4;

    private readonly AbiType.Tuple inputs;
    private readonly byte[] selector;

    private AbiSignature(string name, AbiType.Tuple inputs)
    {
        (Text, this.inputs) = (name + inputs.Name, inputs);
        selector = Keccak256.Hash(Encoding.ASCII.GetBytes(Text)).ToArray()[..SelectorSize];
    }

    /// <summary>The canonical spelling.</summary>
    public string Text { get; }

    /// <summary>First four bytes of the hash of <see cref="Text"/>.</summary>
    public ReadOnlyMemory<byte> Selector => selector;

    /// <summary>Reads a signature without spaces.</summary>
    /// <exception cref="FormatException">Not a signature.</exception>
    public static AbiSignature Parse(string text)
    {
        (string name, string parts) = Split(text);
        return new AbiSignature(name, new AbiType.Tuple([.. AbiTypeParser.ParseParts(parts).Select(part => part.Type)]));
    }

    /// <summary>Selector and arguments.</summary>
    /// <exception cref="ArgumentException">An argument does not fit its type.</exception>
    public byte[] Encode(params ImmutableArray<AbiValue> arguments) =>
        [.. selector, .. AbiEncoder.Encode(inputs, AbiValue.Of(arguments))];

    /// <summary>The arguments behind the selector; false for any other selector or form.</summary>
    public bool TryDecodeCall(ReadOnlyMemory<byte> data, [NotNullWhen(true)] out AbiValue.Many? arguments)
    {
        arguments = null;
        if (!data.Span.StartsWith(selector)) return false;
        if (!AbiDecoder.TryDecode(inputs, data[SelectorSize..], out AbiValue? value)) return false;
        arguments = (AbiValue.Many)value;
        return true;
    }

    internal static (string Name, string Parts) Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int open = text.IndexOf('(', StringComparison.Ordinal);
        string name = open < 1 ? "" : text[..open];
        if (name.Length == 0 || name.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or '$')))
            throw new FormatException($"Not a signature: '{text}'.");
        return (name, text[open..]);
    }
}

/// <summary>Values one after the other without a selector: results, and the arguments of a constructor.</summary>
public sealed class AbiTuple
{
    private readonly AbiType.Tuple type;

    private AbiTuple(AbiType.Tuple type) => this.type = type;

    /// <summary>Reads types in parentheses: <c>(bytes32,uint48)</c>.</summary>
    /// <exception cref="FormatException">Not a list of types.</exception>
    public static AbiTuple Parse(string text) =>
        new(new AbiType.Tuple([.. AbiTypeParser.ParseParts(text).Select(part => part.Type)]));

    /// <summary>As Solidity's <c>abi.encode</c>.</summary>
    /// <exception cref="ArgumentException">A value does not fit its type.</exception>
    public byte[] Encode(params ImmutableArray<AbiValue> values) => AbiEncoder.Encode(type, AbiValue.Of(values));

    /// <summary>False for anything that <see cref="Encode"/> would have written differently.</summary>
    public bool TryDecode(ReadOnlyMemory<byte> data, [NotNullWhen(true)] out AbiValue.Many? values)
    {
        bool isRead = AbiDecoder.TryDecode(type, data, out AbiValue? value);
        values = value as AbiValue.Many;
        return isRead;
    }
}
