using System.Collections.Immutable;
using System.Numerics;
using ChainSpace.Chains;
using ChainSpace.Chains.Abi;
using ChainSpace.Chains.Rlp;
using ChainSpace.Chains.Transactions;
using ChainSpace.Protocol.Crypto;
using CsCheck;

namespace ChainSpace.Tests.Chains;

public sealed class AbiPropertyTests
{
    private static readonly Gen<AbiType> _words = Gen.OneOf(
        Gen.Const<AbiType>(new AbiType.Address()),
        Gen.Const<AbiType>(new AbiType.Bool()),
        Gen.Select(Gen.Int[1, 32], Gen.Bool, (bytes, isSigned) => (AbiType)new AbiType.Number(bytes * 8, isSigned)),
        Gen.Int[1, 32].Select(length => (AbiType)new AbiType.Fixed(length)),
        Gen.Const<AbiType>(new AbiType.Bytes()),
        Gen.Const<AbiType>(new AbiType.Text()));

    private static readonly Gen<(AbiType Type, AbiValue Value)> _values =
        from type in TypesOf(3)
        from value in ValueOf(type)
        select (type, value);

    [Fact]
    public void What_is_encoded_is_decoded_to_the_same_and_its_name_is_read_as_the_same_type() => _values.Sample(each =>
    {
        Assert.Equal(each.Type, AbiTypeParser.Parse(each.Type.Name));
        byte[] encoded = AbiEncoder.Encode(each.Type, each.Value);
        Assert.True(AbiDecoder.TryDecode(each.Type, encoded, out AbiValue? decoded));
        Assert.Equal(each.Value, decoded);
    });

    [Fact]
    public void Spoilt_bytes_are_refused_or_are_the_encoding_of_another_value() =>
        Gen.Select(_values, Gen.Int[0, 10_000], Gen.Byte, Gen.Int[-33, 33]).Sample((each, place, letter, longer) =>
        {
            byte[] bytes = AbiEncoder.Encode(each.Type, each.Value);
            bytes[place % bytes.Length] = letter;
            Array.Resize(ref bytes, Math.Max(0, bytes.Length + longer));
            if (AbiDecoder.TryDecode(each.Type, bytes, out AbiValue? decoded))
                Assert.Equal(bytes, AbiEncoder.Encode(each.Type, decoded));
        });

    [Fact]
    public void Random_bytes_never_throw() => Gen.Select(TypesOf(3), Gen.Byte.Array[0, 300]).Sample((type, bytes) =>
    {
        if (AbiDecoder.TryDecode(type, bytes, out AbiValue? decoded)) Assert.Equal(bytes, AbiEncoder.Encode(type, decoded));
        if (RlpReader.TryRead(bytes, out RlpItem? item)) Assert.Equal(bytes, RlpWriter.Write(item));
        byte[] transaction = [2, .. bytes];
        if (SignedTransaction.TryRead(transaction, out SignedTransaction? signed))
            Assert.Equal(transaction, signed.Raw.ToArray());
    });

    [Fact]
    public void Items_are_read_as_they_were_written() => ItemsOf(4).Sample(item =>
    {
        Assert.True(RlpReader.TryRead(RlpWriter.Write(item), out RlpItem? read));
        Assert.Equal(item, read);
    });

    [Fact]
    public void A_spoilt_transaction_is_refused_or_another_one()
    {
        using WalletSigner signer = WalletSigner.Create();
        ChainCall call = new(Address.Of(signer.Account), new Wei(5), new byte[] { 1, 2, 3 });
        GasPrice price = new(new Wei(1000), new Wei(100));
        SignedTransaction whole = new Transaction(new ChainId(1), new Nonce(300), price, new Gas(21_000), call).Sign(signer);
        Gen.Select(Gen.Int[0, whole.Raw.Length - 1], Gen.Byte).Sample((place, letter) =>
        {
            byte[] bytes = whole.Raw.ToArray();
            bool isSame = bytes[place] == letter;
            bytes[place] = letter;
            if (!SignedTransaction.TryRead(bytes, out SignedTransaction? read)) return;
            Assert.Equal(bytes, read.Raw.ToArray());
            Assert.Equal(isSame, read.Sender == whole.Sender && read.Hash == whole.Hash);
        });
    }

    [Theory]
    [InlineData("uint7")]
    [InlineData("uint264")]
    [InlineData("uint")]
    [InlineData("uint08")]
    [InlineData("bytes0")]
    [InlineData("bytes33")]
    [InlineData("uint256[0]")]
    [InlineData("uint256[")]
    [InlineData("uint256[2000]")]
    [InlineData("()")]
    [InlineData("(uint256,)")]
    [InlineData("(uint256")]
    [InlineData("uint256 ")]
    [InlineData("mapping")]
    public void What_is_no_type_is_not_read_as_one(string text) =>
        Assert.Throws<FormatException>(() => AbiTypeParser.Parse(text));

    [Fact]
    public void A_value_that_does_not_fit_its_type_is_the_callers_mistake()
    {
        AbiSignature signature = AbiSignature.Parse("f(uint8,bytes4,string)");
        Assert.Throws<ArgumentOutOfRangeException>(() => signature.Encode(256, new byte[4], ""));
        Assert.Throws<ArgumentException>(() => signature.Encode(255, new byte[5], ""));
        Assert.Throws<ArgumentException>(() => signature.Encode(255, new byte[4]));
        Assert.Throws<ArgumentException>(() => signature.Encode("1", new byte[4], ""));
    }

    private static Gen<AbiType> TypesOf(int depth) => depth == 0 ? _words : Gen.OneOf(
        _words,
        Gen.Select(TypesOf(depth - 1), Gen.Int[0, 3], (element, length) =>
            (AbiType)new AbiType.Array(element, length == 0 ? null : length)),
        TypesOf(depth - 1).Array[1, 3].Select(parts => (AbiType)new AbiType.Tuple([.. parts])));

    private static Gen<AbiValue> ValueOf(AbiType type) => type switch
    {
        AbiType.Address => Gen.Byte.Array[20].Select(bytes => (AbiValue)Address.Read(bytes)),
        AbiType.Bool => Gen.Bool.Select(isTrue => (AbiValue)isTrue),
        AbiType.Number number => Gen.Byte.Array[number.Bits / 8].Select(bytes =>
            (AbiValue)new BigInteger(bytes, isUnsigned: !number.IsSigned)),
        AbiType.Fixed bytes => Gen.Byte.Array[bytes.Length].Select(each => (AbiValue)each),
        AbiType.Bytes => Gen.Byte.Array[0, 70].Select(each => (AbiValue)each),
        AbiType.Text => Gen.Char['\u0020', '\ud7ff'].Array[0, 30].Select(each => (AbiValue)new string(each)),
        AbiType.Array(var element, null) => ValueOf(element).Array[0, 3].Select(each => AbiValue.Of([.. each])),
        AbiType.Array(var element, var length) =>
            ValueOf(element).Array[length.GetValueOrDefault()].Select(each => AbiValue.Of([.. each])),
        AbiType.Tuple(var parts) => parts.Aggregate(
            Gen.Const(ImmutableArray<AbiValue>.Empty),
            (before, part) => Gen.Select(before, ValueOf(part), (all, one) => all.Add(one))).Select(each => AbiValue.Of(each)),
    };

    private static Gen<RlpItem> ItemsOf(int depth)
    {
        Gen<RlpItem> text = Gen.Byte.Array[0, 70].Select(bytes => RlpItem.Of((ReadOnlyMemory<byte>)bytes));
        return depth == 0 ? text : Gen.OneOf(text, ItemsOf(depth - 1).Array[0, 4].Select(items => RlpItem.Of([.. items])));
    }
}
