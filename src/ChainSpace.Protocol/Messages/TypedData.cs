using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Protocol.Messages;

/// <summary>EIP-712 hashing of messages: what a wallet shows and signs, and a contract can recompute.</summary>
public static class TypedData
{
    private static readonly ConcurrentDictionary<Type, Bytes32> TypeHashes = new();

    /// <summary>keccak256(0x19 0x01 ‖ domain separator ‖ hash of the struct).</summary>
    public static MessageId Digest(Domain domain, Message message)
    {
        ArgumentNullException.ThrowIfNull(domain);
        return new MessageId(domain.Seal(StructHash(message)));
    }

    /// <summary>
    /// The id of the space that a first entry creates: the EIP-712 hash of its struct, without a domain. So whoever knows
    /// the id knows the operator, the checkpoint key and the sealing key.
    /// </summary>
    public static SpaceId SpaceOf(CreateSpace genesis) => new(StructHash(genesis));

    private static Bytes32 StructHash(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        Span<byte> words = stackalloc byte[StructWords.Limit];
        StructWords structure = new(words);
        structure.Start(TypeHashes.GetOrAdd(message.GetType(), static (_, m) => TypeHash(m), message));
        message.WriteTo(ref structure);
        return Keccak256.Hash(words[..structure.Length]);
    }

    /// <summary>The struct's type in EIP-712 notation, e.g. <c>Vote(bytes32 account,uint32 choice,…)</c>.</summary>
    public static string TypeOf(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        StructType type = new(new StringBuilder(message.Type).Append('('));
        message.WriteTo(ref type);
        return type.End();
    }

    private static Bytes32 TypeHash(Message message) => Keccak256.Hash(Encoding.ASCII.GetBytes(TypeOf(message)));

    /// <summary>Collects the 32-byte words of one struct.</summary>
    private ref struct StructWords(Span<byte> words) : IFieldWriter
    {
        public const int Limit = 32 * 32;

        private readonly Span<byte> words = words;

        public int Length { get; private set; }

        public void Start(Bytes32 typeHash) => Add(typeHash);

        public readonly void Type(scoped ReadOnlySpan<byte> name)
        {
        }

        public void Id(scoped ReadOnlySpan<byte> name, Bytes32 value) => Add(value);

        public void Number(scoped ReadOnlySpan<byte> name, uint value) => Number(name, new Amount(value));

        public void Number(scoped ReadOnlySpan<byte> name, ulong value) => Number(name, new Amount(value));

        public void Number(scoped ReadOnlySpan<byte> name, Amount value)
        {
            words.Slice(Length, 16).Clear();
            BinaryPrimitives.WriteUInt128BigEndian(words[(Length + 16)..], value.Units);
            Length += Bytes32.Size;
        }

        public void Text(scoped ReadOnlySpan<byte> name, string value)
        {
            Span<byte> ascii = stackalloc byte[CanonicalFields.TextLimit];
            Add(Keccak256.Hash(ascii[..Encoding.ASCII.GetBytes(value, ascii)]));
        }

        public void Bytes(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value) => Add(Keccak256.Hash(value));

        public void Ids(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<AccountId> value)
        {
            byte[] all = new byte[value.Length * Bytes32.Size];
            for (int i = 0; i < value.Length; i++) value[i].Value.CopyTo(all.AsSpan(i * Bytes32.Size));
            Add(Keccak256.Hash(all));
        }

        private void Add(Bytes32 word)
        {
            word.CopyTo(words[Length..]);
            Length += Bytes32.Size;
        }
    }

    /// <summary>Writes the type instead of the values.</summary>
    private readonly struct StructType(StringBuilder text) : IFieldWriter
    {
        public void Type(scoped ReadOnlySpan<byte> name)
        {
        }

        public void Id(scoped ReadOnlySpan<byte> name, Bytes32 value) => Add("bytes32", name);

        public void Number(scoped ReadOnlySpan<byte> name, uint value) => Add("uint32", name);

        public void Number(scoped ReadOnlySpan<byte> name, ulong value) => Add("uint64", name);

        public void Number(scoped ReadOnlySpan<byte> name, Amount value) => Add("uint256", name);

        public void Text(scoped ReadOnlySpan<byte> name, string value) => Add("string", name);

        public void Bytes(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value) => Add("bytes", name);

        public void Ids(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<AccountId> value) => Add("bytes32[]", name);

        public string End()
        {
            text[^1] = ')';
            return text.ToString();
        }

        private void Add(string type, ReadOnlySpan<byte> name) =>
            text.Append(type).Append(' ').Append(Encoding.ASCII.GetString(name)).Append(',');
    }
}
