namespace ChainSpace.Protocol.Messages;

/// <summary>
/// Receives the fields of one message in the order of their names, which is both the order of the EIP-712 struct and the
/// member order of the canonical JSON (RFC 8785 sorts members), so one listing of the fields serves both.
/// </summary>
internal interface IFieldWriter
{
    void Type(scoped ReadOnlySpan<byte> name);

    void Id(scoped ReadOnlySpan<byte> name, Bytes32 value);

    void Number(scoped ReadOnlySpan<byte> name, uint value);

    void Number(scoped ReadOnlySpan<byte> name, ulong value);

    void Number(scoped ReadOnlySpan<byte> name, Amount value);

    void Text(scoped ReadOnlySpan<byte> name, string value);

    void Bytes(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value);

    void Ids(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<AccountId> value);
}
