using ChainSpace.Client.Reading;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChainSpace.Node.Api;

/// <summary>Jobs, the work handed in for them, and how their parties behave.</summary>
internal static class JobsApi
{
    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/spaces/{space}").WithTags("jobs");
        group.MapGet("/jobs", Jobs).WithName("ListJobs")
            .WithSummary("Jobs, newest first; of a state, open or ended, and of an account that posted them or has a part.")
            .ProducesProblem(400).ProducesProblem(404);
        group.MapGet("/jobs/{job}", Job).WithName("GetJob")
            .WithSummary("One job: its parts, its decisions, and who may do what next.").ProducesProblem(404);
        group.MapGet("/accounts/{account}/party", Party).WithName("GetParty")
            .WithSummary("How an account behaves as a party to jobs.").ProducesProblem(404);
        group.MapGet("/submissions/{hash}", Work).WithName("GetWork")
            .WithSummary("Work by its salted hash: 32 bytes of salt, then what was handed in.").ProducesProblem(404);
    }

    private static Results<Ok<Page<JobView>>, ProblemHttpResult> Jobs(
        string space, [AsParameters] JobListQuery query, SpaceDirectory spaces) =>
        spaces.Find(space) is { } host ? Lists.Result(host.Jobs.List(query.ToJobQuery())) : Problems.UnknownSpace;

    private static Results<Ok<JobView>, ProblemHttpResult> Job(string space, string job, SpaceDirectory spaces)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        return Bytes32.TryParse(job, out Bytes32 id) && host.Jobs.Find(new TaskId(id)) is { } view
            ? TypedResults.Ok(view)
            : Problems.NotFound("unknown_job", "There is no such job in this space.");
    }

    private static Results<Ok<PartyView>, ProblemHttpResult> Party(string space, string account, SpaceDirectory spaces)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        return Bytes32.TryParse(account, out Bytes32 id) && host.Jobs.Party(new AccountId(id)) is { } view
            ? TypedResults.Ok(view)
            : Problems.NotFound("unknown_account", "This account has not been a party to a job.");
    }

    private static Results<FileContentHttpResult, ProblemHttpResult> Work(string space, string hash, SpaceDirectory spaces)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        return Bytes32.TryParse(hash, out Bytes32 id) && host.Contents.Find(id) is { } bytes
            ? TypedResults.File(bytes, "application/octet-stream")
            : Problems.NotFound("unknown_work", "There is no such work here, or it was erased.");
    }
}
