using System.Globalization;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Settlement;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Settlement;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChainSpace.Node.Api;

/// <summary>Where money lies, and what may be claimed of it.</summary>
internal static class SettlementApi
{
    private const string NoVault = "The space has no vault (yet); spaces of play money never have one.";

    public static void MapSettlement(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/networks", NetworksAsync).WithName("ListNetworks").WithTags("settlement")
            .WithSummary("The settlement networks of this node: what they cost now, how fast and how sure they are.");
        RouteGroupBuilder group = routes.MapGroup("/v1/spaces/{space}").WithTags("settlement");
        group.MapGet("/vault", Vault).WithName("GetVault")
            .WithSummary("The space's vault and its last anchor.").ProducesProblem(404);
        group.MapGet("/accounts/{account}/money", MoneyAsync).WithName("GetMoney")
            .WithSummary("An account's money on its way: deposits not final yet, what waits for an anchor, what may be claimed.")
            .ProducesProblem(404).ProducesProblem(503);
        group.MapGet("/payouts/{account}", Payout).WithName("GetPayout")
            .WithSummary("What an account may claim by the good root, with the proof.").ProducesProblem(404);
        group.MapGet("/payouts", Payouts).WithName("GetPayouts")
            .WithSummary("The payout tree of the good root, as StandardMerkleTree.dump() writes it.")
            .Produces<string>(200, "application/json").ProducesProblem(404);
    }

    private static async Task<Ok<Page<NetworkView>>> NetworksAsync(
        NetworkOverview overview, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Page<NetworkView>(await overview.ReadAsync(cancellationToken), null));

    private static Results<Ok<VaultView>, ProblemHttpResult> Vault(
        string space, SpaceDirectory spaces, SettlementService service)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        if (service.Find(host.Id) is not { } settlement || service.Network(host.Genesis.Network) is not { } network)
            return Problems.NotFound("no_vault", NoVault);
        VaultTerms terms = VaultTerms.TryRead(host.Genesis.Vault.AsSpan())!;
        return TypedResults.Ok(new VaultView
        {
            Network = host.Genesis.Network,
            ChainId = Text((long)host.Genesis.ChainId),
            Vault = settlement.Vault.ToString(),
            Asset = Chains.Address.Of(terms.Asset).ToString(),
            Rpc = network.PublicRpc?.ToString(),
            PriorityPrice = network.Policy.PriorityUnits(host.Genesis.Decimals).ToString(),
            Good = settlement.Good is { Size: > 0 } good
                ? new AnchorView(Text((long)good.Size), "good", good.PayoutRoot.ToString(), null, null)
                : null,
            Anchors = [.. settlement.Anchors],
        });
    }

    private static async Task<Results<Ok<MoneyView>, ProblemHttpResult>> MoneyAsync(
        string space, string account, SpaceDirectory spaces, SettlementService service, CancellationToken cancellationToken)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        if (service.Find(host.Id) is not { } settlement) return Problems.NotFound("no_vault", NoVault);
        if (!Bytes32.TryParse(account, out Bytes32 id) || host.Reader.Account(new AccountId(id)) is not { } known)
            return Problems.NotFound("unknown_account", "This account has not registered in this space.");
        return await AccountMoney.ReadAsync(settlement, known, cancellationToken) is { } money
            ? TypedResults.Ok(money)
            : Problems.Unreachable(host.Genesis.Network);
    }

    private static Results<Ok<PayoutView>, ProblemHttpResult> Payout(
        string space, string account, SpaceDirectory spaces, SettlementService service)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        if (service.Find(host.Id) is not { Good: { Size: > 0 } good } settlement)
            return Problems.NotFound("no_payouts", "Nothing can be claimed yet: no anchor of this space is good.");
        if (settlement.GoodPayouts() is not { } payouts || !Bytes32.TryParse(account, out Bytes32 id))
            return Problems.NotFound("unknown_account", "This account has no payouts in this space.");
        if (payouts.Find(new AccountId(id)) is not { } leaf)
            return Problems.NotFound("unknown_account", "This account has no payouts in this space.");
        return TypedResults.Ok(new PayoutView
        {
            Account = account,
            Size = Text((long)good.Size),
            PayoutRoot = good.PayoutRoot.ToString(),
            Claimable = leaf.Claimable.ToString(),
            Net = leaf.Net.ToString(CultureInfo.InvariantCulture),
            Proof = [.. payouts.Prove(leaf.Account).Select(static hash => hash.ToString())],
        });
    }

    private static Results<PhysicalFileHttpResult, ProblemHttpResult> Payouts(
        string space, SpaceDirectory spaces, SettlementService service)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        SpaceSettlement? settlement = service.Find(host.Id);
        bool isKept = settlement?.GoodPayouts() is not null;
        return isKept && settlement is { Good: { } good } && settlement.Payouts.Find((long)good.Size) is { } path
            ? TypedResults.PhysicalFile(path, "application/json")
            : Problems.NotFound("no_payouts", "Nothing can be claimed yet: no anchor of this space is good.");
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
