using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Rules.Accounts;

/// <summary>The tie between an account and its key.</summary>
public static class AccountKey
{
    /// <summary>True where the key is the account's own: its hash, or none for a wallet.</summary>
    public static bool Is(AccountId account, ImmutableArray<byte> key) => SignatureCheck.KindOf(account) switch
    {
        AccountKind.Wallet => key.IsEmpty,
        AccountKind.P256 => P256PublicKey.TryRead(key.AsSpan(), out P256PublicKey read) && read.Account == account,
        _ => false,
    };
}
