using System.Text;
using System.Text.Json;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Polls;
using ChainSpace.Tests.Rules;
using static ChainSpace.Tests.Messages.VectorFile;

namespace ChainSpace.Tests.Messages;

public sealed class MessageVectorTests
{
    public static TheoryData<string> Valid => Names("messages");

    public static TheoryData<string> InvalidLines => Names("invalidLines");

    public static TheoryData<string> InvalidEntries => Names("invalidEntries");

    public static TheoryData<string> Signatures => Names("signatures");

    [Fact]
    public void Every_type_of_message_has_a_vector()
    {
        IEnumerable<string> known = typeof(Message).Assembly.GetTypes()
            .Where(static type => !type.IsAbstract && type.IsSubclassOf(typeof(Message))).Select(static type => type.Name);
        IEnumerable<string> shown = Section("messages").Select(static vector => vector.GetProperty("message").Text("type"));
        Assert.Equal(known.Order(), shown.Distinct().Order());
    }

    [Theory, MemberData(nameof(Valid))]
    public void An_envelope_is_read_and_written_again_byte_for_byte(string name)
    {
        JsonElement vector = Find("messages", name);
        Envelope envelope = Read(vector);
        Assert.Equal(vector.Text("envelope"), Encoding.UTF8.GetString(envelope.ToBytes()));
        Assert.Equal(vector.GetProperty("message").Text("type"), envelope.Message.Type);
        Assert.Equal(vector.GetProperty("key").Id("account"), envelope.Signer.Value);
    }

    [Theory, MemberData(nameof(Valid))]
    public void A_message_has_the_type_and_the_digest_that_wallets_sign(string name)
    {
        JsonElement vector = Find("messages", name);
        Message message = Read(vector).Message;
        Assert.Equal(vector.Text("structType"), TypedData.TypeOf(message));
        ulong chainId = ulong.Parse(vector.Text("chainId"), null);
        Domain domain = new(new SpaceId(vector.Id("space")), chainId, vector.Id("factory"));
        Assert.Equal(vector.Id("digest"), TypedData.Digest(domain, message).Value);
        if (message is CreateSpace genesis) Assert.Equal(vector.Id("space"), TypedData.SpaceOf(genesis).Value);
    }

    [Theory, MemberData(nameof(Valid))]
    public void A_message_is_signed_by_its_key(string name)
    {
        JsonElement vector = Find("messages", name), key = vector.GetProperty("key");
        Envelope envelope = Read(vector);
        Assert.Equal(SignatureAnswer.Valid, SignatureCheck.Verify(
            envelope.Signer, envelope.Signature.AsSpan(), vector.Id("digest"), KeysWith(key.Bytes("publicKey"))));
        if (key.Text("kind") != "wallet") return;
        using WalletSigner wallet = WalletSigner.FromPrivateKey(key.Bytes("privateKey"));
        Assert.Equal(envelope.Signature.AsSpan(), wallet.Sign(vector.Id("digest")));
    }

    [Theory, MemberData(nameof(Valid))]
    public void An_entry_is_the_envelope_with_its_moment_and_without_its_attachment(string name)
    {
        JsonElement vector = Find("messages", name);
        Entry stamped = new(Read(vector), new Moment(long.Parse(vector.Text("moment"), null)));
        Assert.Equal(vector.Text("entry"), Encoding.UTF8.GetString(stamped.ToBytes()));
        Assert.True(Entry.TryRead(vector.Utf8("entry"), out Entry? read, out _));
        Assert.Equal(stamped.ToBytes(), read.ToBytes());
        Assert.Equal(stamped.Moment, read.Moment);
    }

    [Theory, MemberData(nameof(InvalidLines))]
    public void A_line_in_any_other_spelling_is_refused_for_its_fault(string name)
    {
        JsonElement vector = Find("invalidLines", name);
        int padding = vector.TryGetProperty("padding", out JsonElement spaces) ? spaces.GetInt32() : 0;
        byte[] line = Encoding.UTF8.GetBytes(vector.Text("line") + new string(' ', padding));
        Assert.False(Envelope.TryRead(line, out _, out WireFault? fault));
        Assert.Equal(vector.Text("fault"), NameOf(fault));
    }

    [Fact]
    public void The_fault_of_a_misspelt_attachment_names_the_attachment()
    {
        byte[] line = Find("invalidLines", "base64 with stray bits").Utf8("line");
        Assert.False(Envelope.TryRead(line, out _, out WireFault? fault));
        Assert.Equal(new WireFault.NotCanonical("attachment"), fault);
    }

    [Theory, MemberData(nameof(InvalidEntries))]
    public void A_leaf_in_any_other_spelling_is_refused(string name) =>
        Assert.False(Entry.TryRead(Find("invalidEntries", name).Utf8("leaf"), out _, out _));

    [Theory, MemberData(nameof(Signatures))]
    public void A_signature_is_answered_for_what_it_is(string name)
    {
        JsonElement vector = Find("signatures", name);
        P256Verifier keys = KeysWith(vector.Bytes("publicKey"));
        SignatureAnswer answer = SignatureCheck.Verify(
            new AccountId(vector.Id("signer")), vector.Bytes("signature"), vector.Id("digest"), keys);
        Assert.Equal(vector.Text("answer").Replace("_", ""), answer.ToString(), ignoreCase: true);
    }

    [Fact]
    public void An_account_is_the_hash_of_its_key()
    {
        foreach (JsonElement vector in Section("accounts"))
        {
            byte[] privateKey = vector.Bytes("privateKey");
            using Signer signer = vector.Text("kind") == "wallet"
                ? WalletSigner.FromPrivateKey(privateKey)
                : P256Signer.FromPrivateKey(privateKey);
            Assert.Equal(vector.Id("account"), signer.Account.Value);
            Assert.Equal(vector.Bytes("publicKey"), signer.PublicKey.ToArray());
        }
    }

    [Fact]
    public void A_sealed_vote_is_made_and_opened_alike()
    {
        foreach (JsonElement vector in Section("sealedVotes"))
        {
            uint choice = uint.Parse(vector.Text("choice"), null);
            Domain domain = new(new SpaceId(vector.Id("space")));
            TaskId poll = new(vector.Id("poll"));
            Bytes32 commitment = domain.Commitment(
                poll, new AccountId(vector.Id("voter")), new Opening(choice, vector.Id("salt")));
            Assert.Equal(vector.Id("commitment"), commitment);

            using SealingKey key = SealingKey.FromPrivateKey(vector.Bytes("sealingPrivateKey"));
            Assert.Equal(vector.Bytes("sealingKey"), key.PublicKey.ToArray());
            Assert.True(key.TryOpen(vector.Bytes("opening"), commitment, out byte[]? opened));
            Assert.Equal([.. BitConverter.GetBytes(choice).Reverse(), .. vector.Bytes("salt")], opened);

            using SealingSession session = SealingSession.FromPrivateKey(vector.Bytes("ephemeralPrivateKey"));
            Assert.Equal(vector.Bytes("opening"), SealedBox.Seal(key.PublicKey, session, commitment, opened));
        }
    }

    [Fact]
    public void A_gold_item_commits_to_its_answer_alike()
    {
        foreach (JsonElement vector in Section("gold"))
        {
            PostPoll poll = new World().Terms() with
            {
                Header = new Header(new AccountId(vector.Id("requester")), 1, default),
                Content = vector.Id("content"),
            };
            Opening answer = new(uint.Parse(vector.Text("choice"), null), vector.Id("salt"));
            Assert.Equal(vector.Id("gold"), Gold.Commitment(new Domain(new SpaceId(vector.Id("space"))), poll, answer));
        }
    }

    private static Envelope Read(JsonElement vector)
    {
        bool isRead = Envelope.TryRead(vector.Utf8("envelope"), out Envelope? envelope, out WireFault? fault);
        Assert.True(isRead, fault?.ToString());
        return envelope!;
    }

    private static P256Verifier KeysWith(byte[] publicKey)
    {
        P256Verifier keys = new(new KeyDirectory(), new P256KeyCache(4));
        if (publicKey.Length > 0) keys.Directory.Add(P256PublicKey.Read(publicKey));
        return keys;
    }

    private static string NameOf(WireFault fault) => fault switch
    {
        WireFault.TooLarge => "too_large",
        WireFault.Malformed => "malformed",
        WireFault.UnknownType => "unknown_type",
        WireFault.NotCanonical => "not_canonical",
        _ => fault.ToString(),
    };
}
