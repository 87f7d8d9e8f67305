using ChainSpace.Client.Reading;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChainSpace.Node.Api;

/// <summary>Who was drawn, and what waits for an account.</summary>
internal static class SelectionApi
{
    public static void MapSelection(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/spaces/{space}");
        group.MapGet("/polls/{poll}/seats", Seats).WithName("ListSeats").WithTags("spaces")
            .WithSummary("Who was drawn for a poll, and whose seat has lapsed.").ProducesProblem(400).ProducesProblem(404);
        group.MapGet("/accounts/{account}/inbox", Inbox).WithName("GetInbox").WithTags("accounts")
            .WithSummary("What the account can do now, the most urgent first, and what it was paid lately.")
            .ProducesProblem(404);
    }

    private static Results<Ok<Page<SeatView>>, ProblemHttpResult> Seats(
        string space, string poll, [AsParameters] ListQuery query, SpaceDirectory spaces)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        return Bytes32.TryParse(poll, out Bytes32 id) && host.Reader.Poll(new TaskId(id)) is not null
            ? Lists.Result(host.Reader.Seats(new TaskId(id), query.ToPageQuery()))
            : Problems.NotFound("unknown_poll", "There is no such poll in this space.");
    }

    private static Results<Ok<Page<InboxItem>>, ProblemHttpResult> Inbox(string space, string account, SpaceDirectory spaces)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        return Bytes32.TryParse(account, out Bytes32 id) && host.Reader.Inbox(new AccountId(id)) is { } inbox
            ? TypedResults.Ok(inbox)
            : Problems.NotFound("unknown_account", "This account has not registered in this space.");
    }
}
