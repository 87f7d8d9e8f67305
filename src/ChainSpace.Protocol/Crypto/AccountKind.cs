namespace ChainSpace.Protocol.Crypto;

/// <summary>First byte of an <see cref="AccountId"/>; it says which signatures the account makes.</summary>
public enum AccountKind : byte
{
    /// <summary>A wallet: secp256k1, 65 bytes r ‖ s ‖ v.</summary>
    Wallet = 0,

    /// <summary>A P-256 key: ES256, 64 bytes r ‖ s.</summary>
    P256 = 1,
}
