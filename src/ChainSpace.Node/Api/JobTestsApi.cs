using ChainSpace.Client.Reading;
using ChainSpace.Node.Checking;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChainSpace.Node.Api;

/// <summary>Hidden tests of jobs: handed in by whoever has them, read by anybody once the job has ended.</summary>
internal static class JobTestsApi
{
    private const string Route = "/v1/spaces/{space}/jobs/{job}/tests";

    public static void MapJobTests(this IEndpointRouteBuilder routes)
    {
        routes.MapPut(Route, PutAsync).WithName("PutTests").WithTags("jobs")
            .WithSummary("Hands in the suite whose hash the job's content names; its JSON is the body.")
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(413);
        routes.MapGet(Route, GetAsync).WithName("GetTests").WithTags("jobs")
            .WithSummary("The suite, once the job has ended.").ProducesProblem(404);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> PutAsync(
        string space, string job, SpaceDirectory spaces, HttpRequest request)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        if (!Bytes32.TryParse(job, out Bytes32 id)) return UnknownJob;
        NamedTests named = await SuiteDesk.NamedAsync(host, new TaskId(id));
        if (!named.IsKnown) return UnknownJob;
        if (named.Hash is not { } hash) return NoTests;
        using BodyBuffer body = await BodyBuffer.ReadAsync(request, SuiteDesk.Limit);
        if (body.IsTooLarge)
            return Problems.Result(new Refused(413, "too_large", $"A suite has at most {SuiteDesk.Limit} bytes."));
        return SuiteDesk.Keep(host, hash, body.Bytes.Span) is { } fault
            ? Problems.Result(new Refused(400, "wrong_tests", fault))
            : TypedResults.NoContent();
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> GetAsync(
        string space, string job, SpaceDirectory spaces)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        if (!Bytes32.TryParse(job, out Bytes32 id)) return UnknownJob;
        NamedTests named = await SuiteDesk.NamedAsync(host, new TaskId(id));
        if (!named.IsKnown) return UnknownJob;
        if (named.Hash is not { } hash || host.Suites.Find(hash) is not { } json) return NoTests;

        // An ended job leaves the state, not the views.
        return host.Jobs.Find(new TaskId(id))?.State == "ended"
            ? TypedResults.File(json, "application/json")
            : Problems.NotFound("tests_hidden", "The tests of this job are hidden until it has ended.");
    }

    private static ProblemHttpResult UnknownJob => Problems.NotFound("unknown_job", "There is no such job in this space.");

    private static ProblemHttpResult NoTests => Problems.NotFound(
        "no_tests", "The job names no hidden tests, or nobody has handed them in.");
}
