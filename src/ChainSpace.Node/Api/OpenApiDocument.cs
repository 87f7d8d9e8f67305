using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ChainSpace.Node.Api;

/// <summary>What the OpenAPI document says beyond what can be read from the code: title, words, the write endpoint.</summary>
internal static class OpenApiDocument
{
    private const string Lines = "application/x-ndjson";

    private const string Envelope =
        """
        {"message":{"account":"0x01a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f","choice":"2",
        "expires":"1793404800000","nonce":"17","poll":"0x6d1f0c6f5c1d7f0a3b9e8d2c4f6a5b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6",
        "type":"Vote"},"signature":"0x1f2e3d4c5b6a79880f1e2d3c4b5a69788f9e0d1c2b3a495867768594a3b2c1d0
        0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20"}
        """;

    private const string Entered =
        """{"id":"0x6d1f0c6f5c1d7f0a3b9e8d2c4f6a5b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6","index":"41","moment":"1793404700123"}""";

    private const string Refused =
        """{"status":409,"code":"already_voted","detail":"The account has voted on this poll: entry 40."}""";

    private static readonly int[] Refusals = [400, 401, 402, 403, 404, 409, 413, 415, 422, 429, 503];

    public static void Describe(OpenApiOptions options)
    {
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "ChainSpace",
                Version = "v1",
                Description = "Post a question with a locked reward, vote, be paid, keep the proof. "
                    + "Messages are signed; see spec/messages.md. Refusals have a stable code; see spec/refusals.md.",
            };
            // The address is that of whoever asks: left out, so that the document is the same everywhere.
            document.Servers = [];
            OpenApiPathItem messages = new();
            messages.AddOperation(HttpMethod.Post, Write());
            document.Paths[MessagesApi.Route] = messages;
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer(static (schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(ProblemDetails)) AddCode(schema);
            return Task.CompletedTask;
        });
    }

    // The endpoint reads bytes for speed, so nothing can be read from its code.
    private static OpenApiOperation Write() => new()
    {
        OperationId = "PostMessages",
        Tags = new HashSet<OpenApiTagReference> { new("messages") },
        Summary = "Sends one message, an array, or a stream of lines; the only way to write.",
        Description = "A message that is sent again gets its first answer. In an array or a stream each message is answered by "
            + "itself, in the same order, and the status is 200.",
        Parameters =
        [
            new OpenApiParameter
            {
                Name = "space", In = ParameterLocation.Path, Required = true, Description = "Id or name of the space.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            },
        ],
        RequestBody = new OpenApiRequestBody { Required = true, Content = Bodies(Parse(Envelope)) },
        Responses = Answers(),
    };

    private static OpenApiResponses Answers()
    {
        OpenApiResponses answers = new()
        {
            ["200"] = new OpenApiResponse
            {
                Description = "Entered, or for many messages: what became of each.",
                Content = Bodies(Parse(Entered)),
            },
        };
        foreach (int status in Refusals) answers[$"{status}"] = Problem(Problems.Title(status));
        return answers;
    }

    private static Dictionary<string, OpenApiMediaType> Bodies(JsonNode one) => new()
    {
        ["application/json"] = new()
        {
            Schema = new OpenApiSchema { Type = JsonSchemaType.Object | JsonSchemaType.Array },
            Example = one,
        },
        [Lines] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = $"{one.ToJsonString()}\n" },
    };

    private static OpenApiResponse Problem(string title)
    {
        OpenApiSchema schema = new() { Type = JsonSchemaType.Object, Properties = new Dictionary<string, IOpenApiSchema>() };
        foreach (string member in (string[])["type", "title", "detail"])
            schema.Properties[member] = new OpenApiSchema { Type = JsonSchemaType.String };
        schema.Properties["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer };
        AddCode(schema);
        return new OpenApiResponse
        {
            Description = title,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new() { Schema = schema, Example = Parse(Refused) },
            },
        };
    }

    private static void AddCode(OpenApiSchema schema)
    {
        schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
        schema.Properties["code"] = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = "Stable, for programs; spec/refusals.md lists all.",
        };
    }

    private static JsonNode Parse(string text) => JsonNode.Parse(text.Replace("\n", "", StringComparison.Ordinal))!;
}
