using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;
using static ChainSpace.Rules.Refusal;

namespace ChainSpace.Rules.Accounts;

/// <summary>Who may speak for whom, and what an account may say of itself.</summary>
public static class AccountRules
{
    private static readonly string[] ScopeNames = ["account", "post", "vote"];

    /// <summary>The scope a session needs for a message; null where only the account's own key will do.</summary>
    public static string? ScopeOf(Message message) => message switch
    {
        Vote or SealedVote or OpenVote => "vote",
        PostPoll or ExtendPoll or CancelPoll or ClosePoll or RevealGold or EraseContent => "post",
        PostBatch or CloseBatch or Bonus => "post",
        Register or Revoke => "account",
        _ => null,
    };

    /// <summary>Whether the signer may say this for the account, now. The signature itself has been checked before.</summary>
    public static Refusal? Authority(Account account, AccountId signer, Message message, Moment now)
    {
        if (signer == account.Id) return null;
        if (!account.Sessions.TryGetValue(signer, out Session? session)) return new NotDelegated(signer);
        if (now > session.Until) return new SessionOver(session.Until);
        string scope = ScopeOf(message) ?? "none";
        if (!session.Scopes.Split(',').Contains(scope)) return new OutOfScope(scope);
        return null;
    }

    /// <summary>Whether a registration is well formed; a later one may leave out the key, which is known.</summary>
    public static Refusal? Registration(Register message, bool isKnown)
    {
        bool isKeyNeeded = !isKnown || !message.Key.IsEmpty;
        if (isKeyNeeded && !AccountKey.Is(message.Header.Account, message.Key)) return new WrongKey();
        if (!Attributes.AreValid(message.Attributes))
            return new InvalidTerm("attributes", "sorted name=value pairs of public attributes, at most 256 characters");
        return null;
    }

    /// <summary>The account's sessions once it has delegated, lapsed ones dropped.</summary>
    public static Ruling<ImmutableSortedDictionary<AccountId, Session>, Refusal> Delegate(
        Account account, Protocol.Messages.Delegate message, Moment now)
    {
        if (!P256PublicKey.TryRead(message.Key.AsSpan(), out P256PublicKey key)) return new WrongKey();
        if (key.Account == account.Id) return new InvalidTerm("key", "a key other than the account's own");
        if (!AreScopes(message.Scopes)) return new InvalidTerm("scopes", "account, post, vote: sorted, joined by commas");
        if (message.Until <= now || message.Until.Milliseconds > now.Milliseconds + Limits.SessionMilliseconds)
            return new InvalidTerm("until", "later than now, within 30 days");
        ImmutableSortedDictionary<AccountId, Session> live = account.Sessions.RemoveRange(
            account.Sessions.Where(s => s.Value.Until < now).Select(static s => s.Key));
        if (live.Count >= Limits.Sessions && !live.ContainsKey(key.Account))
            return new InvalidTerm("key", "at most 20 live sessions; revoke one");
        return live.SetItem(key.Account, new Session(message.Scopes, message.MaximumSpend, message.Until));
    }

    private static bool AreScopes(string text)
    {
        string[] scopes = text.Split(',');
        return scopes.All(ScopeNames.Contains) && scopes.SequenceEqual(scopes.Distinct().Order(StringComparer.Ordinal));
    }
}
