using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.State;
using static ChainSpace.Rules.Refusal;

namespace ChainSpace.Rules.Accounts;

/// <summary>What the operator may tell of the persons behind accounts.</summary>
public static class PersonRules
{
    /// <summary>Highest level of personhood.</summary>
    public const uint Highest = 3;

    public static Refusal? Attest(SpaceState state, Attest message)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(message);
        if (state.FindAccount(message.To) is not { } account) return new NotRegistered(message.To);
        if (message.Level > Highest) return new InvalidTerm("level", "0 to 3");
        if (message.Cluster.IsZero != (message.Level == 0)) return new InvalidTerm("cluster", "a hash; nothing at level 0 only");
        if (state.FindPerson(message.Cluster) is not { } person || account.Person == person) return null;
        return person.Accounts.Count < Limits.AccountsOfPerson
            ? null
            : new InvalidTerm("cluster", "that of a person with fewer than 20 accounts");
    }
}
