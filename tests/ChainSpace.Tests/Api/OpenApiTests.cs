using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChainSpace.Protocol.Messages;
using ChainSpace.Tests.House;

namespace ChainSpace.Tests.Api;

/// <summary>The document programs read says what spec/api.md says to people.</summary>
public sealed partial class OpenApiTests(Playground place) : IClassFixture<Playground>
{
    [Fact]
    public async Task The_document_lists_what_there_is()
    {
        JsonElement document = await ReadAsync();
        StringBuilder list = new();
        foreach ((string path, string method, JsonElement operation) in Operations(document))
        {
            IEnumerable<string> statuses = operation.GetProperty("responses").EnumerateObject().Select(static r => r.Name);
            string name = operation.GetProperty("operationId").GetString()!;
            list.AppendLine($"{method.ToUpperInvariant()} {path}  {name}  {string.Join(' ', statuses)}");
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
        }

        Snapshot.Matches(list.ToString());
    }

    [Fact]
    public async Task Every_endpoint_of_the_page_for_people_is_in_it()
    {
        string[] listed = [.. Operations(await ReadAsync()).Select(static o => Shape(o.Path))];
        string[] written = [.. Endpoint().Matches(Repository.Read("spec/api.md")).Select(static found => found.Groups[1].Value)];
        Assert.Contains("/v1/spaces/{space}/messages", written);
        foreach (string path in written.Where(static path => !path.StartsWith("/openapi", StringComparison.Ordinal)))
            Assert.Contains(Shape(path.Replace("…", "/v1/spaces/{space}", StringComparison.Ordinal)), listed);
    }

    [Fact]
    public async Task Every_part_of_a_path_is_a_parameter_and_every_refusal_has_a_body()
    {
        foreach ((string path, _, JsonElement operation) in Operations(await ReadAsync()))
        {
            string[] named = [.. Parameters(operation)];
            foreach (Match part in Part().Matches(path)) Assert.Contains(part.Groups[1].Value, named);
            foreach (JsonProperty answer in operation.GetProperty("responses").EnumerateObject())
            {
                if (answer.Name.StartsWith('2')) continue;
                JsonElement schema = Follow(await ReadAsync(), answer.Value.GetProperty("content")
                    .GetProperty("application/problem+json").GetProperty("schema"));
                Assert.True(schema.GetProperty("properties").TryGetProperty("code", out _), $"{path} {answer.Name}");
            }
        }
    }

    [Fact]
    public async Task The_example_of_a_message_is_one()
    {
        JsonElement content = (await ReadAsync()).GetProperty("paths").GetProperty("/v1/spaces/{space}/messages")
            .GetProperty("post").GetProperty("requestBody").GetProperty("content");
        JsonElement example = content.GetProperty("application/json").GetProperty("example");
        byte[] one = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(example));
        byte[] line = Encoding.UTF8.GetBytes(content.GetProperty("application/x-ndjson").GetProperty("example").GetString()!);
        Assert.True(Envelope.TryRead(one, out Envelope? envelope, out WireFault? fault), $"{fault}");
        Assert.Equal(Encoding.UTF8.GetString(envelope.ToBytes()) + "\n", Encoding.UTF8.GetString(line));
    }

    private async Task<JsonElement> ReadAsync() =>
        JsonDocument.Parse(await place.Http.GetStringAsync("openapi/v1.json")).RootElement;

    private static IEnumerable<(string Path, string Method, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject().OrderBy(static p => p.Name, StringComparer.Ordinal)
        from operation in path.Value.EnumerateObject()
        select (path.Name, operation.Name, operation.Value);

    private static IEnumerable<string> Parameters(JsonElement operation) =>
        operation.TryGetProperty("parameters", out JsonElement all)
        ? all.EnumerateArray().Select(static parameter => parameter.GetProperty("name").GetString()!)
        : [];

    private static JsonElement Follow(JsonElement document, JsonElement schema)
    {
        if (!schema.TryGetProperty("$ref", out JsonElement reference)) return schema;
        return reference.GetString()!.Split('/').Skip(1).Aggregate(document, static (at, name) => at.GetProperty(name));
    }

    // Names of parts may differ between the two pages, places may not; what follows a question mark is no part of a path.
    private static string Shape(string path)
    {
        string plain = Part().Replace(path.Split('?')[0], "{}");
        return plain.Contains("/tile/", StringComparison.Ordinal) ? "/v1/spaces/{}/tile/{}" : plain;
    }

    [GeneratedRegex(@"`(?:GET |POST )?((?:/|…/)[^`]*)`")]
    private static partial Regex Endpoint();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Part();
}
