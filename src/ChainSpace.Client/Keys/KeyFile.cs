using System.Text.Json;
using ChainSpace.Client.Http;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Client.Keys;

/// <summary>
/// A private key in a file that only its owner can read (mode 0600; on Windows what the folder allows), as JSON, locked
/// with a passphrase or not. A key that is there is never written over.
/// </summary>
public static class KeyFile
{
    private const string P256 = "p256";
    private const string Wallet = "wallet";

    /// <summary>Writes a new file. Null: no passphrase; whoever reads the file then is the account.</summary>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    public static void Create(string path, Signer signer, string? passphrase)
    {
        ArgumentNullException.ThrowIfNull(signer);
        if (passphrase is { Length: 0 }) throw new ArgumentException("An empty passphrase locks nothing.", nameof(passphrase));

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(Describe(signer, passphrase), WireJson.Default.KeyFileDocument);
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using FileStream file = new(path, options);
        file.Write(json);
        // The caller may register the account next; the key must outlive a power cut.
        file.Flush(flushToDisk: true);
    }

    /// <summary>Reads a file. A passphrase given for a file without one is not looked at.</summary>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    public static KeyRead Load(string path, string? passphrase)
    {
        if (Parse(File.ReadAllBytes(path)) is not { Kind: P256 or Wallet } document) return new KeyRead.Damaged();
        if (!Bytes32.TryParse(document.Account, out Bytes32 account)) return new KeyRead.Damaged();
        if (document.Locked is not { } locked) return Ready(document, Bytes(document.Key));
        if (passphrase is null) return new KeyRead.NeedsPassphrase();
        if (!PassphraseLock.IsReadable(locked)) return new KeyRead.Damaged();

        byte[]? privateKey = PassphraseLock.Open(locked, account, passphrase);
        return privateKey is null ? new KeyRead.WrongPassphrase() : Ready(document, privateKey);
    }

    private static KeyFileDocument Describe(Signer signer, string? passphrase)
    {
        string kind = SignatureCheck.KindOf(signer.Account) == AccountKind.P256 ? P256 : Wallet;
        byte[] privateKey = signer.Export();
        KeyFileDocument document = passphrase is null
            ? new(kind, signer.Account.ToString(), Hex.Encode(privateKey), null)
            : new(kind, signer.Account.ToString(), null, PassphraseLock.Close(privateKey, signer.Account.Value, passphrase));
        Array.Clear(privateKey);
        return document;
    }

    private static KeyFileDocument? Parse(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, WireJson.Default.KeyFileDocument);
        }
        catch (JsonException)
        {
            // Its message would quote the text, and with it perhaps the key.
            return null;
        }
    }

    private static KeyRead Ready(KeyFileDocument document, byte[]? privateKey)
    {
        if (privateKey is not { Length: Bytes32.Size }) return new KeyRead.Damaged();
        Signer? signer = Signer(document.Kind, privateKey);
        Array.Clear(privateKey);
        if (signer?.Account.ToString() == document.Account) return new KeyRead.Ready(signer!);
        signer?.Dispose();
        return new KeyRead.Damaged();
    }

    private static Signer? Signer(string? kind, byte[] privateKey)
    {
        try
        {
            return kind == P256 ? P256Signer.FromPrivateKey(privateKey) : WalletSigner.FromPrivateKey(privateKey);
        }
        catch (ArgumentOutOfRangeException)
        {
            // Zero, or not below the order of the curve.
            return null;
        }
    }

    private static byte[]? Bytes(string? text) => text is null ? null : Hex.Decode(text);
}
