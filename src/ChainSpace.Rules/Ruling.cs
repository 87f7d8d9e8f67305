using System.Diagnostics.CodeAnalysis;

namespace ChainSpace.Rules;

/// <summary>The rules' answer: what comes of an act, or why nothing does. Our only result type.</summary>
public readonly struct Ruling<TState, TRefusal>
    where TState : notnull
    where TRefusal : class
{
    private Ruling(TState? state, TRefusal? refusal) => (State, Refusal) = (state, refusal);

    public TState? State { get; }

    public TRefusal? Refusal { get; }

    [MemberNotNullWhen(true, nameof(State))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsAccepted => Refusal is null;

    public static implicit operator Ruling<TState, TRefusal>(TState state) => new(state, null);

    public static implicit operator Ruling<TState, TRefusal>(TRefusal refusal) => new(default, refusal);
}
