using ChainSpace.Protocol;

namespace ChainSpace.Rules.Accounts;

/// <summary>
/// An account's money in three places; every posting moves between places, so the sum over all accounts is always the
/// space's supply.
/// </summary>
/// <param name="Available">Free to lock or to withdraw.</param>
/// <param name="Escrowed">Locked in tasks this account posted, and for an early anchor.</param>
/// <param name="Withdrawn">Left to be claimed from the vault, claimed or not; only ever grows.</param>
public readonly record struct Balance(Amount Available, Amount Escrowed, Amount Withdrawn)
{
    /// <summary>
    /// Everything tasks and early anchors have paid it so far; only ever grows. A record, not a place: it became available.
    /// </summary>
    public Amount Earned { get; init; }

    /// <summary>Everything that came from outside, by grant, credit or deposit; only ever grows.</summary>
    public Amount Received { get; init; }

    public Amount Total => Available + Escrowed + Withdrawn;

    /// <summary>What the space has moved to the account, or from it where negative: the rest of what it received.</summary>
    public Int128 Net => checked((Int128)Total.Units - (Int128)Received.Units);

    public Balance Lock(Amount amount) => this with { Available = Available - amount, Escrowed = Escrowed + amount };

    public Balance Refund(Amount amount) => this with { Available = Available + amount, Escrowed = Escrowed - amount };

    public Balance Release(Amount amount) => this with { Escrowed = Escrowed - amount };

    public Balance Earn(Amount amount) => this with { Available = Available + amount, Earned = Earned + amount };

    public Balance Receive(Amount amount) => this with { Available = Available + amount, Received = Received + amount };

    public Balance Withdraw(Amount amount) => this with { Available = Available - amount, Withdrawn = Withdrawn + amount };
}
