namespace ChainSpace.Chains.Rpc;

/// <summary>How an endpoint has been doing, for the operator's screen.</summary>
/// <param name="Name">Host and port.</param>
/// <param name="Failures">Failures in a row; zero where the last question was answered.</param>
/// <param name="RestsFor">How long it will be left alone.</param>
/// <param name="LastFault">Of the last failure; null if there has been none.</param>
public sealed record EndpointHealth(string Name, int Failures, TimeSpan RestsFor, RpcFault? LastFault);

/// <summary>
/// One endpoint of a pool and what it has done so far. After a failure it rests, twice as long each time and never quite
/// as long as its neighbour; and it must say again which network it serves, for something else may answer there now.
/// </summary>
internal sealed class EndpointStanding(RpcEndpoint endpoint, ChainId chain, TimeProvider time, Random chance)
{
    private static readonly TimeSpan FirstRest = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(5);

    private readonly Lock changing = new();
    private DateTimeOffset restsUntil = DateTimeOffset.MinValue;
    private RpcFault? lastFault;
    private int failures;
    private bool isChainKnown;

    public EndpointHealth Health
    {
        get
        {
            lock (changing)
                return new EndpointHealth(endpoint.Name, failures, Max(restsUntil - time.GetUtcNow(), default), lastFault);
        }
    }

    public async Task<Answer<T>> AskAsync<T>(RpcCall<T> call, CancellationToken cancellationToken)
        where T : notnull
    {
        bool mustSayChain;
        lock (changing) mustSayChain = !isChainKnown;
        if (mustSayChain)
        {
            Answer<ChainId> found = await endpoint.AskAsync(Chain.Id, cancellationToken).ConfigureAwait(false);
            if (found.IsGood && found.Value != chain) found = new RpcFault.WrongChain(chain, found.Value);
            if (!found.IsGood) return Failed(found.Fault);
            lock (changing) isChainKnown = true;
        }

        Answer<T> answer = await endpoint.AskAsync(call, cancellationToken).ConfigureAwait(false);
        return answer.Fault is { } fault && IsItsOwn(fault) ? Failed(fault) : Succeeded(answer);
    }

    // A node's error or a contract's refusal is an answer: the endpoint is well.
    private static bool IsItsOwn(RpcFault fault) => fault switch
    {
        RpcFault.Timeout or RpcFault.Unreachable or RpcFault.HttpStatus or RpcFault.RateLimited => true,
        RpcFault.Malformed or RpcFault.WrongChain => true,
        RpcFault.TooLarge or RpcFault.NodeError or RpcFault.Reverted or RpcFault.Behind => false,
        RpcFault.Disagreement or RpcFault.Resting or RpcFault.AllFailed => false,
    };

    private Answer<T> Succeeded<T>(Answer<T> answer)
        where T : notnull
    {
        lock (changing) failures = 0;
        return answer;
    }

    private RpcFault Failed(RpcFault fault)
    {
        lock (changing)
        {
            isChainKnown = false;
            lastFault = fault;
            failures = Math.Min(failures + 1, 30);
            TimeSpan rest = Min(FirstRest * Math.Pow(2, failures - 1), LongestRest) * (0.5 + chance.NextDouble() / 2);
            if (fault is RpcFault.WrongChain) rest = LongestRest;
            if (fault is RpcFault.RateLimited { RetryAfter: { } asked }) rest = Max(rest, Min(asked, LongestRest));
            restsUntil = time.GetUtcNow() + rest;
        }

        return fault;
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
