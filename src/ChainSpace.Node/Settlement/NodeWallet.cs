using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Node.Settlement;

/// <summary>
/// The wallet with which a node sends anchors, one for all its spaces and networks, in a file that only its user can read.
/// It pays for gas, holds nobody's money, and earns what is paid for early anchors.
/// </summary>
public static class NodeWallet
{
    public const string FileName = "wallet.key";
    private const int KeySize = 32;

    /// <summary>The wallet of the folder; made where there is none.</summary>
    /// <exception cref="InvalidDataException">The file holds no key.</exception>
    public static WalletSigner Open(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (File.Exists(path)) return Read(path);
        WalletSigner wallet = WalletSigner.Create();
        Directory.CreateDirectory(folder);
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        // Written beside and then named: half a key would lock its spaces out of their vaults.
        string next = path + ".next";
        File.Delete(next);
        using (FileStream file = new(next, options))
        {
            file.Write(wallet.Export());
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path);
        return wallet;
    }

    private static WalletSigner Read(string path)
    {
        byte[] key = File.ReadAllBytes(path);
        return key.Length == KeySize
            ? WalletSigner.FromPrivateKey(key)
            : throw new InvalidDataException($"{path} holds no key of {KeySize} bytes.");
    }
}
