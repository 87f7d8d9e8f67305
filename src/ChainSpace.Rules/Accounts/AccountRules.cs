using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;
using static ChainSpace.Rules.Refusal;

namespace ChainSpace.Rules.Accounts;

/// <summary>Who may speak for whom, and what an account may say of itself.</summary>
public static class AccountRules
{
    /// <summary>Whether the signer may say this for the account, now. The signature itself has been checked before.</summary>
    public static Refusal? Authority(Account account, AccountId signer, Message message, Moment now)
    {
        if (signer == account.Id) return null;
        if (!account.Sessions.TryGetValue(signer, out Session? session)) return new NotDelegated(signer);
        if (now > session.Until) return new SessionOver(session.Until);
        return SessionScopes.Cover(session.Scopes, message) ? null : new OutOfScope(SessionScopes.Of(message) ?? "none");
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
        if (!SessionScopes.AreValid(message.Scopes))
            return new InvalidTerm("scopes", $"{string.Join(", ", SessionScopes.Names)}: sorted, joined by commas");
        if (message.Until <= now || message.Until.Milliseconds > now.Milliseconds + Limits.SessionMilliseconds)
            return new InvalidTerm("until", "later than now, within 30 days");
        ImmutableSortedDictionary<AccountId, Session> live = account.Sessions.RemoveRange(
            account.Sessions.Where(s => s.Value.Until < now).Select(static s => s.Key));
        if (live.Count >= Limits.Sessions && !live.ContainsKey(key.Account))
            return new InvalidTerm("key", "at most 20 live sessions; revoke one");
        return live.SetItem(key.Account, new Session(message.Scopes, message.MaximumSpend, message.Until));
    }
}
