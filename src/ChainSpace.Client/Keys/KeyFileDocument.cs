namespace ChainSpace.Client.Keys;

/// <summary>A key file's text. Either the key is there in the open, or locked with a passphrase.</summary>
internal sealed record KeyFileDocument(string? Kind, string? Account, string? Key, LockedKey? Locked)
{
    // A record would print the key; this type must be safe to print.
    public override string ToString() => $"{nameof(KeyFileDocument)} {{ {Account} }}";
}

/// <summary>PBKDF2-HMAC-SHA256, then AES-256-GCM with the account as associated data; bytes as hexadecimal.</summary>
internal sealed record LockedKey(int Iterations, string? Salt, string? Nonce, string? Ciphertext);
