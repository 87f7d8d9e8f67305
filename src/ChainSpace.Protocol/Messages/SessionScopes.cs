using System.Collections.Immutable;

namespace ChainSpace.Protocol.Messages;

/// <summary>What a session may be allowed to say; anything else takes the account's own key.</summary>
public static class SessionScopes
{
    /// <summary>All there are, sorted.</summary>
    public static ImmutableArray<string> Names { get; } = ["account", "hire", "post", "vote", "work"];

    /// <summary>The scope a session needs for a message; null where only the account's own key will do.</summary>
    public static string? Of(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message switch
        {
            Vote or SealedVote or OpenVote => "vote",
            PostPoll or ExtendPoll or CancelPoll or ClosePoll or RevealGold or EraseContent => "post",
            PostBatch or CloseBatch or Bonus => "post",
            ApplyForJob or ClaimJob or CommitWork or SubmitWork or LeaveJob => "work",
            PostJob or CancelJob or AssignJob or AcceptWork or DeclineWork or RequestRevision => "hire",
            CounterOffer offer => SideOf(offer, offer.Worker),
            RateJob rating => SideOf(rating, rating.Worker),
            OpenRating rating => SideOf(rating, rating.Worker),
            Register or Revoke => "account",
            _ => null,
        };
    }

    /// <summary>Whether scopes, joined by commas, let a session say a message.</summary>
    public static bool Cover(string scopes, Message message)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        return Of(message) is { } needed && scopes.Split(',').Contains(needed);
    }

    /// <summary>Whether a text names some of them once each, sorted and joined by commas.</summary>
    public static bool AreValid(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] scopes = text.Split(',');
        return scopes.All(Names.Contains) && scopes.SequenceEqual(scopes.Distinct().Order(StringComparer.Ordinal));
    }

    private static string SideOf(JobMessage message, AccountId worker) => message.Header.Account == worker ? "work" : "hire";
}
