using System.Collections.Immutable;
using ChainSpace.Chains;
using ChainSpace.Chains.Networks;
using ChainSpace.Chains.Rpc;
using CsCheck;

namespace ChainSpace.Tests.Chains;

public sealed class NetworkAdvisorTests
{
    private static readonly Gen<NetworkQuote> Quote =
        from name in Gen.Int[0, 9]
        from level in Gen.Enum<FinalityClass>()
        from seconds in Gen.Int[1, 1_000]
        from window in Gen.Int[1, 200_000]
        from cost in Gen.ULong[0, 1UL << 50]
        from isKnown in Gen.Int[0, 4]
        select new NetworkQuote(
            $"n{name}", level, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(window),
            isKnown == 0 ? null : new NetworkCosts(new Wei(cost), new Wei(cost * 3), new Wei(cost * 2), new Wei(cost * 100)));

    private static readonly Gen<NetworkQuote[]> Quotes =
        Quote.Array[0, 6].Select(static all => all.DistinctBy(static each => each.Name).ToArray());

    private static readonly Gen<SettlementNeeds> Needs =
        from risk in Gen.Decimal[0, 300_000]
        from anchors in Gen.Int[1, 500]
        from budget in Gen.OneOf(Gen.Decimal[0, 50].Select(static each => (decimal?)each), Gen.Const((decimal?)null))
        from prices in Gen.Int[0, 3_000].Array[10]
        select new SettlementNeeds(risk, anchors)
        {
            BudgetPerDay = budget,
            CoinPrices = prices.Select(static (price, place) => (price, place)).Where(static each => each.price % 4 != 0)
                .ToImmutableDictionary(static each => $"n{each.place}", static each => (decimal)each.price),
        };

    [Fact]
    public void What_is_taken_fits_and_none_that_fits_is_cheaper() => Gen.Select(Quotes, Needs).Sample((quotes, needs) =>
    {
        NetworkFit.Fits[] fits = [.. quotes.Select(each => NetworkAdvisor.Judge(each, needs)).OfType<NetworkFit.Fits>()];
        NetworkAdvice advice = NetworkAdvisor.Pick(quotes, needs);
        Assert.Equal(fits.Length > 0, advice is NetworkAdvice.Take);
        if (advice is not NetworkAdvice.Take take) return;
        Assert.True(take.Quote.Class >= needs.Class);
        Assert.IsType<NetworkFit.Fits>(NetworkAdvisor.Judge(take.Quote, needs));
        if (needs.BudgetPerDay is { } budget) Assert.True(take.PerDay <= budget);
        Assert.Equal(fits.Min(static each => each.PerDay), take.PerDay);
    });

    [Fact]
    public void More_at_risk_never_leads_to_a_weaker_class() =>
        Gen.Select(Quotes, Needs, Gen.Decimal[0, 200_000]).Sample((quotes, needs, more) =>
        {
            SettlementNeeds higher = needs with { ValueAtRisk = needs.ValueAtRisk + more };
            if (NetworkAdvisor.Pick(quotes, higher) is not NetworkAdvice.Take high) return;
            NetworkAdvice.Take low = Assert.IsType<NetworkAdvice.Take>(NetworkAdvisor.Pick(quotes, needs));
            Assert.True(high.Quote.Class >= needs.Class && higher.Class >= needs.Class);
            Assert.False(low.PerDay > high.PerDay);
            if (low.Quote.Class >= higher.Class) Assert.Equal(low.Quote, high.Quote);
            else Assert.True(high.Quote.Class > low.Quote.Class);
        });

    [Fact]
    public void A_larger_budget_changes_no_choice_and_can_only_make_one_possible() =>
        Gen.Select(Quotes, Needs, Gen.Decimal[0, 100]).Sample((quotes, needs, more) =>
        {
            if (NetworkAdvisor.Pick(quotes, needs) is not NetworkAdvice.Take before) return;
            Assert.Equal(before, NetworkAdvisor.Pick(quotes, needs with { BudgetPerDay = needs.BudgetPerDay + more }));
        });

    [Fact]
    public void More_anchors_never_cost_less() => Gen.Select(Quote, Gen.Int[1, 500], Gen.Int[0, 500]).Sample(
        (quote, anchors, more) => Assert.True(quote.Costs is null || quote.PerDay(anchors) <= quote.PerDay(anchors + more)));

    [Fact]
    public void The_order_of_the_networks_does_not_matter() => Gen.Select(Quotes, Needs).Sample((quotes, needs) =>
        Assert.Equal(
            NetworkAdvisor.Pick(quotes, needs) as NetworkAdvice.Take,
            NetworkAdvisor.Pick(quotes.Reverse(), needs) as NetworkAdvice.Take));

    [Fact]
    public void Why_none_fits_is_said()
    {
        NetworkQuote fast = Known("fast", FinalityClass.Fast, 1), strong = Known("strong", FinalityClass.Strong, 100_000);
        SettlementNeeds needs = new(200_000, 10) { BudgetPerDay = 1, OtherCoinPrice = 3_000 };
        Assert.Equal(new NetworkAdvice.NothingStrongEnough(FinalityClass.Strong), NetworkAdvisor.Pick([fast], needs));

        // Ten anchors a day, one window a day: 10 × 100,000 + 200,000 wei at 3,000 a coin.
        Assert.Equal(new NetworkAdvice.Take(strong, 0.0000000036m), NetworkAdvisor.Pick([fast, strong], needs));
        Assert.Equal(
            new NetworkAdvice.OverBudget(strong, 0.0000000036m),
            NetworkAdvisor.Pick([fast, strong], needs with { BudgetPerDay = 0 }));
        NetworkAdvice.NothingPriced unpriced = Assert.IsType<NetworkAdvice.NothingPriced>(
            NetworkAdvisor.Pick([fast, strong], needs with { OtherCoinPrice = null }));
        Assert.Equal(["strong"], unpriced.Networks);
        Assert.IsType<NetworkFit.Unknown>(NetworkAdvisor.Judge(strong with { Costs = null }, needs));
        Assert.Equal(new NetworkFit.TooWeak(FinalityClass.Strong), NetworkAdvisor.Judge(fast, needs));
    }

    [Theory]
    [InlineData(0, FinalityClass.Fast)]
    [InlineData(1_000, FinalityClass.Fast)]
    [InlineData(1_001, FinalityClass.Standard)]
    [InlineData(100_000, FinalityClass.Standard)]
    [InlineData(100_001, FinalityClass.Strong)]
    public void What_is_at_risk_calls_for_a_class(int risk, FinalityClass level) =>
        Assert.Equal(level, new SettlementNeeds(risk, 1).Class);

    [Fact]
    public void No_fee_that_an_endpoint_invents_overflows()
    {
        Wei most = new(UInt128.MaxValue);
        GasFigures gas = new(new Gas(30_000), new Gas(85_000), new Gas(56_000), new Gas(4_100_000));
        NetworkCosts costs = NetworkAdvisor.Cost(new FeeHistory([most], [[most, most, most]]), gas);
        NetworkQuote quote = new("n", FinalityClass.Fast, TimeSpan.Zero, TimeSpan.FromSeconds(1), costs);
        SettlementNeeds needs = new(1, 86_400) { BudgetPerDay = 1, OtherCoinPrice = decimal.MaxValue };
        Assert.Equal(new NetworkFit.TooDear(decimal.MaxValue), NetworkAdvisor.Judge(quote, needs));
    }

    private static NetworkQuote Known(string name, FinalityClass level, ulong cost) => new(
        name, level, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1),
        new NetworkCosts(new Wei(cost), new Wei(2 * cost), new Wei(cost), new Wei(cost)));
}
