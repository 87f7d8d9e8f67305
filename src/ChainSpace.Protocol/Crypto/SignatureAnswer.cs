namespace ChainSpace.Protocol.Crypto;

/// <summary>What checking a signature finds; only <see cref="Valid"/> lets a message through.</summary>
public enum SignatureAnswer
{
    /// <summary>The signer made it over this digest. Not the zero value on purpose, so that a forgotten answer is a no.</summary>
    Valid = 1,

    /// <summary>Not 65 bytes for a wallet, or not 64 bytes for a P-256 key.</summary>
    WrongLength = 2,

    /// <summary>s is above half the order; anyone can make such a one from the low one.</summary>
    HighS = 3,

    /// <summary>The signer is a P-256 account whose key was never shown here, or an account of no known kind.</summary>
    UnknownKey = 4,

    /// <summary>Anything else: another key, another digest, numbers out of range, a recovery byte other than 27 or 28.</summary>
    Forged = 5,
}
