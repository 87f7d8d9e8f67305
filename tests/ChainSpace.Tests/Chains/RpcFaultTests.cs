using ChainSpace.Chains;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Transactions;
using ChainSpace.Protocol.Crypto;
using CsCheck;
using static ChainSpace.Tests.Chains.FaultyServer;

namespace ChainSpace.Tests.Chains;

public sealed class RpcFaultTests
{
    private const string NoNumber = "Malformed { What = eth_blockNumber: A member is missing or has the wrong form. }";
    private const string NotAsked = "Malformed { What = A reply answers something that was not asked. }";

    private static readonly RpcLimits _tight = new() { Timeout = TimeSpan.FromMilliseconds(300), ResponseBytesMax = 1000 };

    [Theory]
    [InlineData("""{"id":1,"result":"0x7b"}""", "123")]
    [InlineData("""{"id":1,"result":"0x07b"}""", "123")]
    [InlineData("""{"id":2,"result":"0x7b"}""", NotAsked)]
    [InlineData("""{"id":"1","result":"0x7b"}""", "Malformed { What = A reply has no id. }")]
    [InlineData("""{"result":"0x7b"}""", "Malformed { What = A reply has no id. }")]
    [InlineData("""{"id":1}""", "Malformed { What = A reply has neither result nor error. }")]
    [InlineData("""{"id":1,"result":"7b"}""", NoNumber)]
    [InlineData("""{"id":1,"result":"0xzz"}""", NoNumber)]
    [InlineData("""{"id":1,"result":"0x"}""", NoNumber)]
    [InlineData("""{"id":1,"result":null}""", NoNumber)]
    [InlineData("""{"id":1,"result":"0x10000000000000000"}""", NoNumber)]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"result":"0x7b"}]""", "Malformed { What = The response has the wrong shape. }")]
    [InlineData("""<html>busy</html>""", "Malformed { What = The response is not JSON. }")]
    [InlineData("", "Malformed { What = The response is not JSON. }")]
    [InlineData("""{"id":1,"error":{"code":-32601,"message":"what?"}}""", "NodeError { Code = -32601, Message = what? }")]
    [InlineData("""{"id":null,"error":{"code":-32700,"message":"bad"}}""", "NodeError { Code = -32700, Message = bad }")]
    [InlineData("""{"id":1,"error":"bad"}""", "Malformed { What = An error is not an object. }")]
    [InlineData("""{"id":1,"error":{"code":3,"message":"execution reverted"}}""", "Reverted { Reason = Silent { } }")]
    [InlineData("""{"id":1,"error":{"code":3,"data":"0x4e487b71$11"}}""", "Reverted { Reason = Panic { Code = 17 } }")]
    [InlineData(
        """{"id":1,"error":{"code":-32000,"message":"execution reverted","data":{"data":"0x12345678"}}}""",
        "Reverted { Reason = Custom { 0x12345678 } }")]
    [InlineData("""{"\ud800":1,"id":1,"result":"0x7b"}""", "Malformed { What = The response is not JSON. }")]
    [InlineData("""{"id":1,"result":"\ud800"}""", NoNumber)]
    public async Task Each_response_is_taken_for_what_it_is(string body, string expected)
    {
        using FaultyServer server = new() { Answer = _ => Reply.Of(body.Replace("$", new string('0', 62))) };
        Answer<BlockNumber> answer = await server.Endpoint.AskAsync(Chain.Head, default);
        Assert.Equal(expected, answer.IsGood ? answer.Value.ToString() : answer.Fault.ToString());
    }

    [Theory]
    [InlineData(500, null, "HttpStatus { Code = 500 }")]
    [InlineData(401, null, "HttpStatus { Code = 401 }")]
    [InlineData(302, null, "HttpStatus { Code = 302 }")]
    [InlineData(413, null, "TooLarge { Limit = 63 }")]
    [InlineData(429, null, "RateLimited { RetryAfter =  }")]
    [InlineData(429, "7", "RateLimited { RetryAfter = 00:00:07 }")]
    public async Task Each_status_is_a_fault_of_its_own(int status, string? retryAfter, string expected)
    {
        using FaultyServer server = new()
        {
            Answer = _ => Reply.Of("", status) with { Headers = retryAfter is null ? [] : [("Retry-After", retryAfter)] },
        };
        Answer<BlockNumber> answer = await server.Endpoint.AskAsync(Chain.Head, default);
        Assert.Equal(expected, answer.Fault?.ToString());
    }

    [Fact]
    public async Task Whoever_is_silent_gone_endless_or_cut_off_is_a_fault()
    {
        using FaultyServer slow = new(null, _tight) { Answer = _ => Reply.Of("{}") with { Delay = TimeSpan.FromSeconds(2) } };
        Assert.IsType<RpcFault.Timeout>((await slow.Endpoint.AskAsync(Chain.Head, default)).Fault);
        using FaultyServer endless = new(null, _tight) { Answer = _ => Reply.Of(new string(' ', 5000)) };
        Assert.Equal(new RpcFault.TooLarge(1000), (await endless.Endpoint.AskAsync(Chain.Head, default)).Fault);
        using FaultyServer cut = new() { Answer = _ => Reply.Of("{}") with { IsCutOff = true } };
        Assert.IsType<RpcFault.Unreachable>((await cut.Endpoint.AskAsync(Chain.Head, default)).Fault);
        using HttpClient http = RpcEndpoint.CreateClient();
        RpcEndpoint gone = new(new Uri($"http://127.0.0.1:{FreePort()}"), http, new RpcLimits(), TimeProvider.System);
        Assert.Equal(new RpcFault.Unreachable("ConnectionError"), (await gone.AskAsync(Chain.Head, default)).Fault);
    }

    [Theory]
    [InlineData("""[{"id":1,"result":"0x1"},{"id":2,"result":"0x2"}]""", "1 2")]
    [InlineData("""[{"id":2,"result":"0x2"},{"id":1,"result":"0x1"}]""", "1 2")]
    [InlineData("""[{"id":1,"result":"0x1"},{"id":1,"result":"0x2"}]""", NotAsked)]
    [InlineData("""[{"id":1,"result":"0x1"}]""", "Malformed { What = The response has another length than the batch. }")]
    [InlineData("""[1,2]""", "Malformed { What = A reply is not an object. }")]
    [InlineData("""{"id":null,"error":{"code":-32600,"message":"large"}}""", "NodeError { Code = -32600, Message = large }")]
    public async Task Replies_of_a_batch_are_matched_by_their_ids(string body, string expected)
    {
        using FaultyServer server = new() { Answer = _ => Reply.Of(body) };
        Answer<(BlockNumber, BlockNumber)> answer = await server.Endpoint.AskAsync(Chain.Head.With(Chain.Head), default);
        Assert.Equal(expected, answer.IsGood ? $"{answer.Value.Item1} {answer.Value.Item2}" : answer.Fault.ToString());
    }

    [Fact]
    public async Task Garbage_in_place_of_any_answer_never_throws()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner wallet = await chain.WalletAsync();
        Receipt.Mined till = await Till.DeployAsync(chain, wallet);
        await Till.DepositAsync(chain, wallet, till.Created!.Value, 1, 3);
        RpcCall<((BlockHeader, LogList), Receipt)> question = Till.Everything(till.Created!.Value, till.Transaction);
        byte[] honest = await chain.RecordAsync(question);
        byte[] sent = honest;
        using FaultyServer server = new() { Answer = _ => new Reply(sent) };
        Assert.True((await server.Anew().AskAsync(question, default)).IsGood);

        Gen<byte[]> garbage =
            from place in Gen.Int[0, honest.Length - 1]
            from letter in Gen.OneOf(Gen.Byte, Gen.Char["\"{}[]\\0xnu"].Select(each => (byte)each))
            from skipped in Gen.Int[0, 12]
            select (byte[])[.. honest.AsSpan(0, place), letter, .. honest.AsSpan(Math.Min(honest.Length, place + skipped))];
        int refused = 0;
        await garbage.SampleAsync(
            async bytes =>
            {
                sent = bytes;
                Answer<((BlockHeader, LogList), Receipt)> answer = await server.Anew().AskAsync(question, default);
                if (!answer.IsGood) refused++;
            },
            iter: 500,
            threads: 1);

        // About 315 are refused, by chance a few more or less; the others still read as the same answer.
        Assert.InRange(refused, 250, 500);
    }

    [Fact]
    public async Task A_contract_that_refuses_says_why()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner wallet = await chain.WalletAsync();
        Address till = (await Till.DeployAsync(chain, wallet)).Created!.Value;

        Assert.Equal(new RevertReason.Sentence("Zu spät."), await RefusalAsync(chain, Till.Refuse(till, "Zu spät.")));
        Assert.Equal(new RevertReason.Panic(1), await RefusalAsync(chain, Till.Refuse(till, "")));
        Assert.Equal(
            new RevertReason.Custom(Till.TooMany.Encode(1001)), await RefusalAsync(chain, Till.DepositMany(till, 1, 1001)));
        Assert.Equal(
            new RevertReason.Silent(), await RefusalAsync(chain, new ChainCall(till, Wei.Zero, new byte[] { 1, 2, 3, 4 })));
    }

    private static async Task<RevertReason> RefusalAsync(LocalChain chain, ChainCall call)
    {
        Answer<ReadOnlyMemory<byte>> answer = await chain.Endpoint.AskAsync(Chain.Run(call, new BlockTag.Latest()), default);
        return Assert.IsType<RpcFault.Reverted>(answer.Fault).Reason;
    }
}
