using ChainSpace.Client.Reading;
using ChainSpace.Node.Spaces;
using ChainSpace.Rules.Aggregation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChainSpace.Node.Api;

/// <summary>What a poll would need, and how far confidences have been true.</summary>
internal static class QuoteApi
{
    private const int MostOptions = 100;
    private const int MostVotes = 1_000;

    public static void MapQuotes(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/spaces/{space}").WithTags("confidence");
        group.MapGet("/quote", Quote).WithName("GetQuote")
            .WithSummary("Votes and time a poll would need for a confidence.").ProducesProblem(400).ProducesProblem(404);
        group.MapGet("/reliability", Reliability).WithName("GetReliability")
            .WithSummary("By requester and category: how often polls that reached a belief were right, by gold items.")
            .ProducesProblem(404);
    }

    private static Results<Ok<QuoteView>, ProblemHttpResult> Quote(
        string space, [AsParameters] QuoteQuery query, SpaceDirectory spaces)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        QuoteTerms terms = new(query.Options ?? 2, query.Confidence / 10_000.0, query.Minimum ?? 1, query.Maximum ?? 20);
        bool isAsked = terms.Options is >= 2 and <= MostOptions && terms.Target is > 0.5 and < 1
            && terms.Maximum is >= 1 and <= MostVotes && terms.Minimum >= 1 && terms.Minimum <= terms.Maximum;
        return isAsked
            ? TypedResults.Ok(host.Reader.Quote(query.Category, query.Requester, terms))
            : Problems.Result(new Refused(400, "bad_quote", "Confidence 5001 to 9999, options 2 to 100, maximum 1 to 1000."));
    }

    private static Results<Ok<Page<ReliabilityView>>, ProblemHttpResult> Reliability(
        string space, string? category, SpaceDirectory spaces) =>
        spaces.Find(space) is { } host ? TypedResults.Ok(host.Reader.Reliability(category)) : Problems.UnknownSpace;
}

/// <summary>The poll that somebody thinks of posting.</summary>
internal readonly record struct QuoteQuery(
    string Category, int Confidence, int? Options, int? Minimum, int? Maximum, string? Requester);
