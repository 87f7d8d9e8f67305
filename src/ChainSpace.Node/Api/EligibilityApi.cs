using ChainSpace.Client.Reading;
using ChainSpace.Node.Eligibility;
using ChainSpace.Node.Intake;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Filters;
using ChainSpace.Rules;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChainSpace.Node.Api;

/// <summary>What the node decides by filters: who is admitted, and about how many there are.</summary>
internal static class EligibilityApi
{
    public static void MapEligibility(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/spaces/{space}").WithTags("eligibility");
        group.MapPost("/polls/{poll}/admissions", AdmitAsync).WithName("Admit")
            .WithSummary("Lets the asking account into a poll if it meets the poll's filter.")
            .ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        group.MapPost("/filters/count", CountAsync).WithName("CountPeople")
            .WithSummary("About how many accounts meet a filter; small cells are refused, and questions are limited.")
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(429);
    }

    private static async Task<Results<Ok<AdmissionView>, ProblemHttpResult>> AdmitAsync(
        string space, string poll, AdmissionBody body, SpaceDirectory spaces, HttpContext context)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        if (!Bytes32.TryParse(poll, out Bytes32 id)) return Problem(new EligibilityRefusal.UnknownPoll(), host.Currency);
        if (await Knocking.RefuseAsync(context, host, body.Account) is { } problem) return problem;
        var ruling = await host.Eligibility.AdmitAsync(new TaskId(id), new AccountId(Bytes32.Parse(body.Account)));
        return ruling.IsAccepted
            ? TypedResults.Ok(new AdmissionView(ruling.State.Index?.ToString()))
            : Problem(ruling.Refusal, host.Currency);
    }

    private static async Task<Results<Ok<CountView>, ProblemHttpResult>> CountAsync(
        string space, CountBody body, SpaceDirectory spaces, HttpContext context)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        if (await Knocking.RefuseAsync(context, host, body.Account) is { } problem) return problem;
        if (!FilterReader.TryRead(body.Filter, out Filter? filter, out FilterFault? fault)) return Problem(fault);
        if (PollFilters.PurposeFault(filter, body.Purpose) is { } because)
            return Problems.Result(new Refused(400, "purpose_needed", $"{char.ToUpperInvariant(because[0])}{because[1..]}."));
        var ruling = await host.Eligibility.CountAsync(new AccountId(Bytes32.Parse(body.Account)), filter);
        return ruling.IsAccepted ? TypedResults.Ok(ruling.State) : Problem(ruling.Refusal, host.Currency);
    }

    public static ProblemHttpResult Problem(FilterFault fault) => Problems.Result(
        new Refused(400, "wrong_filter", $"The filter at '{fault.Path}' must be {fault.Because}; see spec/filters.md."));

    public static ProblemHttpResult Problem(EligibilityRefusal refusal, Currency currency) => Problems.Result(refusal switch
    {
        EligibilityRefusal.UnknownPoll => new Refused(404, "unknown_poll", "There is no such poll in this space."),
        EligibilityRefusal.UnknownAccount => new Refused(
            404, "unknown_account", "This account has not registered in this space."),
        EligibilityRefusal.NothingToDecide => new Refused(
            409, "nothing_to_decide", "The node decides nothing about this poll: it has no filter for that, or none any more."),
        EligibilityRefusal.NotMet no => new Refused(
            403, "filter_not_met", $"As far as you have shown the node, this does not hold: {no.Condition}."),
        EligibilityRefusal.TooFew few => new Refused(
            403, "too_few", $"Fewer than {few.Smallest} accounts meet this, or nearly all do; so small a group is not counted."),
        EligibilityRefusal.NoQuestionsLeft none => new Refused(
            429, "no_questions_left", $"This account has asked {none.PerDay} times today; ask again tomorrow."),
        EligibilityRefusal.Sensitive => new Refused(
            400, "sensitive", "Nobody can be found by something sensitive; post a poll with such a filter instead."),
        EligibilityRefusal.Ruled ruled => Problems.Of(new Rejection.Ruled(ruled.Refusal), currency),
    });
}
