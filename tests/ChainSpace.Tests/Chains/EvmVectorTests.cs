using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using ChainSpace.Chains;
using ChainSpace.Chains.Abi;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Rlp;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Transactions;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using static ChainSpace.Tests.Chains.EvmVectors;

namespace ChainSpace.Tests.Chains;

public sealed class EvmVectorTests
{
    public static TheoryData<string> Abi => Names("abi");

    public static TheoryData<string> AbiInvalid => Names("abiInvalid");

    public static TheoryData<string> Rlp => Names("rlp");

    public static TheoryData<string> RlpInvalid => Names("rlpInvalid");

    public static TheoryData<string> Transactions => Names("transactions");

    public static TheoryData<string> TransactionsInvalid => Names("transactionsInvalid");

    public static TheoryData<string> Signed => Names("typedData");

    public static TheoryData<string> Calls => Names("calls");

    [Fact]
    public void Selectors_and_topics_are_hashes_of_signatures()
    {
        foreach (JsonElement vector in Section("signatures"))
            Assert.Equal(vector.Bytes("selector"), AbiSignature.Parse(vector.Text("signature")).Selector.ToArray());
        foreach (JsonElement vector in Section("events"))
            Assert.Equal(vector.Word("topic"), AbiEvent.Parse(vector.Text("signature")).Topic);
    }

    [Theory, MemberData(nameof(Abi))]
    public void Values_are_encoded_as_contracts_expect_and_decoded_again(string name)
    {
        JsonElement vector = Find("abi", name);
        AbiTuple types = AbiTuple.Parse(vector.Text("types"));
        AbiType type = AbiTypeParser.Parse(vector.Text("types"));
        ImmutableArray<AbiValue> values = ((AbiValue.Many)Value(type, vector.GetProperty("values"))).Items;
        Assert.Equal(vector.Bytes("encoded"), types.Encode(values));
        Assert.True(types.TryDecode(vector.Bytes("encoded"), out AbiValue.Many? decoded));
        Assert.Equal(new AbiValue.Many(values), decoded);
    }

    [Theory, MemberData(nameof(AbiInvalid))]
    public void What_no_compiler_writes_is_not_decoded(string name)
    {
        JsonElement vector = Find("abiInvalid", name);
        Assert.False(AbiTuple.Parse(vector.Text("types")).TryDecode(vector.Bytes("data"), out _));
    }

    [Theory, MemberData(nameof(Rlp))]
    public void Items_are_written_and_read_in_their_one_form(string name)
    {
        JsonElement vector = Find("rlp", name);
        RlpItem item = Item(vector.GetProperty("item"));
        Assert.Equal(vector.Bytes("encoded"), RlpWriter.Write(item));
        Assert.True(RlpReader.TryRead(vector.Bytes("encoded"), out RlpItem? read));
        Assert.Equal(item, read);
    }

    [Theory, MemberData(nameof(RlpInvalid))]
    public void Items_in_any_other_form_are_refused(string name) =>
        Assert.False(RlpReader.TryRead(Find("rlpInvalid", name).Bytes("data"), out _));

    [Theory, MemberData(nameof(Transactions))]
    public void A_transaction_is_hashed_signed_and_read_back(string name)
    {
        JsonElement vector = Find("transactions", name), fields = vector.GetProperty("fields");
        using WalletSigner signer = WalletSigner.FromPrivateKey(vector.Bytes("privateKey"));
        Transaction transaction = Read(fields);
        Assert.Equal(vector.Word("signingHash"), transaction.SigningHash);

        SignedTransaction signed = transaction.Sign(signer);
        Assert.Equal(vector.Text("raw"), Hex.Encode(signed.Raw.Span));
        Assert.Equal(vector.Word("hash"), signed.Hash.Value);
        Assert.True(SignedTransaction.TryRead(vector.Bytes("raw"), out SignedTransaction? read));
        Assert.Equal(vector.Address("sender"), read.Sender);
        Transaction again = read.Transaction;
        Assert.Equal(
            (transaction.Chain, transaction.Nonce, transaction.Price, transaction.GasLimit, transaction.Call),
            (again.Chain, again.Nonce, again.Price, again.GasLimit, again.Call));
        Assert.Equal(transaction.AccessList.AsEnumerable(), again.AccessList);
    }

    [Theory, MemberData(nameof(TransactionsInvalid))]
    public void A_transaction_in_any_other_form_is_refused(string name) =>
        Assert.False(SignedTransaction.TryRead(Find("transactionsInvalid", name).Bytes("raw"), out _));

    [Theory, MemberData(nameof(Signed))]
    public void What_is_signed_for_a_vault_has_the_digest_wallets_compute(string name)
    {
        JsonElement vector = Find("typedData", name), message = vector.GetProperty("message");
        VaultDomain domain = new(new ChainId(vector.GetProperty("chainId").GetUInt64()), vector.Address("vault"));
        Bytes32 digest = vector.Text("primaryType") switch
        {
            "Anchor" => domain.Anchor(message.GetProperty("size").GetUInt64(), message.Word("root"), message.Word("payoutRoot")),
            "Claim" => domain.Claim(
                new AccountId(message.Word("account")),
                message.Address("payee"),
                BigInteger.Parse(message.Text("claimable"), CultureInfo.InvariantCulture)),
            _ => domain.Leave(new AccountId(message.Word("account")), message.Address("payee")),
        };
        Assert.Equal(vector.Word("digest"), digest);
    }

    [Fact]
    public void A_token_is_signed_for_as_others_do()
    {
        foreach (JsonElement vector in Section("tokenData"))
        {
            TokenDomain domain = new(
                "Test dollar", new ChainId(vector.GetProperty("chainId").GetUInt64()), vector.Address("token"));
            JsonElement message = vector.GetProperty("message");
            Address vault = vector.Address("vault");
            Bytes32 digest = vector.Text("name") == "Permit"
                ? domain.Permit((message.Address("owner"), vault), 5, 3, 9)
                : domain.Receive(
                    new TokenAuthorization(
                        message.Address("from"), new AccountId(vector.Word("account")), 5, 1, 9, vector.Word("salt")),
                    vault);
            Assert.Equal(vector.Word("digest"), digest);
        }
    }

    [Fact]
    public void Addresses_are_computed_and_spelt_as_others_do()
    {
        foreach (JsonElement vector in Section("create2"))
            Assert.Equal(
                vector.Address("address"),
                Create2.AddressOf(vector.Address("from"), vector.Word("salt"), vector.Bytes("initCode")));
        foreach (JsonElement vector in Section("addresses"))
        {
            Address address = vector.Address("address");
            Assert.Equal(vector.Text("checksum"), address.ToChecksumText());
            Assert.Equal(address, vector.Address("checksum"));
            string wrong = vector.Text("checksum").Replace('D', 'd').Replace('F', 'f');
            bool isMixed = wrong.Any(char.IsAsciiLetterUpper);
            Assert.Equal(!isMixed || wrong == vector.Text("checksum"), Address.TryParse(wrong, out _));
        }
    }

    [Fact]
    public void Leaves_of_the_payout_tree_are_hashed_as_the_contracts_library_does()
    {
        foreach (JsonElement vector in Section("payoutLeaves"))
        {
            string[] leaf = [.. vector.GetProperty("leaf").EnumerateArray().Select(each => each.GetString()!)];
            PayoutLeaf ours = new(
                new AccountId(Bytes32.Parse(leaf[0])),
                BigInteger.Parse(leaf[1], CultureInfo.InvariantCulture),
                BigInteger.Parse(leaf[2], CultureInfo.InvariantCulture));
            Assert.Equal(vector.Word("hash"), ours.Hash);
        }
    }

    [Theory, MemberData(nameof(Calls))]
    public void Every_call_of_a_vault_is_encoded_as_its_interface_says(string name) =>
        Assert.Equal(Find("calls", name).Text("data"), Hex.Encode(VaultSamples.Call(name).Data.Span));

    [Fact]
    public void Every_event_of_a_vault_is_read()
    {
        Address vault = Address.Read(new byte[Address.Size]);
        List<string> read = [];
        foreach (JsonElement vector in Section("vaultEvents"))
        {
            ImmutableArray<Bytes32> topics =
                [.. vector.GetProperty("topics").EnumerateArray().Select(each => Bytes32.Parse(each.GetString()!))];
            LogEntry entry = new(vault, topics, vector.Bytes("data"), default, default, default, 0);
            VaultEvent? found = VaultEvent.TryRead(vault, entry);
            Assert.Equal(vector.Text("name"), found?.GetType().Name);
            read.Add(found!.GetType().Name);
            Assert.Null(VaultEvent.TryRead(Address.Parse("0x" + new string('1', 40)), entry));
        }

        Assert.Equal(typeof(VaultEvent).GetNestedTypes().Select(type => type.Name).Order(), read.Order());
    }

    private static Transaction Read(JsonElement fields)
    {
        string? To(string member) => fields.TryGetProperty(member, out JsonElement text) ? text.GetString() : null;
        UInt128 Number(string member) => UInt128.Parse(fields.Text(member), CultureInfo.InvariantCulture);
        ChainCall call = new(
            To("to") is { } to ? Address.Parse(to) : null, new Wei(Number("value")), Hex.Decode(To("data") ?? "0x")!);
        return new Transaction(
            new ChainId(fields.GetProperty("chainId").GetUInt64()),
            new Nonce(fields.GetProperty("nonce").GetUInt64()),
            new GasPrice(new Wei(Number("maxFeePerGas")), new Wei(Number("maxPriorityFeePerGas"))),
            new Gas((ulong)Number("gas")),
            call)
        {
            AccessList = ReadAccessList(fields),
        };
    }

    private static ImmutableArray<AccessEntry> ReadAccessList(JsonElement fields) =>
        !fields.TryGetProperty("accessList", out JsonElement list) ? [] :
        [
            .. list.EnumerateArray().Select(each => new AccessEntry(
                each.Address("address"),
                [.. each.GetProperty("storageKeys").EnumerateArray().Select(slot => Bytes32.Parse(slot.GetString()!))])),
        ];
}
