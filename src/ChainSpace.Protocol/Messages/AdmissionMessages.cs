namespace ChainSpace.Protocol.Messages;

/// <summary>
/// The operator lets an account take part in a poll whose voters are <c>admitted</c>: the account showed the node what the
/// poll asks for. The journal holds nothing of it but a salted hash, with which the account, or the node while it keeps the
/// salt, can show what was presented.
/// </summary>
/// <param name="Poll">The poll.</param>
/// <param name="Presentation">SHA-256 of salt ‖ presentation (spec/credentials.md).</param>
/// <param name="Voter">Who may vote now.</param>
public sealed record Admit(Header Header, TaskId Poll, Bytes32 Presentation, AccountId Voter) : Message(Header)
{
    internal override void WriteTo<TFields>(ref TFields fields)
    {
        fields.Id("account"u8, Header.Account.Value);
        WriteExpiryAndNonce(ref fields);
        fields.Id("poll"u8, Poll.Value);
        fields.Id("presentation"u8, Presentation);
        fields.Type("Admit"u8);
        fields.Id("voter"u8, Voter.Value);
    }
}
