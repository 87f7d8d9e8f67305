using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Chains.Abi;

/// <summary>An event: <c>Deposited(bytes32 indexed,uint256,uint256)</c>.</summary>
public sealed class AbiEvent
{
    private readonly ImmutableArray<(AbiType Type, bool IsIndexed)> parts;
    private readonly AbiType.Tuple data;

    private AbiEvent(string name, ImmutableArray<(AbiType Type, bool IsIndexed)> parts)
    {
        this.parts = parts;
        Text = $"{name}({string.Join(',', parts.Select(part => part.Type.Name))})";
        Topic = Keccak256.Hash(Encoding.ASCII.GetBytes(Text));
        data = new AbiType.Tuple([.. parts.Where(part => !part.IsIndexed).Select(part => part.Type)]);
    }

    /// <summary>The canonical spelling.</summary>
    public string Text { get; }

    /// <summary>Hash of <see cref="Text"/>, the first topic of each such event.</summary>
    public Bytes32 Topic { get; }

    /// <summary>Reads a signature with <c>indexed</c> behind the types that are topics.</summary>
    /// <exception cref="FormatException">Not an event.</exception>
    public static AbiEvent Parse(string text)
    {
        (string name, string rest) = AbiSignature.Split(text);
        return new AbiEvent(name, AbiTypeParser.ParseParts(rest));
    }

    /// <summary>
    /// All arguments in their order; an indexed one of dynamic or composed type is only its hash, 32 bytes. False for
    /// another event or form.
    /// </summary>
    public bool TryDecode(
        ImmutableArray<Bytes32> topics, ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out AbiValue.Many? arguments)
    {
        arguments = null;
        if (topics.Length != 1 + parts.Count(part => part.IsIndexed) || topics[0] != Topic) return false;
        if (!AbiDecoder.TryDecode(data, bytes, out AbiValue? plain)) return false;
        Queue<AbiValue> unindexed = new(((AbiValue.Many)plain).Items);
        ImmutableArray<AbiValue>.Builder all = ImmutableArray.CreateBuilder<AbiValue>(parts.Length);
        int topic = 1;
        foreach ((AbiType type, bool isIndexed) in parts)
        {
            AbiValue? value = isIndexed ? ReadTopic(type, topics[topic++]) : unindexed.Dequeue();
            if (value is null) return false;
            all.Add(value);
        }

        arguments = new AbiValue.Many(all.MoveToImmutable());
        return true;
    }

    private static AbiValue? ReadTopic(AbiType type, Bytes32 topic)
    {
        if (type is AbiType.Array or AbiType.Tuple or AbiType.Bytes or AbiType.Text) return topic;
        return AbiDecoder.TryDecode(type, topic.ToArray(), out AbiValue? value) ? value : null;
    }
}
