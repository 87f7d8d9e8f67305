using System.Text.Json;
using ChainSpace.Node.Templates;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChainSpace.Node.Api;

/// <summary>Terms that are usually right for a kind of task.</summary>
internal static class TemplatesApi
{
    private static readonly string _all = JsonSerializer.Serialize(
        new TemplateList(TaskTemplate.All), TemplateJson.Default.TemplateList);

    public static void MapTemplates(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/templates", All).WithName("ListTemplates").WithTags("spaces")
            .WithSummary("Templates of tasks: terms that are usually right for a kind of task, and why.")
            .Produces<string>(200, "application/json");

    private static ContentHttpResult All() => TypedResults.Content(_all, "application/json");
}
