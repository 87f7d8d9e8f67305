using System.Collections.Immutable;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Anchoring;

/// <summary>
/// Chooses what is anchored next on a network. A space whose money waits gets an anchor in its own vault, the most urgent
/// first; all others that have something new share one super-root, which costs the same for one as for a thousand.
/// </summary>
public static class AnchorQueue
{
    /// <summary>Gas of a super-root as the contracts' tests measure it (contracts/snapshots), and a tenth more.</summary>
    public const ulong SuperGas = 31_500;

    /// <summary>Most spaces under one super-root; the others come with the next.</summary>
    public const int SuperLimit = 1_000;

    /// <summary>
    /// What fits into the budget, in strict order of pressure, so that many small wishes never starve a large one.
    /// </summary>
    /// <param name="wishes">One for each space, in any order.</param>
    /// <param name="gas">What may be spent now.</param>
    public static AnchorPlan Choose(IReadOnlyList<AnchorWish> wishes, ulong gas)
    {
        ArgumentNullException.ThrowIfNull(wishes);
        AnchorWish[] due =
            [.. wishes.Where(static each => each.Vault >= 1).OrderByDescending(static each => each.Vault).ThenBy(SpaceOf)];

        // The super-root comes seldom and is cheap, so its gas is laid aside first.
        bool isShared = wishes.Any(static each => each.Proof >= 1) && gas >= SuperGas;
        ulong left = isShared ? gas - SuperGas : gas;
        List<AnchorWish> vaults = [];
        foreach (AnchorWish wish in due)
        {
            if (wish.VaultGas > left) break;
            vaults.Add(wish);
            left -= wish.VaultGas;
        }

        // Who has to wait for gas is proved with the others in the meantime, and may adopt the super-root himself.
        if (!isShared && vaults.Count < due.Length && left >= SuperGas) (isShared, left) = (true, left - SuperGas);
        HashSet<SpaceId> own = [.. vaults.Select(SpaceOf)];
        AnchorWish[] others = isShared
            ? [.. wishes.Where(each => each.HasNews && !own.Contains(each.Space))
                .OrderByDescending(static each => each.Proof).ThenBy(SpaceOf).Take(SuperLimit)]
            : [];
        if (isShared && others.Length == 0) left += SuperGas;
        return new AnchorPlan([.. vaults], [.. others], gas - left);
    }

    private static SpaceId SpaceOf(AnchorWish wish) => wish.Space;
}

/// <summary>How much a space wants to be anchored.</summary>
/// <param name="Vault">In its own vault: 1 and more is enough.</param>
/// <param name="Proof">In any way: 1 and more is enough.</param>
/// <param name="HasNews">Whether it has anything that no anchor covers.</param>
/// <param name="VaultGas">What its own way costs, until the root is good.</param>
public sealed record AnchorWish(SpaceId Space, double Vault, double Proof, bool HasNews, ulong VaultGas);

/// <summary>What is anchored next.</summary>
/// <param name="Vaults">Each in its own vault, the most urgent first.</param>
/// <param name="Shared">All under one super-root; none: there is none.</param>
/// <param name="Gas">What that costs.</param>
public sealed record AnchorPlan(ImmutableArray<AnchorWish> Vaults, ImmutableArray<AnchorWish> Shared, ulong Gas);
