using ChainSpace.Client.Reading;
using ChainSpace.Node.Views.Reading;
using ChainSpace.Rules;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChainSpace.Node.Api;

/// <summary>Answers of endpoints that list.</summary>
internal static class Lists
{
    public const int DefaultLimit = 50;

    public static Results<Ok<Page<T>>, ProblemHttpResult> Result<T>(Ruling<Page<T>, QueryRefusal> ruling) => ruling.IsAccepted
        ? TypedResults.Ok(ruling.State)
        : Problems.Result(new Refused(400, ruling.Refusal.Code, ruling.Refusal.Sentence));
}

/// <summary>Where a list goes on, and how much of it to send (1 to 200; default 50).</summary>
internal readonly record struct ListQuery(string? Cursor, int? Limit)
{
    public PageQuery ToPageQuery() => new(Cursor, Limit ?? Lists.DefaultLimit);
}

/// <summary>Which jobs.</summary>
internal readonly record struct JobListQuery(string? State, string? Account, string? Cursor, int? Limit)
{
    public JobQuery ToJobQuery() => new(State, Account) { Cursor = Cursor, Limit = Limit ?? Lists.DefaultLimit };
}

/// <summary>Which polls.</summary>
internal readonly record struct PollListQuery(
    string? State, string? Category, string? Requester, string? Batch, string? Order, string? Cursor, int? Limit)
{
    public PollQuery ToPollQuery() => new(State, Category, Requester)
    {
        Batch = Batch,
        IsOldestFirst = Order == "oldest",
        Cursor = Cursor,
        Limit = Limit ?? Lists.DefaultLimit,
    };
}
