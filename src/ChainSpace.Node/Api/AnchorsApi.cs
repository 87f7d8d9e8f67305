using System.Globalization;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Settlement;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChainSpace.Node.Api;

/// <summary>Where witnesses read what they are asked to sign, and hand in their signatures.</summary>
internal static class AnchorsApi
{
    public static void MapAnchors(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/spaces/{space}/anchors/{size}").WithTags("settlement");
        group.MapGet("", Read).WithName("GetEndorsement")
            .WithSummary("What witnesses sign of the anchor that waits for them, and who has.").ProducesProblem(404);
        group.MapPost("/signatures", Sign).WithName("PostSignature")
            .WithSummary("Hands in a witness's signature of an anchor.")
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
    }

    private static Results<Ok<EndorsementView>, ProblemHttpResult> Read(
        string space, string size, SpaceDirectory spaces, SettlementService service)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        return Find(host, size, service) is { } place
            ? TypedResults.Ok(Show(place, host))
            : UnknownAnchor;
    }

    private static Results<Ok<EndorsementView>, ProblemHttpResult> Sign(
        string space, string size, WitnessSignature signature, SpaceDirectory spaces, SettlementService service)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        if (Find(host, size, service) is not { } place) return UnknownAnchor;
        // Nothing for what is no hexadecimal at all: nobody has made it.
        byte[] bytes = Hex.Decode(signature.Signature ?? "") ?? [];
        EndorsementRefusal? refusal = place.Endorsements.Take(place.Anchor, signature.Witness, bytes);
        return refusal is null ? TypedResults.Ok(Show(place, host)) : Problems.Result(Problems.Of(refusal));
    }

    private static ProblemHttpResult UnknownAnchor =>
        Problems.NotFound("unknown_anchor", "No anchor of this size waits for witnesses in this space.");

    private sealed record Place(SpaceSettlement Settlement, Endorsements Endorsements, AnchorMemory Anchor);

    private static Place? Find(SpaceHost host, string size, SettlementService service)
    {
        SpaceSettlement? settlement = service.Find(host.Id);
        if (settlement is not { Endorsements: { } endorsements, Awaiting: { } anchor }) return null;
        return Text(anchor.Size) == size ? new Place(settlement, endorsements, anchor) : null;
    }

    private static EndorsementView Show(Place place, SpaceHost host) => new()
    {
        Size = Text(place.Anchor.Size),
        Root = place.Anchor.Root,
        PayoutRoot = place.Anchor.PayoutRoot,
        Vault = place.Settlement.Vault.ToString(),
        ChainId = Text((long)host.Genesis.ChainId),
        Threshold = place.Endorsements.Threshold,
        Witnesses = [.. place.Endorsements.Witnesses.Select(static each => each.ToString())],
        Signatures = place.Endorsements.Signatures(place.Anchor),
    };

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
