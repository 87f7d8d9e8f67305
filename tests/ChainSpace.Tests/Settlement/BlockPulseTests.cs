using ChainSpace.Chains.Rpc;
using ChainSpace.Node.Settlement;
using ChainSpace.Tests.Chains;

namespace ChainSpace.Tests.Settlement;

public sealed class BlockPulseTests
{
    private static readonly TimeSpan _aDay = TimeSpan.FromDays(1), _patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_new_block_ends_the_wait_however_long_the_beat_is()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        BlockPulse pulse = new(Pool(chain.Endpoint), TimeSpan.FromSeconds(2), _aDay, TimeProvider.System);
        for (int blocks = 0; blocks < 3; blocks++)
        {
            Task next = pulse.NextAsync(default);
            await chain.MineAsync();
            await next.WaitAsync(_patience);
        }
    }

    [Fact]
    public async Task The_beat_ends_the_wait_where_no_block_comes_or_nobody_answers()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using HttpClient http = RpcEndpoint.CreateClient();
        Uri nowhere = new($"http://127.0.0.1:{FaultyServer.FreePort()}/");
        RpcEndpoint silent = new(nowhere, http, new RpcLimits(), TimeProvider.System);
        foreach (RpcEndpoint each in (RpcEndpoint[])[chain.Endpoint, silent])
        {
            BlockPulse pulse = new(Pool(each), TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(0.1), TimeProvider.System);
            for (int beats = 0; beats < 3; beats++) await pulse.NextAsync(default).WaitAsync(_patience);
        }
    }

    [Fact]
    public async Task A_chain_that_stood_still_is_asked_often_again_when_it_goes_on()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using FaultyServer counting = new(chain.Url);
        TimeSpan block = TimeSpan.FromSeconds(0.5), beat = TimeSpan.FromSeconds(2);
        BlockPulse pulse = new(Pool(counting.Endpoint), block, beat, TimeProvider.System);
        await pulse.NextAsync(default);
        await pulse.NextAsync(default);
        int before = counting.Asked;
        await pulse.NextAsync(default);
        Assert.Equal(1, counting.Asked - before);

        await chain.MineAsync();
        await pulse.NextAsync(default);
        before = counting.Asked;
        await pulse.NextAsync(default);
        Assert.True(counting.Asked - before > 2, $"It was asked {counting.Asked - before} times.");
    }

    private static RpcPool Pool(RpcEndpoint endpoint) => new(LocalChain.Id, [endpoint], 1, TimeProvider.System, new Random(1));
}
