using System.Collections.Immutable;

namespace ChainSpace.Protocol.Messages;

/// <summary>The first entry of every journal, signed by the operator. The space's id is derived from it.</summary>
public sealed record CreateSpace(Header Header) : Message(Header)
{
    /// <summary>The network without a chain: play money, points, tests.</summary>
    public const string Sovereign = "sovereign";

    /// <summary>Short name for people and addresses: 1 to 32 of a-z, 0-9 and hyphen.</summary>
    public required string Name { get; init; }

    /// <summary>Settlement network; <c>sovereign</c> keeps no chain.</summary>
    public required string Network { get; init; }

    /// <summary>Chain id (EIP-155) of the settlement network; 0 on Sovereign.</summary>
    public ulong ChainId { get; init; }

    /// <summary>The factory that makes the space's vault, as a wallet account; zero on Sovereign.</summary>
    public Bytes32 Factory { get; init; }

    /// <summary>The vault's terms as <see cref="Settlement.VaultTerms"/> encodes them; empty on Sovereign.</summary>
    public ImmutableArray<byte> Vault { get; init; } = [];

    /// <summary>Unit of account as people read it, 1 to 12 letters.</summary>
    public required string Currency { get; init; }

    /// <summary>Digits after the point in one unit, 0 to 18.</summary>
    public required uint Decimals { get; init; }

    /// <summary>Play money every newly registered account receives; zero on spaces of real money.</summary>
    public required Amount Grant { get; init; }

    /// <summary>Ed25519 key that signs checkpoints, 32 bytes.</summary>
    public required Bytes32 CheckpointKey { get; init; }

    /// <summary>P-256 key (x ‖ y, 64 bytes) that openings of sealed votes are encrypted to.</summary>
    public required ImmutableArray<byte> SealingKey { get; init; }

    /// <summary>The operator's P-256 key (x ‖ y), or empty for a wallet.</summary>
    public required ImmutableArray<byte> Key { get; init; }

    internal override void WriteTo<TFields>(ref TFields fields)
    {
        fields.Id("account"u8, Header.Account.Value);
        fields.Number("chainId"u8, ChainId);
        fields.Id("checkpointKey"u8, CheckpointKey);
        fields.Text("currency"u8, Currency);
        fields.Number("decimals"u8, Decimals);
        fields.Number("expires"u8, (ulong)Header.Expires.Milliseconds);
        fields.Id("factory"u8, Factory);
        fields.Number("grant"u8, Grant);
        fields.Bytes("key"u8, Key.AsSpan());
        fields.Text("name"u8, Name);
        fields.Text("network"u8, Network);
        fields.Number("nonce"u8, Header.Nonce);
        fields.Bytes("sealingKey"u8, SealingKey.AsSpan());
        fields.Type("CreateSpace"u8);
        fields.Bytes("vault"u8, Vault.AsSpan());
    }
}

/// <summary>The operator gives play money to an account. Refused on spaces of real money.</summary>
public sealed record Credit(Header Header, AccountId To, Amount Amount) : Message(Header)
{
    internal override void WriteTo<TFields>(ref TFields fields)
    {
        fields.Id("account"u8, Header.Account.Value);
        fields.Number("amount"u8, Amount);
        WriteExpiryAndNonce(ref fields);
        fields.Id("to"u8, To.Value);
        fields.Type("Credit"u8);
    }
}

/// <summary>The operator lets time pass: deadlines that have come fall due before this entry is ruled on.</summary>
public sealed record Tick(Header Header) : Message(Header)
{
    internal override void WriteTo<TFields>(ref TFields fields)
    {
        fields.Id("account"u8, Header.Account.Value);
        WriteExpiryAndNonce(ref fields);
        fields.Type("Tick"u8);
    }
}

/// <summary>
/// The operator reports a block of the settlement network. On Sovereign a block is a checkpoint: <paramref name="Root"/>
/// must be the journal's root at <paramref name="Size"/>, which anybody who holds the journal recomputes. Its root is
/// also the beacon of draws that were waiting for it.
/// </summary>
public sealed record ReportBlock(Header Header, ulong Height, ulong Size, Bytes32 Root) : Message(Header)
{
    internal override void WriteTo<TFields>(ref TFields fields)
    {
        fields.Id("account"u8, Header.Account.Value);
        fields.Number("expires"u8, (ulong)Header.Expires.Milliseconds);
        fields.Number("height"u8, Height);
        fields.Number("nonce"u8, Header.Nonce);
        fields.Id("root"u8, Root);
        fields.Number("size"u8, Size);
        fields.Type("ReportBlock"u8);
    }
}
