using System.Collections.Immutable;

namespace ChainSpace.Chains.Rpc;

/// <summary>
/// Several endpoints of one network. A plain question goes to one after the other until one answers; where money depends
/// on the answer, as many as <see cref="Agreement"/> must say the same. Any number of threads.
/// </summary>
public sealed class RpcPool
{
    private readonly ImmutableArray<EndpointStanding> standings;

    /// <summary>A pool that starts with everybody well.</summary>
    /// <param name="chain">The network all endpoints must serve.</param>
    /// <param name="endpoints">In the order of preference.</param>
    /// <param name="agreement">How many must say the same where money depends on it: with n, n − 1 may lie.</param>
    /// <param name="time">Clock of the rests.</param>
    /// <param name="chance">Spreads the rests; of one thread at a time, and of this pool only.</param>
    public RpcPool(ChainId chain, IReadOnlyList<RpcEndpoint> endpoints, int agreement, TimeProvider time, Random chance)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentOutOfRangeException.ThrowIfLessThan(agreement, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(agreement, endpoints.Count);
        (ChainId, Agreement) = (chain, agreement);
        // Each gets a source of its own, since they fail on different threads.
        standings = [.. endpoints.Select(each => new EndpointStanding(each, chain, time, new Random(chance.Next())))];
    }

    /// <summary>The network.</summary>
    public ChainId ChainId { get; }

    /// <summary>How many endpoints must say the same where money depends on it.</summary>
    public int Agreement { get; }

    /// <summary>How each endpoint is doing, in the order of preference.</summary>
    public ImmutableArray<EndpointHealth> Health => [.. standings.Select(each => each.Health)];

    /// <summary>The answer of the first endpoint that has one. A revert is taken for one.</summary>
    public async Task<Answer<T>> AskAsync<T>(RpcCall<T> call, CancellationToken cancellationToken)
        where T : notnull
    {
        ImmutableArray<RpcFault>.Builder faults = ImmutableArray.CreateBuilder<RpcFault>();
        foreach (EndpointStanding each in Awake())
        {
            Answer<T> answer = await each.AskAsync(call, cancellationToken).ConfigureAwait(false);
            if (answer.IsGood || answer.Fault is RpcFault.Reverted) return answer;
            faults.Add(answer.Fault);
        }

        return faults.Count switch
        {
            0 => Resting(),
            1 => faults[0],
            _ => new RpcFault.AllFailed(faults.ToImmutable()),
        };
    }

    /// <summary>The same, but not from an endpoint that has not seen this block yet.</summary>
    public Task<Answer<T>> AskSinceAsync<T>(RpcCall<T> call, BlockNumber needed, CancellationToken cancellationToken)
        where T : notnull
    {
        RpcCall<(BlockNumber First, T Second)> both = Chain.Head.With(call);
        return AskAsync(
            both.Then<T>(answer => answer.First < needed ? new RpcFault.Behind(answer.First, needed) : answer.Second),
            cancellationToken);
    }

    /// <summary>
    /// An answer that as many endpoints as must agree have given alike. So long as fewer than that lie, at least one
    /// honest endpoint gave it. Whoever is silent, late, lagging or different is made up for by the others.
    /// </summary>
    public async Task<Answer<T>> AskSurelyAsync<T>(RpcCall<T> call, CancellationToken cancellationToken)
        where T : notnull
    {
        if (Agreement == 1) return await AskAsync(call, cancellationToken).ConfigureAwait(false);
        Queue<EndpointStanding> others = new(Awake());
        if (others.Count < Agreement) return Resting();
        Dictionary<T, int> votes = [];
        RpcFault? last = null;
        for (int count = Agreement; others.Count > 0; count = 1)
        {
            List<Task<Answer<T>>> asked = [];
            while (asked.Count < count && others.TryDequeue(out EndpointStanding? next))
                asked.Add(next.AskAsync(call, cancellationToken));
            foreach (Answer<T> answer in await Task.WhenAll(asked).ConfigureAwait(false))
            {
                last = answer.Fault ?? last;
                if (!answer.IsGood) continue;
                votes[answer.Value] = votes.GetValueOrDefault(answer.Value) + 1;
                if (votes[answer.Value] == Agreement) return answer.Value;
            }
        }

        return new RpcFault.Disagreement(Agreement, votes.Values.Sum(), last);
    }

    /// <summary>What every endpoint answers that is not resting, all asked at once.</summary>
    public async Task<ImmutableArray<Answer<T>>> AskEveryoneAsync<T>(RpcCall<T> call, CancellationToken cancellationToken)
        where T : notnull =>
        [.. await Task.WhenAll(Awake().Select(each => each.AskAsync(call, cancellationToken))).ConfigureAwait(false)];

    private IEnumerable<EndpointStanding> Awake() =>
        [.. standings.Where(each => each.Health.RestsFor <= TimeSpan.Zero).OrderBy(each => each.Health.Failures)];

    private RpcFault Resting()
    {
        EndpointHealth first = Health.MinBy(each => each.RestsFor)!;
        return new RpcFault.Resting(first.RestsFor, first.LastFault);
    }
}
