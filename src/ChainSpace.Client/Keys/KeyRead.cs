using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Client.Keys;

/// <summary>What reading a key file gave.</summary>
public abstract record KeyRead
{
    private KeyRead() { }

    /// <summary>The key; whoever asked disposes of it.</summary>
    public sealed record Ready(Signer Signer) : KeyRead
    {
        /// <inheritdoc/>
        public override string ToString() => $"{nameof(Ready)} {{ {Signer.Account} }}";
    }

    /// <summary>The file is locked, and no passphrase was given.</summary>
    public sealed record NeedsPassphrase : KeyRead;

    /// <summary>Another passphrase locked it, or the file was touched since.</summary>
    public sealed record WrongPassphrase : KeyRead;

    /// <summary>Not a key file, or not one whose key belongs to its account.</summary>
    public sealed record Damaged : KeyRead;
}
