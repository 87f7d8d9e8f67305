using ChainSpace.Client.Reading;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChainSpace.Node.Api;

/// <summary>Accounts, their history, and the receipts they keep.</summary>
internal static class AccountsApi
{
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/spaces/{space}").WithTags("accounts");
        group.MapGet("/accounts/{account}", AccountAsync).WithName("GetAccount")
            .WithSummary("Balance, reputation and public attributes.").ProducesProblem(404);
        group.MapGet("/accounts/{account}/history", History).WithName("ListHistory")
            .WithSummary("Entries of the account, newest first.").ProducesProblem(400).ProducesProblem(404);
        group.MapGet("/receipts/{index:long}", ReceiptAsync).WithName("GetReceipt")
            .WithSummary("A portable proof that the journal holds an entry.").ProducesProblem(404);
    }

    private static async Task<Results<Ok<AccountView>, ProblemHttpResult>> AccountAsync(
        string space, string account, ISpaceReader reader, CancellationToken cancellationToken) =>
        await reader.AccountAsync(space, account, cancellationToken) is { } view
            ? TypedResults.Ok(view)
            : Problems.NotFound("unknown_account", "This account has not registered in this space.");

    private static Results<Ok<Page<HistoryItem>>, ProblemHttpResult> History(
        string space, string account, [AsParameters] ListQuery query, SpaceDirectory spaces)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        return Bytes32.TryParse(account, out Bytes32 id) && host.Reader.Account(new AccountId(id)) is not null
            ? Lists.Result(host.Reader.History(new AccountId(id), query.ToPageQuery()))
            : Problems.NotFound("unknown_account", "This account has not registered in this space.");
    }

    private static async Task<Results<Ok<ReceiptDocument>, ProblemHttpResult>> ReceiptAsync(
        string space, long index, ISpaceReader reader, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await reader.ReceiptAsync(space, index, cancellationToken) is { } receipt) return TypedResults.Ok(receipt);
        response.Headers.RetryAfter = "1";
        return Problems.NotFound("not_checkpointed", "No checkpoint covers such an entry yet; ask again in a second.");
    }
}
