using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Node.Commands.Terminal;

/// <summary>What the wallets of this user have sent, beside their keys: a file for each chain, wallet and purpose.</summary>
internal static class OutboxFolder
{
    public static string FileOf(string chain, WalletSigner wallet, string purpose)
    {
        string folder = Path.Combine(Path.GetDirectoryName(KeyFolder.Folder)!, "outboxes");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, $"{chain}-{wallet.Account.ToString()[^40..]}-{purpose}.db");
    }
}
