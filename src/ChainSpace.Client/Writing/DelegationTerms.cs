using ChainSpace.Protocol;

namespace ChainSpace.Client.Writing;

/// <summary>What a session key may do for an account.</summary>
/// <param name="Audience">Node the session is for, as its origin; informs wallets and people.</param>
/// <param name="Until">When it ends, at most 30 days ahead.</param>
public sealed record DelegationTerms(string Audience, Moment Until)
{
    /// <summary>Sorted and joined by commas: see <see cref="Protocol.Messages.SessionScopes"/>.</summary>
    public string Scopes { get; init; } = "post,vote";

    /// <summary>Most that the session may lock in rewards altogether; nothing unless said.</summary>
    public Amount MaximumSpend { get; init; }
}
