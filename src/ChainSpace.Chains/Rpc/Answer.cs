using System.Diagnostics.CodeAnalysis;

namespace ChainSpace.Chains.Rpc;

/// <summary>What an endpoint, or a pool of them, answered: a value, or why there is none.</summary>
public readonly struct Answer<T>
    where T : notnull
{
    private Answer(T? value, RpcFault? fault) => (Value, Fault) = (value, fault);

    public T? Value { get; }

    public RpcFault? Fault { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsGood => Fault is null;

    public static implicit operator Answer<T>(T value) => new(value, null);

    public static implicit operator Answer<T>(RpcFault fault) => new(default, fault);
}
