using ChainSpace.Client.Reading;
using ChainSpace.Node.Eligibility;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Credentials;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChainSpace.Node.Api;

/// <summary>What accounts show the node of themselves; nothing of it enters the journal.</summary>
internal static class AttributesApi
{
    public static void MapAttributes(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/spaces/{space}").WithTags("attributes");
        group.MapGet("/challenge", Challenge).WithName("GetChallenge")
            .WithSummary("A nonce for the next signature to this space.").ProducesProblem(404);
        group.MapPost("/accounts/{account}/attributes", ShowAsync).WithName("ShowAttributes")
            .WithSummary("Shows attributes to the node, in place of what the same issuer stated before.")
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(404);
        group.MapGet("/accounts/{account}/attributes", ExportAsync).WithName("ExportAttributes")
            .WithSummary("All that the node keeps of what the account has shown; for the account only.")
            .ProducesProblem(401).ProducesProblem(404);
        group.MapDelete("/accounts/{account}/attributes", DeleteAsync).WithName("DeleteAttributes")
            .WithSummary("Forgets all of it; for the account only.").ProducesProblem(401).ProducesProblem(404);
    }

    private static Results<Ok<ChallengeView>, ProblemHttpResult> Challenge(
        string space, SpaceDirectory spaces, HttpResponse response)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        Doorkeeper door = host.Eligibility.Door;
        response.Headers.CacheControl = "no-store";
        Moment until = new(door.Now.Milliseconds + KeyBinding.SkewMilliseconds);
        return TypedResults.Ok(new ChallengeView(door.Nonces.Make(door.Now), door.Audience, until.ToString()));
    }

    private static async Task<Results<Ok<PresentationView>, ProblemHttpResult>> ShowAsync(
        string space, string account, PresentationBody body, SpaceDirectory spaces)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        if (!Bytes32.TryParse(account, out Bytes32 id)) return Knocking.UnknownAccount;
        EligibilityDesk desk = host.Eligibility;
        if (await desk.Door.CheckAsync(body.Presentation, new AccountId(id)) is { } fault) return Knocking.Problem(fault);
        if (body.IsPublished && PresentationShows.IsSensitive(body.Presentation))
            return Problems.Result(new Refused(400, "sensitive", "Something sensitive cannot be published; show it without."));
        Presentation kept = desk.Attributes.Keep(new AccountId(id), body.Presentation, desk.Door.Now, body.IsPublished);
        return TypedResults.Ok(PresentationShows.View(kept));
    }

    private static async Task<Results<Ok<Page<PresentationView>>, ProblemHttpResult>> ExportAsync(
        string space, string account, SpaceDirectory spaces, HttpContext context)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        if (await Knocking.RefuseAsync(context, host, account) is { } problem) return problem;
        context.Response.Headers.CacheControl = "no-store";
        IReadOnlyList<Presentation> kept = host.Eligibility.Attributes.Of(new AccountId(Bytes32.Parse(account)));
        return TypedResults.Ok(new Page<PresentationView>([.. kept.Select(PresentationShows.View)], null));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string space, string account, SpaceDirectory spaces, HttpContext context)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        if (await Knocking.RefuseAsync(context, host, account) is { } problem) return problem;
        host.Eligibility.Attributes.Forget(new AccountId(Bytes32.Parse(account)));
        return TypedResults.NoContent();
    }
}
