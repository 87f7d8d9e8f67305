using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ChainSpace.Node.Api;

/// <summary>What the OpenAPI document says beyond what can be read from the code: title, words, examples.</summary>
internal static class OpenApiDocument
{
    private const string Envelope =
        """
        {"message":{"account":"0x01…","choice":"2","expires":"1793404800000",
         "nonce":"17","poll":"0x6d…","type":"Vote"},"signature":"0x…"}
        """;

    public static void Describe(OpenApiOptions options)
    {
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "ChainSpace", Version = "v1",
                Description = "Post a question with a locked reward, vote, be paid, keep the proof. "
                    + "Messages are signed; see spec/messages.md.",
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(static (operation, context, _) =>
        {
            if (operation.OperationId == "PostMessages") AddExample(operation);
            return Task.CompletedTask;
        });
    }

    private static void AddExample(OpenApiOperation operation)
    {
        operation.Summary = "Sends one message, an array, or a stream of lines; the only way to write.";
        OpenApiSchema schema = new() { Type = JsonSchemaType.Object, Examples = [JsonNode.Parse(Envelope)!] };
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new() { Schema = schema },
                ["application/x-ndjson"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
        };
    }
}
