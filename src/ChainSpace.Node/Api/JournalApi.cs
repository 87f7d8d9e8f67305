using System.Globalization;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChainSpace.Node.Api;

/// <summary>The journal as others' tools read it (C2SP tlog-tiles), and the content beside it.</summary>
internal static class JournalApi
{
    // A full tile never changes; a partial one is replaced when it grows.
    private const string Forever = "public, max-age=31536000, immutable";

    public static void MapJournal(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/spaces/{space}").WithTags("journal");
        group.MapGet("/checkpoint", Checkpoint).WithName("GetCheckpoint")
            .WithSummary("The newest signed checkpoint.").Produces<string>(200, "text/plain").ProducesProblem(404);
        group.MapGet("/tile/{**path}", TileOrBundle).WithName("GetTile")
            .WithSummary("A tile of hashes, or a bundle of entries.")
            .Produces<byte[]>(200, "application/octet-stream").ProducesProblem(404);
        group.MapGet("/consistency", Consistency).WithName("GetConsistency")
            .WithSummary("That the journal of one size begins with that of another.").ProducesProblem(400).ProducesProblem(404);
        group.MapGet("/content/{hash}", Content).WithName("GetContent")
            .WithSummary("Salt and content behind a hash, until erased.").ProducesProblem(404);
    }

    private static Results<Utf8ContentHttpResult, ProblemHttpResult> Checkpoint(string space, SpaceDirectory spaces)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        return host.Journal.LatestCheckpoint() is { } latest
            ? TypedResults.Text(latest.Note.Span, "text/plain; charset=utf-8")
            : Problems.NotFound("not_found", "There is no checkpoint yet.");
    }

    private static Results<FileContentHttpResult, ProblemHttpResult> TileOrBundle(
        string space, string path, SpaceDirectory spaces, HttpResponse response)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        if (Read(host, "tile/" + path) is not { } bytes)
            return Problems.NotFound("not_found", "The journal has no such tile (yet).");
        response.Headers.CacheControl = Forever;
        return TypedResults.Bytes(bytes, "application/octet-stream");
    }

    private static byte[]? Read(SpaceHost space, string path)
    {
        if (EntryBundle.TryParse(path, out EntryBundle bundle)) return space.Journal.ReadBundle(bundle);
        return Tile.TryParse(path, out Tile tile) ? space.Journal.ReadTile(tile) : null;
    }

    private static Results<Ok<ConsistencyView>, ProblemHttpResult> Consistency(
        string space, long from, long to, SpaceDirectory spaces)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        if (from < 0 || to < from || to > host.Journal.Size)
            return Problems.Result(new Refused(400, "wrong_sizes", "0 ≤ from ≤ to ≤ the journal's size."));
        ConsistencyProof proof = host.Journal.ProveConsistency(from, to);
        return TypedResults.Ok(new ConsistencyView(Text(from), Text(to), [.. proof.Path.Select(static h => h.ToString())]));
    }

    private static Results<Ok<ContentView>, ProblemHttpResult> Content(string space, string hash, SpaceDirectory spaces)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        return Bytes32.TryParse(hash, out Bytes32 id) && host.Contents.Find(id) is { } bytes
            ? TypedResults.Ok(new ContentView(hash, Convert.ToBase64String(bytes)))
            : Problems.NotFound("not_found", "There is no such content, or it was erased.");
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
