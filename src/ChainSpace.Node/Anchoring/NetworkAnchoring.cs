using ChainSpace.Chains.Fees;
using ChainSpace.Node.Settlement;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Anchoring;

/// <summary>Anchors all spaces of a node on one network, as the queue chooses. One loop calls it.</summary>
internal sealed class NetworkAnchoring(NetworkHost network)
{
    private GasBudget budget = GasBudget.Full(network.Policy.GasPerHour, network.Now);

    public SuperAnchors Supers { get; } = new(network);

    /// <summary>Takes what is under way further, and begins what is wanted and fits into the budget.</summary>
    public async Task StepAsync(IReadOnlyList<AnchoredSpace> spaces, CancellationToken cancellationToken)
    {
        await Supers.StepAsync(spaces, cancellationToken);
        Dictionary<SpaceId, AnchoredSpace> byId = spaces.ToDictionary(static each => each.Host.Id);
        List<AnchorWish> wishes = [];
        foreach (AnchoredSpace space in spaces) wishes.Add(await WishOfAsync(space));
        budget = budget.Later(network.Policy.GasPerHour, network.Now);
        AnchorPlan plan = AnchorQueue.Choose(wishes, (ulong)Math.Max(0, budget.Left));
        budget = budget.Spend(plan.Gas);
        foreach (AnchorWish wish in plan.Vaults)
            await byId[wish.Space].Settlement!.AnchorAsync(AnchorPolicy.UrgencyOf(wish.Vault));
        if (plan.Shared.IsEmpty) return;
        Urgency urgency = AnchorPolicy.UrgencyOf(plan.Shared.Max(static each => each.Proof));
        await Supers.MakeAsync([.. plan.Shared.Select(each => byId[each.Space])], urgency, cancellationToken);
    }

    private async Task<AnchorWish> WishOfAsync(AnchoredSpace space)
    {
        AnchorDemand demand = new();
        await space.Host.Sequencer.RunAsync(engine =>
        {
            demand = space.Settlement?.DemandOf(engine.State)
                ?? new AnchorDemand { HasNews = engine.State.Size > 1 };
            long shared = Supers.Covered(space.Host.Id);
            demand = demand with
            {
                HasNews = demand.HasNews && engine.State.Size > shared && !Supers.IsUnderWay,
                SinceProof = Min(demand.SinceProof, network.SinceMilliseconds(Supers.MadeAt(space.Host.Id))),
            };
        });
        return new AnchorWish(
            space.Host.Id, network.Policy.VaultPressure(demand), network.Policy.ProofPressure(demand), demand.HasNews,
            space.Settlement?.GasOfAnchor ?? 0);
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
