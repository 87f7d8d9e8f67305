using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Credentials;
using ChainSpace.Protocol.Crypto;
using CsCheck;

namespace ChainSpace.Tests.Credentials;

public sealed class SdJwtTests
{
    private static readonly Moment Now = new(1_790_000_000_000);

    [Fact]
    public void The_example_of_the_standard_is_read_verified_and_bound()
    {
        Assert.True(SdJwt.TryRead(StandardExample.Presentation, out SdJwt? read));
        Assert.True(read.Issued.IsSignedBy(StandardExample.Issuer));
        KeyBinding expected = new("https://verifier.example.org", "1234567890", new Moment(1748537244_000));
        Assert.True(Jwk.TryRead(read.Claims.GetProperty("cnf").GetProperty("jwk"), out P256PublicKey holder));
        Assert.Null(KeyBinding.Check(read, holder, expected));
        Assert.Equal("John", read.Claims.GetProperty("given_name").GetString());
        Assert.Equal("US", read.Claims.GetProperty("nationalities")[0].GetString());
        Assert.Equal(1, read.Claims.GetProperty("nationalities").GetArrayLength());
        Assert.Equal("Anytown", read.Claims.GetProperty("address").GetProperty("locality").GetString());
        Assert.False(read.Claims.TryGetProperty("email", out _));
        Assert.False(read.Claims.TryGetProperty("_sd", out _));
    }

    [Theory]
    [InlineData("https://another.example.org", "1234567890", 0, CredentialFault.WrongAudience)]
    [InlineData("https://verifier.example.org", "1234567891", 0, CredentialFault.WrongNonce)]
    [InlineData("https://verifier.example.org", "1234567890", 301_000, CredentialFault.NotFresh)]
    [InlineData("https://verifier.example.org", "1234567890", -301_000, CredentialFault.NotFresh)]
    public void The_example_of_the_standard_is_nothing_to_others(string audience, string nonce, long later, CredentialFault fault)
    {
        Assert.True(SdJwt.TryRead(StandardExample.Presentation, out SdJwt? read));
        Assert.True(Jwk.TryRead(read.Claims.GetProperty("cnf").GetProperty("jwk"), out P256PublicKey holder));
        Assert.Equal(fault, KeyBinding.Check(read, holder, new KeyBinding(audience, nonce, new Moment(1748537244_000 + later))));
    }

    [Fact]
    public void What_is_not_selected_cannot_be_read_and_what_is_selected_is_as_it_was_issued() =>
        Gen.Select(Attributes, Gen.Int[0, 255]).Sample((attributes, mask) =>
        {
            using P256Signer issuer = P256Signer.Create(), holder = P256Signer.Create();
            SdJwt held = AttributeCredential.Issue(issuer, holder.Key, Terms(attributes));
            string[] names = [.. attributes.Keys.Where((_, place) => (mask >> place & 1) == 1)];
            SdJwt shown = held.Select(disclosure => names.Contains(disclosure.Name));
            Assert.Null(AttributeCredential.Check(shown, Now, out AttributeCredential? credential));
            Assert.Equal(names, credential!.Attributes.Keys);
            Assert.All(names, name => Assert.Equal(attributes[name], credential.Attributes[name]));
            Assert.Equal((issuer.Account, holder.Key, false), (credential.Issuer, credential.Holder, credential.IsSelfStated));
            foreach (string name in attributes.Keys.Except(names))
                Assert.DoesNotContain(Encoded(held, name), shown.Text, StringComparison.Ordinal);
        }, iter: 50);

    [Fact]
    public void A_claim_left_out_added_or_changed_after_the_holder_signed_breaks_the_binding()
    {
        using P256Signer holder = P256Signer.Create();
        SdJwt held = AttributeCredential.Issue(holder, holder.Key, Terms(Three));
        KeyBinding binding = new("here", "nonce", Now);
        SdJwt shown = binding.Present(held.Select(static d => d.Name != "color"), holder);
        Assert.Null(KeyBinding.Check(shown, holder.Key, binding));
        string[] parts = shown.Text.Split('~');
        string fewer = string.Join('~', parts.Where((_, place) => place != 1));
        Assert.True(SdJwt.TryRead(fewer, out SdJwt? cut));
        Assert.Equal(CredentialFault.NotBound, KeyBinding.Check(cut, holder.Key, binding));
        string added = held.Disclosures.Single(static d => d.Name == "color").Text;
        Assert.True(SdJwt.TryRead(string.Join('~', [.. parts[..^1], added, parts[^1]]), out SdJwt? more));
        Assert.Equal(CredentialFault.NotBound, KeyBinding.Check(more, holder.Key, binding));
    }

    [Fact]
    public void Nobody_states_in_the_name_of_another()
    {
        using P256Signer issuer = P256Signer.Create(), holder = P256Signer.Create();
        SdJwt held = AttributeCredential.Issue(issuer, holder.Key, Terms(Three));
        string[] parts = held.Issued.Text.Split('.');
        using P256Signer thief = P256Signer.Create();
        SdJwt own = AttributeCredential.Issue(thief, holder.Key, Terms(Three));
        string[] forged = own.Issued.Text.Split('.');
        // The thief's key and signature over the issuer's words, and the issuer's key over the thief's signature.
        foreach (string text in (string[])[$"{forged[0]}.{parts[1]}.{forged[2]}~", $"{parts[0]}.{parts[1]}.{forged[2]}~"])
        {
            Assert.True(SdJwt.TryRead(text, out SdJwt? read));
            Assert.Equal(CredentialFault.WrongIssuer, AttributeCredential.Check(read, Now, out _));
        }
    }

    [Theory]
    [InlineData(-400, CredentialFault.Expired)]
    [InlineData(-2, null)]
    [InlineData(0, null)]
    [InlineData(1, CredentialFault.Expired)]
    public void A_credential_is_valid_from_its_issue_for_at_most_a_year(int days, CredentialFault? fault)
    {
        using P256Signer holder = P256Signer.Create();
        long day = 24L * 60 * 60 * 1000;
        Moment issued = new(Now.Milliseconds + days * day), until = new(issued.Milliseconds + 366 * day);
        SdJwt held = AttributeCredential.Issue(holder, holder.Key, new AttributeTerms(Three, issued, until));
        Assert.Equal(fault, AttributeCredential.Check(held, Now, out _));
        AttributeTerms terms = new(Three, issued, new Moment(until.Milliseconds + 1000));
        SdJwt longer = AttributeCredential.Issue(holder, holder.Key, terms);
        Assert.Equal(CredentialFault.Expired, AttributeCredential.Check(longer, Now, out _));
    }

    [Fact]
    public void No_text_makes_the_reader_fail_and_whatever_it_reads_it_writes_again()
    {
        using P256Signer holder = P256Signer.Create();
        SdJwt issued = AttributeCredential.Issue(holder, holder.Key, Terms(Three));
        SdJwt shown = new KeyBinding("here", "nonce", Now).Present(issued, holder);
        int accepted = 0;
        Gen.Select(Gen.Int[0, shown.Text.Length - 1], Gen.Char["AB.~_-=+/ {\"é0"], Gen.Int[0, 2]).Sample((at, letter, kind) =>
        {
            string text = kind switch
            {
                0 => string.Concat(shown.Text.AsSpan(0, at), [letter], shown.Text.AsSpan(at + 1)),
                1 => shown.Text.Remove(at, 1),
                _ => shown.Text.Insert(at, letter.ToString()),
            };
            if (!SdJwt.TryRead(text, out SdJwt? read) || text == shown.Text) return;
            Interlocked.Increment(ref accepted);
            string[] shownAgain = [.. read.Disclosures.SelectMany(static d => (string[])[d.Text, "~"])];
            Assert.Equal(text, string.Concat([read.Issued.Text, "~", .. shownAgain, read.Binding?.Text]));
            // It may be spelled well, but then its signatures do not hold.
            bool isWhole = AttributeCredential.Check(read, Now, out _) is null
                && KeyBinding.Check(read, holder.Key, new KeyBinding("here", "nonce", Now)) is null;
            Assert.False(isWhole, text);
        });
        Assert.True(accepted > 0, "No change left a text that can be read, so nothing was tested.");
    }

    [Theory]
    [InlineData("""["salt","_sd",["x"]]""")]
    [InlineData("""["salt","...","x"]""")]
    [InlineData("""["salt"]""")]
    [InlineData("""["salt","a","b","c"]""")]
    [InlineData("""[1,"a","b"]""")]
    [InlineData("""{"a":1}""")]
    [InlineData("""["salt","a",{"x":1,"x":2}]""")]
    [InlineData("""["salt","a","\ud800"]""")]
    public void A_disclosure_that_means_nothing_or_two_things_is_none(string json)
    {
        string text = System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(json));
        Assert.False(Disclosure.TryRead(text, out _));
    }

    [Fact]
    public void A_proof_is_for_one_request_of_one_moment()
    {
        using P256Signer signer = P256Signer.Create();
        RequestProof said = new("here", "GET", "/v1/spaces/a", "nonce");
        string text = said.Sign(signer, Now);
        Assert.Null(RequestProof.Check(text, Now, out RequestProof? read, out P256PublicKey key));
        Assert.Equal((said, signer.Key), (read, key));
        Assert.Equal(CredentialFault.NotFresh, RequestProof.Check(text, new Moment(Now.Milliseconds + 400_000), out _, out _));
        Assert.Equal(CredentialFault.Malformed, RequestProof.Check(text[..^1], Now, out _, out _));
        string[] parts = text.Split('.');
        string[] other = said.Sign(signer, new Moment(Now.Milliseconds + 1000)).Split('.');
        Assert.Equal(CredentialFault.NotBound, RequestProof.Check($"{parts[0]}.{parts[1]}.{other[2]}", Now, out _, out _));
    }

    private static ImmutableSortedDictionary<string, AttributeValue> Three { get; } =
        ImmutableSortedDictionary.CreateRange<string, AttributeValue>(
            StringComparer.Ordinal,
            [
                new("color", new AttributeValue.Text("blue")), new("height", new AttributeValue.Number(1.75)),
                new("languages", new AttributeValue.Many(["de", "en"])),
            ]);

    private static Gen<ImmutableSortedDictionary<string, AttributeValue>> Attributes { get; } =
        Gen.Dictionary(
            Gen.String[Gen.Char['a', 'z'], 1, 6].Where(static n => n is not ("iss" or "iat" or "exp" or "vct" or "cnf")),
            Value)[1, 8]
            .Select(static pairs => pairs.ToImmutableSortedDictionary(StringComparer.Ordinal));

    private static Gen<AttributeValue> Value => Gen.OneOf<AttributeValue>(
        Gen.String[Gen.Char['!', 'ÿ'], 1, 20].Where(static t => !t.Any(char.IsControl))
            .Select(static t => (AttributeValue)new AttributeValue.Text(t)),
        Gen.Double[-1e9, 1e9].Select(static n => (AttributeValue)new AttributeValue.Number(n)),
        Gen.Bool.Select(static b => (AttributeValue)new AttributeValue.Flag(b)),
        Gen.String[Gen.Char['a', 'z'], 1, 5].Array[1, 4]
            .Select(static t => (AttributeValue)new AttributeValue.Many([.. t])));

    private static AttributeTerms Terms(ImmutableSortedDictionary<string, AttributeValue> attributes) =>
        new(attributes, Now, new Moment(Now.Milliseconds + 1_000_000_000));

    private static string Encoded(SdJwt held, string name) => held.Disclosures.Single(d => d.Name == name).Text;
}
