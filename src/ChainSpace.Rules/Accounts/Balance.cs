using ChainSpace.Protocol;

namespace ChainSpace.Rules.Accounts;

/// <summary>
/// An account's money in three places; every posting moves between places, so the sum over all accounts is always the
/// space's supply.
/// </summary>
/// <param name="Available">Free to lock.</param>
/// <param name="Escrowed">Locked in tasks this account posted.</param>
/// <param name="Earned">Everything earned so far; only ever grows.</param>
public readonly record struct Balance(Amount Available, Amount Escrowed, Amount Earned)
{
    public Amount Total => Available + Escrowed + Earned;

    public Balance Lock(Amount amount) => this with { Available = Available - amount, Escrowed = Escrowed + amount };

    public Balance Refund(Amount amount) => this with { Available = Available + amount, Escrowed = Escrowed - amount };

    public Balance Release(Amount amount) => this with { Escrowed = Escrowed - amount };

    public Balance Earn(Amount amount) => this with { Earned = Earned + amount };

    public Balance Receive(Amount amount) => this with { Available = Available + amount };
}
