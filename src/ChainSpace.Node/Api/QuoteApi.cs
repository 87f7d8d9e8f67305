using System.Globalization;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Spaces;
using ChainSpace.Node.Views.Reading;
using ChainSpace.Protocol;
using ChainSpace.Rules.Aggregation;
using ChainSpace.Rules.Eligibility;
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
        QuoteTerms terms = new(
            query.Options ?? 2, query.Confidence / 10_000.0, query.Minimum ?? 1, query.Maximum ?? 20, query.Gold ?? false);
        bool isAsked = terms.Options is >= 2 and <= MostOptions && terms.Target is > 0.5 and < 1
            && terms.Maximum is >= 1 and <= MostVotes && terms.Minimum >= 1 && terms.Minimum <= terms.Maximum;
        if (!isAsked) return Bad("Confidence 5001 to 9999, options 2 to 100, minimum 1 to maximum, maximum 1 to 1000.");
        VoterFilter? condition = VoterFilter.TryRead(query.Voters ?? "");
        if (condition is null && query.Voters is not (null or "open"))
            return Bad("Voters open, or clauses such as country=DE|AT,reputation>=0.8.");
        QuoteView quote = host.Reader.Quote(
            (query.Category, query.Requester), terms, condition is null
                ? null
                : host.Eligibility.Pool.Of(condition, query.Category, QuoteQueries.MostVoters, RequesterOf(query)));
        if (query.Reward is not { } reward) return TypedResults.Ok(quote);
        return Cost(reward, query.Pricing ?? "fixed", quote.Votes / terms.Maximum) is { } cost
            ? TypedResults.Ok(quote with { Cost = cost })
            : Bad("A reward in minor units; pricing fixed or response.");
    }

    private static AccountId RequesterOf(QuoteQuery query) =>
        Bytes32.TryParse(query.Requester ?? "", out Bytes32 id) ? new AccountId(id) : default;

    private static ProblemHttpResult Bad(string detail) => Problems.Result(new Refused(400, "bad_quote", detail));

    // Of a fixed reward all is spent; else what the votes take that are expected, to the thousandth.
    private static string? Cost(string reward, string pricing, double share)
    {
        if (!UInt128.TryParse(reward, NumberStyles.None, CultureInfo.InvariantCulture, out UInt128 whole)) return null;
        UInt128 thousandths = (UInt128)Math.Round(share * 1_000);
        return pricing switch
        {
            "fixed" => Text(whole),
            "response" => Text(whole / 1_000 * thousandths + whole % 1_000 * thousandths / 1_000),
            _ => null,
        };
    }

    private static string Text(UInt128 units) => units.ToString(CultureInfo.InvariantCulture);

    private static Results<Ok<Page<ReliabilityView>>, ProblemHttpResult> Reliability(
        string space, string? category, SpaceDirectory spaces) =>
        spaces.Find(space) is { } host ? TypedResults.Ok(host.Reader.Reliability(category)) : Problems.UnknownSpace;
}

/// <summary>The poll that somebody thinks of posting.</summary>
internal readonly record struct QuoteQuery(
    string Category, int Confidence, int? Options, int? Minimum, int? Maximum, string? Requester, bool? Gold, string? Reward,
    string? Pricing, string? Voters);
