using System.Collections.Immutable;

namespace ChainSpace.Protocol.Messages;

/// <summary>Makes the account known to the space; a second one replaces the public attributes.</summary>
/// <param name="Header">Who registers.</param>
/// <param name="Key">P-256 key (x ‖ y, 64 bytes) whose hash is the account, or empty for a wallet.</param>
/// <param name="Attributes">Public attributes, <c>name=value</c> joined by commas and sorted; never a sensitive one.</param>
public sealed record Register(Header Header, ImmutableArray<byte> Key, string Attributes) : Message(Header)
{
    internal override void WriteTo<TFields>(ref TFields fields)
    {
        fields.Id("account"u8, Header.Account.Value);
        fields.Text("attributes"u8, Attributes);
        fields.Number("expires"u8, (ulong)Header.Expires.Milliseconds);
        fields.Bytes("key"u8, Key.AsSpan());
        fields.Number("nonce"u8, Header.Nonce);
        fields.Type("Register"u8);
    }
}

/// <summary>A long-lived key lets a session key speak for the account, within scopes, a spending limit and a time.</summary>
public sealed record Delegate(Header Header) : Message(Header)
{
    /// <summary>Node the session is for, as its origin, e.g. <c>http://localhost:8080</c>; informs wallets and people.</summary>
    public required string Audience { get; init; }

    /// <summary>The session's P-256 key (x ‖ y, 64 bytes).</summary>
    public required ImmutableArray<byte> Key { get; init; }

    /// <summary>Most that the session may lock in rewards altogether.</summary>
    public required Amount MaximumSpend { get; init; }

    /// <summary>Sorted names of <see cref="SessionScopes"/> joined by commas.</summary>
    public required string Scopes { get; init; }

    /// <summary>Moment after which the session's messages are refused, at most 30 days ahead.</summary>
    public required Moment Until { get; init; }

    internal override void WriteTo<TFields>(ref TFields fields)
    {
        fields.Id("account"u8, Header.Account.Value);
        fields.Text("audience"u8, Audience);
        fields.Number("expires"u8, (ulong)Header.Expires.Milliseconds);
        fields.Bytes("key"u8, Key.AsSpan());
        fields.Number("maximumSpend"u8, MaximumSpend);
        fields.Number("nonce"u8, Header.Nonce);
        fields.Text("scopes"u8, Scopes);
        fields.Type("Delegate"u8);
        fields.Number("until"u8, (ulong)Until.Milliseconds);
    }
}

/// <summary>Ends a session at once.</summary>
public sealed record Revoke(Header Header, AccountId Session) : Message(Header)
{
    internal override void WriteTo<TFields>(ref TFields fields)
    {
        fields.Id("account"u8, Header.Account.Value);
        WriteExpiryAndNonce(ref fields);
        fields.Id("session"u8, Session.Value);
        fields.Type("Revoke"u8);
    }
}
