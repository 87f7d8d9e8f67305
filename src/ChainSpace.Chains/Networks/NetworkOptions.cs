using System.Collections.Immutable;
using ChainSpace.Chains.Rpc;

namespace ChainSpace.Chains.Networks;

/// <summary>How hard it is to take something on the network back.</summary>
public enum FinalityClass
{
    /// <summary>One company's word, within seconds: small money, often.</summary>
    Fast,

    /// <summary>A company's word that a strong network checks later.</summary>
    Standard,

    /// <summary>Many strangers' stake.</summary>
    Strong,
}

/// <summary>Where to ask a network, and how many must agree where money depends on the answer.</summary>
/// <param name="Urls">In the order of preference. They may hold secrets.</param>
/// <param name="Agreement">1 trusts a single endpoint; with n, n − 1 may lie without harm.</param>
public sealed record RpcTerms(ImmutableArray<Uri> Urls, int Agreement);

/// <summary>When a block of the network is final, and what that is worth.</summary>
/// <param name="Rule">When.</param>
/// <param name="Class">Worth.</param>
/// <param name="BlockTime">Time between blocks.</param>
/// <param name="Delay">How long it takes from being mined to being final.</param>
public sealed record FinalityTerms(FinalityRule Rule, FinalityClass Class, TimeSpan BlockTime, TimeSpan Delay);

/// <summary>A settlement network as the operator set it up. <see cref="NetworkFile"/> reads and checks it.</summary>
/// <param name="Name">Short and unique: lower-case letters, digits and hyphens.</param>
/// <param name="Chain">What signatures are bound to.</param>
/// <param name="Currency">Symbol of the network's coin, for people.</param>
/// <param name="Rpc">Where to ask.</param>
/// <param name="Finality">When a block is final.</param>
/// <param name="FeeCeiling">The most to offer for gas, base fee included, in wei per gas.</param>
/// <param name="Explorer">Page about a transaction, with <c>{transaction}</c> in place of its hash; null: none.</param>
public sealed record NetworkOptions(
    string Name, ChainId Chain, string Currency, RpcTerms Rpc, FinalityTerms Finality, Wei FeeCeiling, string? Explorer)
{
    internal const string ExplorerHole = "{transaction}";

    /// <summary>An endpoint that clients are told to use; null: they bring their own. It must hold no secret.</summary>
    public Uri? PublicRpc { get; init; }

    /// <summary>What new spaces on it are founded with.</summary>
    public FoundingTerms Founding { get; init; } = new();

    /// <summary>How often spaces on it anchor.</summary>
    public AnchorPace Pace { get; init; } = new(null, null);

    /// <summary>A page about a transaction; null where the operator named no explorer.</summary>
    public Uri? LinkTo(TransactionHash transaction) =>
        Explorer is null ? null : new Uri(Explorer.Replace(ExplorerHole, transaction.ToString(), StringComparison.Ordinal));

    /// <summary>A pool of this network's endpoints.</summary>
    /// <param name="http">Made by <see cref="RpcEndpoint.CreateClient"/>.</param>
    /// <param name="limits">Of each endpoint.</param>
    /// <param name="time">Clock of time-outs and rests.</param>
    /// <param name="chance">Spreads the rests.</param>
    public RpcPool CreatePool(HttpClient http, RpcLimits limits, TimeProvider time, Random chance) => new(
        Chain, [.. Rpc.Urls.Select(url => new RpcEndpoint(url, http, limits, time))], Rpc.Agreement, time, chance);
}
