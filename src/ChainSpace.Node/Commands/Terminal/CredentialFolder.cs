using ChainSpace.Protocol;
using ChainSpace.Protocol.Credentials;

namespace ChainSpace.Node.Commands.Terminal;

/// <summary>Credentials held on this machine: a file for each account and issuer, readable by its owner only.</summary>
internal static class CredentialFolder
{
    private const string Extension = ".sdjwt";

    private static string Folder => Path.Combine(Path.GetDirectoryName(KeyFolder.Folder)!, "credentials");

    /// <summary>Keeps a credential in place of the last of the same issuer; returns its file.</summary>
    public static string Keep(AccountId account, AttributeCredential credential, SdJwt text)
    {
        string folder = FolderOf(account), file = Path.Combine(folder, credential.Issuer + Extension);
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, own | UnixFileMode.UserExecute);
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = own;
        using StreamWriter writer = new(file, options);
        writer.Write(text.Text);
        return file;
    }

    /// <summary>What is held for an account and valid now.</summary>
    public static IReadOnlyList<(string File, SdJwt Text, AttributeCredential Credential)> All(AccountId account)
    {
        List<(string, SdJwt, AttributeCredential)> found = [];
        if (!Directory.Exists(FolderOf(account))) return found;
        foreach (string file in Directory.EnumerateFiles(FolderOf(account), "*" + Extension).Order(StringComparer.Ordinal))
        {
            Moment now = new(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
            if (!SdJwt.TryRead(File.ReadAllText(file).Trim(), out SdJwt? text)) continue;
            if (AttributeCredential.Check(text, now, out AttributeCredential? credential) is null)
                found.Add((file, text, credential!));
        }

        return found;
    }

    public static int Forget(AccountId account)
    {
        if (!Directory.Exists(FolderOf(account))) return 0;
        int files = Directory.EnumerateFiles(FolderOf(account)).Count();
        Directory.Delete(FolderOf(account), recursive: true);
        return files;
    }

    private static string FolderOf(AccountId account) => Path.Combine(Folder, account.ToString());
}
