using System.Collections.Immutable;
using System.Text.Json;

namespace ChainSpace.Chains.Rpc;

/// <summary>One JSON-RPC request: method and parameters, written inside an array.</summary>
internal sealed record RpcRequest(string Method, Action<Utf8JsonWriter> WriteParameters);

/// <summary>Reads the results of one call's requests, in their order; lives no longer than the response.</summary>
internal delegate Answer<T> RpcRead<T>(ReadOnlySpan<Answer<JsonElement>> results)
    where T : notnull;

/// <summary>A question to a network and how its answer is read. Several joined into one travel in one batch.</summary>
public sealed class RpcCall<T>
    where T : notnull
{
    internal RpcCall(ImmutableArray<RpcRequest> requests, RpcRead<T> read) => (Requests, Read) = (requests, read);

    internal ImmutableArray<RpcRequest> Requests { get; }

    internal RpcRead<T> Read { get; }

    /// <summary>Both answers from the same endpoint at the same time; the first fault of the two is the fault of both.</summary>
    public RpcCall<(T First, TOther Second)> With<TOther>(RpcCall<TOther> other)
        where TOther : notnull
    {
        ArgumentNullException.ThrowIfNull(other);
        return new RpcCall<(T First, TOther Second)>([.. Requests, .. other.Requests], results =>
        {
            Answer<T> first = Read(results[..Requests.Length]);
            if (!first.IsGood) return first.Fault;
            Answer<TOther> second = other.Read(results[Requests.Length..]);
            return second.IsGood ? (first.Value, second.Value) : second.Fault;
        });
    }

    /// <summary>The answer, looked at once more: made into something else or refused.</summary>
    public RpcCall<TOther> Then<TOther>(Func<T, Answer<TOther>> judge)
        where TOther : notnull => new(Requests, results =>
    {
        Answer<T> answer = Read(results);
        return answer.IsGood ? judge(answer.Value) : answer.Fault;
    });
}

/// <summary>Many calls of one kind in one batch.</summary>
public static class RpcCalls
{
    /// <summary>Every answer, in order; the first fault is the fault of all.</summary>
    public static RpcCall<ImmutableArray<T>> All<T>(IReadOnlyList<RpcCall<T>> calls)
        where T : notnull => Each(calls).Then<ImmutableArray<T>>(answers =>
    {
        foreach (Answer<T> answer in answers)
            if (answer.Fault is { } fault) return fault;
        return answers.Select(answer => answer.Value!).ToImmutableArray();
    });

    /// <summary>An answer or a fault for each, in order.</summary>
    public static RpcCall<ImmutableArray<Answer<T>>> Each<T>(IReadOnlyList<RpcCall<T>> calls)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(calls);
        return new RpcCall<ImmutableArray<Answer<T>>>([.. calls.SelectMany(call => call.Requests)], results =>
        {
            ImmutableArray<Answer<T>>.Builder answers = ImmutableArray.CreateBuilder<Answer<T>>(calls.Count);
            foreach (RpcCall<T> call in calls)
            {
                answers.Add(call.Read(results[..call.Requests.Length]));
                results = results[call.Requests.Length..];
            }

            return answers.MoveToImmutable();
        });
    }
}
