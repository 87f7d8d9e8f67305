using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Receipts;
using ChainSpace.Tests.House;

namespace ChainSpace.Tests.Client;

/// <summary>
/// spec/vectors/receipts.json, which every SDK reads. P-256 signatures are random, so the file cannot be compared with a
/// new one; it is checked for what it says, and for saying all that the story tells.
/// </summary>
public sealed class ReceiptVectors
{
    private static readonly string _file = Repository.Full("spec/vectors/receipts.json");

    private static readonly JsonSerializerOptions _readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public void The_vectors_fail_where_they_say()
    {
        using ReceiptStory story = new();
        ReceiptCase[] told = [.. story.Cases, .. ReceiptMutations.Of(story)];
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1") Write(told);

        JsonArray vectors = JsonNode.Parse(File.ReadAllText(_file))!.AsArray();
        Assert.Equal(told.Select(each => each.Name), vectors.Select(each => (string)each!["name"]!));
        foreach (JsonNode? vector in vectors)
        {
            ReceiptDocument receipt = vector!["receipt"].Deserialize(ClientJson.Default.ReceiptDocument)!;
            string? failing = ReceiptVerification.Verify(receipt, expected: null).Failing;
            Assert.Equal(((string)vector["name"]!, (string?)vector["failing"]), ((string)vector["name"]!, failing));
            Assert.Equal((bool)vector["ok"]!, failing is null);
        }
    }

    private static void Write(IEnumerable<ReceiptCase> cases)
    {
        JsonArray vectors = [.. cases.Select(each => new JsonObject
        {
            ["name"] = each.Name,
            ["ok"] = each.Failing is null,
            ["failing"] = each.Failing,
            ["receipt"] = JsonSerializer.SerializeToNode(each.Receipt, ClientJson.Default.ReceiptDocument),
        })];
        File.WriteAllText(_file, vectors.ToJsonString(_readable) + "\n", new UTF8Encoding(false));
    }
}
