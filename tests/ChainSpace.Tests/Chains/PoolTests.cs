using ChainSpace.Chains;
using ChainSpace.Chains.Rpc;
using Microsoft.Extensions.Time.Testing;
using static ChainSpace.Tests.Chains.FaultyServer;

namespace ChainSpace.Tests.Chains;

public sealed class PoolTests : IDisposable
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly FaultyServer one = Serving(5), two = Serving(6), three = Serving(6);

    public void Dispose()
    {
        one.Dispose();
        two.Dispose();
        three.Dispose();
    }

    [Fact]
    public async Task The_next_endpoint_answers_where_the_first_does_not()
    {
        RpcPool pool = Pool(1, one, two);
        Assert.Equal(new BlockNumber(5), (await pool.AskAsync(Chain.Head, default)).Value);
        one.Answer = _ => Reply.Of("", 500);
        Assert.Equal(new BlockNumber(6), (await pool.AskAsync(Chain.Head, default)).Value);
        Assert.Equal(new RpcFault.HttpStatus(500), pool.Health[0].LastFault);
        Assert.True(pool.Health[0].RestsFor > TimeSpan.Zero);
        Assert.Equal(0, pool.Health[1].Failures);
    }

    [Fact]
    public async Task An_endpoint_that_fails_rests_longer_each_time_and_is_asked_again_afterwards()
    {
        RpcPool pool = Pool(1, one);
        one.Answer = _ => Reply.Of("", 503);
        List<TimeSpan> rests = [];
        for (int failure = 0; failure < 12; failure++)
        {
            Assert.IsType<RpcFault.HttpStatus>((await pool.AskAsync(Chain.Head, default)).Fault);
            rests.Add(pool.Health[0].RestsFor);
            Assert.IsType<RpcFault.Resting>((await pool.AskAsync(Chain.Head, default)).Fault);
            time.Advance(rests[^1]);
        }

        Assert.Equal(12, one.Asked);
        for (int place = 0; place < rests.Count; place++)
        {
            double whole = Math.Min(0.5 * Math.Pow(2, place), 300);
            Assert.InRange(rests[place].TotalSeconds, whole / 2, whole);
        }

        Assert.True(rests.Select((rest, place) => rest.TotalSeconds / Math.Pow(2, place)).Distinct().Count() > 6);
        one.Answer = Honest(5);
        Assert.True((await pool.AskAsync(Chain.Head, default)).IsGood);
        Assert.Equal(0, pool.Health[0].Failures);
    }

    [Fact]
    public async Task Whoever_limits_our_rate_is_left_alone_for_as_long_as_it_says()
    {
        RpcPool pool = Pool(1, one);
        one.Answer = _ => Reply.Of("", 429) with { Headers = [("Retry-After", "42")] };
        await pool.AskAsync(Chain.Head, default);
        Assert.Equal(TimeSpan.FromSeconds(42), pool.Health[0].RestsFor);
        one.Answer = _ => Reply.Of("", 429) with { Headers = [("Retry-After", "99999999")] };
        time.Advance(TimeSpan.FromSeconds(43));
        await pool.AskAsync(Chain.Head, default);
        Assert.Equal(TimeSpan.FromMinutes(5), pool.Health[0].RestsFor);
    }

    [Fact]
    public async Task An_endpoint_of_another_network_is_never_asked_anything_else()
    {
        List<string> asked = [];
        one.Answer = question =>
        {
            asked.Add(question);
            return Reply.Of("""{"id":1,"result":"0x1"}""");
        };
        RpcPool pool = Pool(1, one);
        Answer<BlockNumber> answer = await pool.AskAsync(Chain.Head, default);
        Assert.Equal(new RpcFault.WrongChain(LocalChain.Id, new ChainId(1)), answer.Fault);
        Assert.Contains("eth_chainId", Assert.Single(asked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_must_say_its_network_again_after_each_failure()
    {
        RpcPool pool = Pool(1, one);
        await pool.AskAsync(Chain.Head, default);
        one.Answer = _ => Reply.Of("nonsense");
        await pool.AskAsync(Chain.Head, default);
        time.Advance(TimeSpan.FromSeconds(1));
        one.Answer = question => Reply.Of($$"""{"id":{{IdOf(question)}},"result":"0x1"}""");
        Assert.IsType<RpcFault.WrongChain>((await pool.AskAsync(Chain.Head, default)).Fault);
    }

    [Fact]
    public async Task An_answer_counts_when_enough_endpoints_gave_it()
    {
        Assert.Equal(new BlockNumber(6), (await Pool(2, one, two, three).AskSurelyAsync(Chain.Head, default)).Value);
        RpcFault? fault = (await Pool(2, one, two).AskSurelyAsync(Chain.Head, default)).Fault;
        Assert.Equal(new RpcFault.Disagreement(2, 2, null), fault);
        three.Answer = _ => Reply.Of("", 500);
        fault = (await Pool(2, two, three).AskSurelyAsync(Chain.Head, default)).Fault;
        Assert.Equal(new RpcFault.Disagreement(2, 1, new RpcFault.HttpStatus(500)), fault);
    }

    [Fact]
    public async Task One_endpoint_cannot_answer_twice_towards_an_agreement()
    {
        RpcPool pool = Pool(2, one, two);
        two.Answer = _ => Reply.Of("", 500);
        await pool.AskSurelyAsync(Chain.Head, default);
        Assert.IsType<RpcFault.Resting>((await pool.AskSurelyAsync(Chain.Head, default)).Fault);
        Assert.Throws<ArgumentOutOfRangeException>(() => Pool(3, one, two));
    }

    [Fact]
    public async Task Whoever_lags_is_passed_over()
    {
        using FaultyServer late = Serving(5), early = Serving(9);
        Answer<ChainId> answer = await Pool(1, late, early).AskSinceAsync(Chain.Id, new BlockNumber(6), default);
        Assert.True(answer.IsGood);
        answer = await Pool(1, late).AskSinceAsync(Chain.Id, new BlockNumber(6), default);
        Assert.Equal(new RpcFault.Behind(new BlockNumber(5), new BlockNumber(6)), answer.Fault);
    }

    private static FaultyServer Serving(int head) => new() { Answer = Honest(head) };

    /// <summary>Answers head and chain id, alone or in one batch.</summary>
    private static Func<string, Reply?> Honest(int head) => question =>
    {
        int id = IdOf(question);
        if (question.StartsWith('['))
            return Reply.Of($$"""[{"id":{{id}},"result":"0x{{head:x}}"},{"id":{{id + 1}},"result":"0x7a69"}]""");
        string result = question.Contains("eth_chainId", StringComparison.Ordinal) ? "0x7a69" : $"0x{head:x}";
        return Reply.Of($$"""{"id":{{id}},"result":"{{result}}"}""");
    };

    private static int IdOf(string question)
    {
        int start = question.IndexOf("\"id\":", StringComparison.Ordinal) + 5;
        return int.Parse(question[start..question.IndexOf(',', start)], System.Globalization.CultureInfo.InvariantCulture);
    }

    private RpcPool Pool(int agreement, params FaultyServer[] servers) =>
        new(LocalChain.Id, [.. servers.Select(each => each.Endpoint)], agreement, time, new Random(7));
}
