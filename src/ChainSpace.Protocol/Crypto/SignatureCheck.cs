namespace ChainSpace.Protocol.Crypto;

/// <summary>One question for every kind of account: did this account sign this digest?</summary>
public static class SignatureCheck
{
    /// <summary>The kind byte of the signer says which signature is due. Never throws for what strangers send.</summary>
    public static SignatureAnswer Verify(
        AccountId signer, ReadOnlySpan<byte> signature, Bytes32 digest, P256Verifier keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return KindOf(signer) switch
        {
            AccountKind.Wallet => VerifyWallet(signer, signature, digest),
            AccountKind.P256 => keys.Verify(signer, signature, digest),
            _ => SignatureAnswer.UnknownKey,
        };
    }

    /// <summary>First byte of the account; a number that is not in the enumeration for an account of no known kind.</summary>
    public static AccountKind KindOf(AccountId account)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Size];
        account.Value.CopyTo(bytes);
        return (AccountKind)bytes[0];
    }

    private static SignatureAnswer VerifyWallet(AccountId signer, ReadOnlySpan<byte> signature, Bytes32 digest)
    {
        if (signature.Length != Secp256k1.SignatureSize) return SignatureAnswer.WrongLength;
        if (!Secp256k1.IsLow(signature[Secp256k1.ScalarSize..^1])) return SignatureAnswer.HighS;
        bool isValid = Secp256k1.TryRecover(signature, digest, out AccountId wallet) && wallet == signer;
        return isValid ? SignatureAnswer.Valid : SignatureAnswer.Forged;
    }
}
