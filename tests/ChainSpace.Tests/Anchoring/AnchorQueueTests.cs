using ChainSpace.Node.Anchoring;
using ChainSpace.Protocol;
using CsCheck;

namespace ChainSpace.Tests.Anchoring;

/// <summary>What is anchored next, for any wishes and any budget.</summary>
public sealed class AnchorQueueTests
{
    private static readonly Gen<AnchorWish[]> Wishes = Gen.Select(
            Gen.OneOf(Gen.Const(0.0), Gen.Double[0.1, 6]), Gen.OneOf(Gen.Const(0.0), Gen.Double[0.1, 3]), Gen.Bool,
            Gen.ULong[60_000, 300_000])
        .Array[0, 12]
        .Select(static all => all.Select(static (each, place) =>
            new AnchorWish(Space(place), each.Item1, each.Item3 ? each.Item2 : 0, each.Item3, each.Item4)).ToArray());

    private static readonly Gen<(AnchorWish[], ulong)> Moments = Gen.Select(Wishes, Gen.ULong[0, 2_000_000]);

    [Fact]
    public void Nothing_costs_more_than_the_budget_has() => Moments.Sample(static moment =>
    {
        AnchorPlan plan = AnchorQueue.Choose(moment.Item1, moment.Item2);
        ulong cost = plan.Vaults.Aggregate(0UL, static (sum, each) => sum + each.VaultGas)
            + (plan.Shared.IsEmpty ? 0 : AnchorQueue.SuperGas);
        Assert.Equal(cost, plan.Gas);
        Assert.True(cost <= moment.Item2);
    });

    [Fact]
    public void Nobody_is_overtaken_by_one_who_wants_it_less() => Moments.Sample(static moment =>
    {
        AnchorPlan plan = AnchorQueue.Choose(moment.Item1, moment.Item2);
        Assert.All(plan.Vaults, static each => Assert.True(each.Vault >= 1));
        double last = plan.Vaults.Select(static each => each.Vault).DefaultIfEmpty(double.MaxValue).Min();
        AnchorWish[] left = [.. moment.Item1.Where(each => each.Vault >= 1 && !plan.Vaults.Contains(each))];
        Assert.All(left, each => Assert.True(each.Vault <= last));
    });

    [Fact]
    public void With_gas_for_all_everybody_who_wants_it_enough_is_anchored_once() => Wishes.Sample(static wishes =>
    {
        AnchorPlan plan = AnchorQueue.Choose(wishes, 10_000_000);
        AnchorWish[] anchored = [.. plan.Vaults, .. plan.Shared];
        Assert.Equal(anchored.Length, anchored.Select(static each => each.Space).Distinct().Count());
        Assert.All(wishes.Where(static each => each.Vault >= 1), each => Assert.Contains(each, plan.Vaults));
        Assert.All(wishes.Where(static each => each.Proof >= 1), each => Assert.Contains(each, anchored));
    });

    [Fact]
    public void One_super_root_carries_all_that_is_new_as_soon_as_one_of_them_wants_it() => Wishes.Sample(static wishes =>
    {
        AnchorPlan plan = AnchorQueue.Choose(wishes, 10_000_000);
        AnchorWish[] rest = [.. wishes.Where(each => each.HasNews && !plan.Vaults.Contains(each))];
        bool isWanted = wishes.Any(static each => each.Proof >= 1);
        Assert.Equal(isWanted ? rest.OrderBy(static each => each.Space) : [], plan.Shared.OrderBy(static each => each.Space));
    });

    [Fact]
    public void Who_has_to_wait_for_gas_is_proved_with_the_others_meanwhile()
    {
        AnchorWish dear = new(Space(1), 5, 0.2, true, 300_000), cheap = new(Space(2), 2, 0.1, true, 60_000);
        AnchorPlan plan = AnchorQueue.Choose([cheap, dear], 200_000);
        Assert.Empty(plan.Vaults);
        Assert.Equal([dear, cheap], plan.Shared);
    }

    [Fact]
    public void The_order_of_asking_changes_nothing() => Moments.Sample(static moment =>
    {
        AnchorPlan one = AnchorQueue.Choose(moment.Item1, moment.Item2);
        AnchorPlan other = AnchorQueue.Choose([.. moment.Item1.Reverse()], moment.Item2);
        Assert.Equal(one.Vaults, other.Vaults);
        Assert.Equal(one.Shared, other.Shared);
    });

    private static SpaceId Space(int place) => new(Bytes32.Read([.. new byte[31], (byte)place]));
}
