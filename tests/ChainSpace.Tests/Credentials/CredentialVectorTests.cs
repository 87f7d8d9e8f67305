using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Credentials;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Tests.House;

namespace ChainSpace.Tests.Credentials;

/// <summary>What the TypeScript SDK makes, read by this implementation: spec/vectors/credentials.json.</summary>
public sealed class CredentialVectorTests
{
    private static readonly JsonElement Vectors = JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(Repository.Root, "spec/vectors/credentials.json"))).RootElement;

    [Fact]
    public void Presentations_are_bound_and_state_what_they_should() => Assert.All(Of("presentations"), static vector =>
    {
        Assert.Null(Check(vector, out AttributeCredential? credential));
        Assert.Equal(Text(vector, "issuer"), credential!.Issuer.ToString());
        Assert.Equal(Text(vector, "holder"), credential.Holder.Account.ToString());
        Assert.Equal(credential.Issuer == credential.Holder.Account, credential.IsSelfStated);
        JsonElement attributes = vector.GetProperty("attributes");
        string[] names = [.. attributes.EnumerateObject().Select(static each => each.Name).Order(StringComparer.Ordinal)];
        Assert.Equal(names, credential.Attributes.Keys);
        foreach (JsonProperty each in attributes.EnumerateObject())
            Assert.Equal(AttributeValue.Read(each.Value), credential.Attributes[each.Name]);
        byte[] shown = Encoding.ASCII.GetBytes(Text(vector, "presentation"));
        byte[] salted = [.. Bytes32.Parse(Text(vector, "salt")).ToArray(), .. shown];
        Assert.Equal(Text(vector, "hash"), Bytes32.Read(SHA256.HashData(salted)).ToString());
    });

    [Fact]
    public void A_presentation_is_selected_here_as_it_is_there() => Assert.All(Of("presentations"), static vector =>
    {
        Assert.True(SdJwt.TryRead(Text(vector, "credential"), out SdJwt? held));
        Assert.True(SdJwt.TryRead(Text(vector, "presentation"), out SdJwt? shown));
        string[] names = [.. shown.Disclosures.Select(static each => each.Name!)];
        Assert.Equal(shown.Shown, held.Select(each => names.Contains(each.Name)).Text);
    });

    [Fact]
    public void What_is_wrong_with_the_others_is_named() => Assert.All(
        Of("faults"), static vector => Assert.Equal(Text(vector, "fault"), Check(vector, out _)?.ToString()));

    [Fact]
    public void Proofs_of_requests_are_read() => Assert.All(Of("requests"), static vector =>
    {
        Moment now = new(long.Parse(Text(vector, "now"), null));
        Assert.Null(RequestProof.Check(Text(vector, "proof"), now, out RequestProof? proof, out P256PublicKey signer));
        (string method, string path) = (Text(vector, "method"), Text(vector, "path"));
        Assert.Equal(new RequestProof(Text(vector, "audience"), method, path, Text(vector, "nonce")), proof);
        Assert.Equal(Text(vector, "account"), signer.Account.ToString());
    });

    // In the order of the node's door.
    private static CredentialFault? Check(JsonElement vector, out AttributeCredential? credential)
    {
        credential = null;
        Moment now = new(long.Parse(Text(vector, "now"), null));
        if (!SdJwt.TryRead(Text(vector, "presentation"), out SdJwt? read)) return CredentialFault.Malformed;
        return AttributeCredential.Check(read, now, out credential)
            ?? KeyBinding.Check(read, credential!.Holder, new KeyBinding(Text(vector, "audience"), Text(vector, "nonce"), now));
    }

    private static IEnumerable<JsonElement> Of(string list) => Vectors.GetProperty(list).EnumerateArray();

    private static string Text(JsonElement vector, string name) => vector.GetProperty(name).GetString()!;
}
