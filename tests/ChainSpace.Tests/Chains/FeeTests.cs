using System.Collections.Immutable;
using ChainSpace.Chains;
using ChainSpace.Chains.Fees;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Transactions;
using CsCheck;

namespace ChainSpace.Tests.Chains;

public sealed class FeeTests
{
    private static readonly Gen<Wei> _fee =
        Gen.Select(Gen.ULong, Gen.Int[0, 70], (value, shift) => new Wei((UInt128)value << shift >> 20));

    private static readonly Gen<Wei> _highest = Gen.Const(FeeChoice.CeilingMax);

    private static readonly Gen<FeeHistory> _history = Gen.Select(
        _fee.Array[1, 21], Gen.Select(_fee.Array[3], row => row.ToImmutableArray()).Array[0, 20],
        (fees, rows) => new FeeHistory([.. fees], [.. rows]));

    [Theory]
    [InlineData(Urgency.Patient, 100, 3, 128)]
    [InlineData(Urgency.Normal, 100, 5, 205)]
    [InlineData(Urgency.Urgent, 100, 9, 309)]
    public void The_more_urgent_the_more_is_offered(Urgency urgency, ulong baseFee, ulong priority, ulong maxFee)
    {
        FeeDecision decision = FeeChoice.Choose(History(baseFee, 3, 5, 9), urgency, Wei.FromGwei(1000));
        Assert.Equal(new FeeDecision.Pay(new GasPrice(Wei.FromGwei(maxFee), Wei.FromGwei(priority))), decision);
    }

    [Fact]
    public void Above_the_ceiling_nothing_is_offered_and_near_it_the_ceiling()
    {
        Wei ceiling = Wei.FromGwei(150);
        Assert.Equal(
            new FeeDecision.TooDear(Wei.FromGwei(150), ceiling),
            FeeChoice.Choose(History(150, 1, 1, 1), Urgency.Normal, ceiling));
        FeeDecision.Pay pay = Assert.IsType<FeeDecision.Pay>(FeeChoice.Choose(History(149, 1, 500, 1), Urgency.Normal, ceiling));
        Assert.Equal(new GasPrice(ceiling, ceiling), pay.Price);
    }

    [Fact]
    public void Where_nobody_has_paid_a_priority_a_little_is_offered()
    {
        FeeHistory silent = new([new Wei(7)], []);
        FeeDecision.Pay pay = Assert.IsType<FeeDecision.Pay>(FeeChoice.Choose(silent, Urgency.Normal, Wei.FromGwei(1)));
        Assert.Equal(new GasPrice(new Wei(1_000_014), new Wei(1_000_000)), pay.Price);
    }

    [Fact]
    public void No_history_makes_an_offer_above_the_ceiling_or_a_priority_above_the_offer() =>
        Gen.Select(_history, Gen.OneOf(_fee, _highest), Gen.Enum<Urgency>()).Sample((history, top, urgency) =>
        {
            Wei ceiling = Wei.Min(top, FeeChoice.CeilingMax);
            if (FeeChoice.Choose(history, urgency, ceiling) is not FeeDecision.Pay { Price: var price }) return;
            Assert.True(price.MaxFee <= ceiling && price.Priority <= price.MaxFee && price.MaxFee > history.NextBaseFee);
        });

    [Fact]
    public void A_replacement_is_an_eighth_dearer_in_both_parts_or_none() =>
        Gen.Select(_history, _fee, _fee, _fee).Sample((history, maxFee, priority, top) =>
        {
            Wei ceiling = Wei.Min(top, FeeChoice.CeilingMax);
            GasPrice before = new(maxFee, Wei.Min(priority, maxFee));
            if (FeeChoice.Replace(before, history, Urgency.Normal, ceiling) is not FeeDecision.Pay { Price: var after }) return;
            Assert.True(after.MaxFee <= ceiling && after.Priority <= after.MaxFee);
            Assert.True(after.MaxFee.Units * 8 >= before.MaxFee.Units * 9);
            Assert.True(after.Priority.Units * 8 >= before.Priority.Units * 9);
        });

    [Fact]
    public void A_replacement_that_the_ceiling_forbids_says_what_it_would_take()
    {
        GasPrice before = new(new Wei(801), new Wei(1));
        Assert.Equal(
            new FeeDecision.TooDear(new Wei(902), new Wei(901)),
            FeeChoice.Replace(before, new FeeHistory([new Wei(1)], []), Urgency.Normal, new Wei(901)));
    }

    private static FeeHistory History(ulong baseFee, params ulong[] priorities) =>
        new([Wei.FromGwei(baseFee)], [[.. priorities.Select(Wei.FromGwei)]]);
}
