namespace ChainSpace.Protocol.Messages;

/// <summary>What every message carries.</summary>
/// <param name="Account">Who speaks; the signature is by this account's key or by a session key it delegated to.</param>
/// <param name="Nonce">Any number this account has not used in a message that has not yet expired.</param>
/// <param name="Expires">Last moment at which the node may put the message into the journal, at most a day ahead.</param>
public readonly record struct Header(AccountId Account, ulong Nonce, Moment Expires);

/// <summary>
/// Something an account says, before it is signed. Each case is one EIP-712 struct whose fields are in the order of their
/// names; <see cref="MessageReader"/> is the other direction. See spec/messages.md.
/// </summary>
public abstract record Message(Header Header)
{
    /// <summary>Name of the EIP-712 struct, and value of the <c>type</c> member.</summary>
    public string Type => GetType().Name;

    /// <summary>Lists the fields, sorted by name.</summary>
    internal abstract void WriteTo<TFields>(ref TFields fields)
        where TFields : struct, IFieldWriter, allows ref struct;

    /// <summary>The fields of a message about a poll that says nothing more.</summary>
    private protected void WritePoll<TFields>(ref TFields fields, ReadOnlySpan<byte> type, TaskId poll)
        where TFields : struct, IFieldWriter, allows ref struct
    {
        fields.Id("account"u8, Header.Account.Value);
        WriteExpiryAndNonce(ref fields);
        fields.Id("poll"u8, poll.Value);
        fields.Type(type);
    }

    private protected void WriteExpiryAndNonce<TFields>(ref TFields fields)
        where TFields : struct, IFieldWriter, allows ref struct
    {
        fields.Number("expires"u8, (ulong)Header.Expires.Milliseconds);
        fields.Number("nonce"u8, Header.Nonce);
    }
}
