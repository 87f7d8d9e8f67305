namespace ChainSpace.Protocol.Credentials;

/// <summary>Why a credential, a presentation or a proof of a request is worth nothing. spec/credentials.md lists them.</summary>
public enum CredentialFault
{
    /// <summary>Not spelled as the standard and spec/credentials.md say.</summary>
    Malformed = 1,

    /// <summary>The issuer's key did not sign it, or is not the key of the issuer's account.</summary>
    WrongIssuer = 2,

    /// <summary>It has expired, is not valid yet, or is valid for longer than a year.</summary>
    Expired = 3,

    /// <summary>The holder's key did not sign this presentation, or nobody did.</summary>
    NotBound = 4,

    /// <summary>It was made for somebody else.</summary>
    WrongAudience = 5,

    /// <summary>It answers another question, or has been shown before.</summary>
    WrongNonce = 6,

    /// <summary>It was signed too long ago, or in the future.</summary>
    NotFresh = 7,

    /// <summary>It is a proof for another request.</summary>
    WrongRequest = 8,
}
