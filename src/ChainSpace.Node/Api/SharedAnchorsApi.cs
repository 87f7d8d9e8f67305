using System.Globalization;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Anchoring;
using ChainSpace.Node.Settlement;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Settlement;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChainSpace.Node.Api;

/// <summary>What super-roots prove on which networks: heads of spaces, and the reputation of accounts.</summary>
internal static class SharedAnchorsApi
{
    public static void MapShared(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/spaces/{space}").WithTags("settlement");
        group.MapGet("/anchors", Anchors).WithName("ListAnchors")
            .WithSummary("The space's newest head on each network that has it under a super-root, with the proof.")
            .ProducesProblem(404);
        group.MapGet("/accounts/{account}/scores", Scores).WithName("ListScores")
            .WithSummary("An account's reputation on each such network, with the proofs that a contract there checks.")
            .ProducesProblem(404);
    }

    private static Results<Ok<Page<SharedAnchorView>>, ProblemHttpResult> Anchors(
        string space, SpaceDirectory spaces, SettlementService service)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        return TypedResults.Ok(new Page<SharedAnchorView>(
            [.. ProofsOf(host, service).Select(static each => Show(each.Network, each.Proof))], null));
    }

    private static Results<Ok<Page<ScoresView>>, ProblemHttpResult> Scores(
        string space, string account, SpaceDirectory spaces, SettlementService service)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        if (!Bytes32.TryParse(account, out Bytes32 id) || host.Reader.Account(new AccountId(id)) is null)
            return Problems.NotFound("unknown_account", "This account has not registered in this space.");
        List<ScoresView> views = [];
        foreach ((NetworkHost network, SuperAnchors supers, SuperHeadProof proof) in ProofsOf(host, service))
        {
            if (supers.ScoresOf(proof.Proof) is not { } tree) continue;
            ScoreView[] scores = [.. tree.Find(new AccountId(id)).Select(static each => Show(each.Leaf, each.Path))];
            if (scores.Length > 0) views.Add(new ScoresView(Show(network, proof), scores));
        }

        return TypedResults.Ok(new Page<ScoresView>(views, null));
    }

    private static IEnumerable<(NetworkHost Network, SuperAnchors Supers, SuperHeadProof Proof)> ProofsOf(
        SpaceHost host, SettlementService service)
    {
        foreach ((NetworkHost network, SuperAnchors supers) in service.Anchorings)
            if (supers.Find(host.Id) is { } proof) yield return (network, supers, proof);
    }

    private static SharedAnchorView Show(NetworkHost network, SuperHeadProof proof)
    {
        SuperLeaf leaf = proof.Proof.Leaf;
        return new SharedAnchorView
        {
            Network = network.Setup.Name,
            ChainId = network.Setup.ChainId.ToString(),
            Rpc = network.PublicRpc?.ToString(),
            Anchorage = network.Anchorage.Address.ToString(),
            Operator = proof.Head.Operator.ToString(),
            PreviousHead = proof.Head.Previous.ToString(),
            SuperRoot = proof.Head.SuperRoot.ToString(),
            Size = Text(leaf.Size),
            Root = leaf.Root.ToString(),
            PayoutRoot = leaf.PayoutRoot.ToString(),
            ReputationRoot = leaf.ReputationRoot.ToString(),
            Proof = Texts(proof.Proof.Path),
            Height = Text(proof.Height),
            Transaction = proof.Transaction,
        };
    }

    private static ScoreView Show(ScoreLeaf leaf, IEnumerable<Bytes32> path) =>
        new(leaf.Category, Text(leaf.Score), Text(leaf.Bound), Text(leaf.Count), Texts(path));

    private static string[] Texts(IEnumerable<Bytes32> hashes) => [.. hashes.Select(static hash => hash.ToString())];

    private static string Text(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
