using ChainSpace.Protocol;
using ChainSpace.Protocol.Settlement;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.State;

namespace ChainSpace.Rules.Reputation;

/// <summary>The reputation of a space's accounts as the leaves of its score tree.</summary>
public static class ScoreLeaves
{
    /// <summary>
    /// Everybody's evidence as it stands, in the order the accounts came and of their categories. Taking it down is quick;
    /// what it comes to is then computed by anybody, on any thread.
    /// </summary>
    public static IReadOnlyList<Standing> Standings(SpaceState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        List<Standing> standings = [];
        foreach (Account account in state.Accounts)
            foreach ((string category, Evidence evidence) in account.Reputation)
                standings.Add(new Standing(account.Id, category, evidence));
        return standings;
    }

    /// <summary>The leaf of what stands so, as it weighs at a moment not before that of the evidence.</summary>
    public static ScoreLeaf Of(Standing standing, Moment now)
    {
        ArgumentNullException.ThrowIfNull(standing);
        Evidence evidence = standing.Evidence.DecayedTo(now);
        return new ScoreLeaf(
            standing.Account,
            standing.Category,
            PartsPerMillion(evidence.Mean),
            PartsPerMillion(evidence.LowerBound),
            (ulong)((evidence.For + evidence.Against) * ScoreLeaf.One));
    }

    // A product is rounded once and then cut off, on all machines alike.
    private static uint PartsPerMillion(double share) => (uint)(share * ScoreLeaf.One);
}

/// <summary>An account's evidence in a category.</summary>
public sealed record Standing(AccountId Account, string Category, Evidence Evidence);
