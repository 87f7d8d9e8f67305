using ChainSpace.Client.Reading;
using ChainSpace.Node.Settlement;
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
        group.MapGet("/accounts/{account}", Account).WithName("GetAccount")
            .WithSummary("Balance, reputation and public attributes.").ProducesProblem(404);
        group.MapGet("/accounts/{account}/history", History).WithName("ListHistory")
            .WithSummary("Entries of the account, newest first.").ProducesProblem(400).ProducesProblem(404);
        group.MapGet("/receipts/{index:long}", Receipt).WithName("GetReceipt")
            .WithSummary("A portable proof that the journal holds an entry.").ProducesProblem(404);
    }

    private static Results<Ok<AccountView>, ProblemHttpResult> Account(string space, string account, SpaceDirectory spaces)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        return Bytes32.TryParse(account, out Bytes32 id) && host.Reader.Account(new AccountId(id)) is { } view
            ? TypedResults.Ok(view)
            : Problems.NotFound("unknown_account", "This account has not registered in this space.");
    }

    private static Results<Ok<Page<HistoryItem>>, ProblemHttpResult> History(
        string space, string account, [AsParameters] ListQuery query, SpaceDirectory spaces)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        return Bytes32.TryParse(account, out Bytes32 id) && host.Reader.Account(new AccountId(id)) is not null
            ? Lists.Result(host.Reader.History(new AccountId(id), query.ToPageQuery()))
            : Problems.NotFound("unknown_account", "This account has not registered in this space.");
    }

    private static Results<Ok<ReceiptDocument>, ProblemHttpResult> Receipt(
        string space, long index, SpaceDirectory spaces, ReceiptDesk receipts, HttpResponse response)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        // Whoever was told an index finds it here at once: entries are durable before anyone is answered.
        if (index < 0 || index >= host.Journal.Size) return Problems.NotFound("not_found", "The journal has no such entry.");
        if (receipts.ReceiptOf(host, new EntryIndex(index)) is { } receipt) return TypedResults.Ok(receipt);
        response.Headers.RetryAfter = "1";
        return Problems.NotFound("not_checkpointed", "No checkpoint covers the entry yet; ask again in a second.");
    }
}
