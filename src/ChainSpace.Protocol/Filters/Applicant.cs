using System.Collections.Immutable;
using ChainSpace.Protocol.Credentials;

namespace ChainSpace.Protocol.Filters;

/// <summary>What is known of an account when it is decided whether it meets a filter.</summary>
public sealed record Applicant
{
    /// <summary>What it published or showed, by name.</summary>
    public ImmutableSortedDictionary<string, Stated> Attributes { get; init; } =
        ImmutableSortedDictionary.Create<string, Stated>(StringComparer.Ordinal);

    /// <summary>The 5 % lower bound of its reputation by category, 0 to 1.</summary>
    public IReadOnlyDictionary<string, double> Reputation { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>Tasks that paid it, by category.</summary>
    public IReadOnlyDictionary<string, int> Receipts { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Tasks it took part in.</summary>
    public IReadOnlySet<TaskId> Tasks { get; init; } = ImmutableHashSet<TaskId>.Empty;
}

/// <summary>A value and who states it.</summary>
/// <param name="Value">What is stated.</param>
/// <param name="Issuer">Who attests it; null where the account says it of itself.</param>
public readonly record struct Stated(AttributeValue Value, AccountId? Issuer);

/// <summary>What a filter is asked about besides the applicant.</summary>
/// <param name="Posted">The moment that ages are counted at.</param>
/// <param name="Operator">Whose word on personhood counts where the filter names nobody.</param>
public readonly record struct FilterScene(Moment Posted, AccountId Operator);
