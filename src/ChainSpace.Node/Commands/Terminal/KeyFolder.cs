using System.Text.Json;
using ChainSpace.Client.Keys;
using ChainSpace.Node.Settlement;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Node.Commands.Terminal;

/// <summary>The user's keys: files of this machine's account, each named by its file.</summary>
internal static class KeyFolder
{
    private const string Extension = ".json";
    private const int LongestName = 64;

    public static string Folder => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "chainspace",
        "keys");

    /// <summary>The file of a new key; its folder exists then, readable for its owner only.</summary>
    public static string NewFile(string name)
    {
        if (!IsName(name))
            throw new Complaint($"'{name}' is no name for a key; take 1 to 64 letters, digits, hyphens or underscores.");
        string file = Path.Combine(Folder, name + Extension);
        if (File.Exists(file)) throw new Complaint($"There is a key '{name}' already ({file}); choose another name.");
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Folder);
        else Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    /// <summary>What a name or a path means; the file exists.</summary>
    public static string FileOf(string key)
    {
        string file = IsName(key) ? Path.Combine(Folder, key + Extension) : key;
        if (File.Exists(file)) return file;
        throw new Complaint(IsName(key)
            ? $"There is no key '{key}'; make it with: chainspace key new {key}"
            : $"There is no key file {key}.");
    }

    public static IEnumerable<KeyLine> All() => Directory.Exists(Folder)
        ? Directory.EnumerateFiles(Folder, "*" + Extension).Order(StringComparer.Ordinal).Select(TryDescribe).OfType<KeyLine>()
        : [];

    /// <summary>What a key file tells without its passphrase.</summary>
    public static KeyLine Describe(string file) => TryDescribe(file) ?? throw new Complaint($"{file} is no key file.");

    /// <summary>The key, with the passphrase given, or asked for where somebody sits at the terminal.</summary>
    public static Signer Load(string key, string? passphrase)
    {
        string file = FileOf(key);
        // Not a key file like those of people, but whoever has it takes out by it what early anchors have earned.
        if (Path.GetFileName(file) == NodeWallet.FileName) return NodeWallet.Open(Path.GetDirectoryName(file)!);
        KeyRead read = KeyFile.Load(file, passphrase);
        if (read is KeyRead.NeedsPassphrase && !Console.IsInputRedirected) read = KeyFile.Load(file, Ask(file));
        return read switch
        {
            KeyRead.Ready ready => ready.Signer,
            KeyRead.NeedsPassphrase => throw new Complaint($"{file} is locked; give its --passphrase."),
            KeyRead.WrongPassphrase => throw new Complaint($"The passphrase does not open {file}."),
            KeyRead.Damaged => throw new Complaint($"{file} is no key file, or it is damaged."),
        };
    }

    private static string Ask(string file)
    {
        Console.Error.Write($"Passphrase of {Path.GetFileName(file)}: ");
        System.Text.StringBuilder typed = new();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key != ConsoleKey.Backspace) typed.Append(key.KeyChar);
            else if (typed.Length > 0) typed.Length--;
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }

    private static bool IsName(string text) =>
        text.Length is > 0 and <= LongestName && text.All(static each => char.IsAsciiLetterOrDigit(each) || each is '-' or '_');

    private static KeyLine? TryDescribe(string file)
    {
        try
        {
            KeyOutside? outside = JsonSerializer.Deserialize(File.ReadAllBytes(file), CommandJson.Default.KeyOutside);
            return outside is { Kind: { } kind, Account: { } account }
                ? new KeyLine(Path.GetFileNameWithoutExtension(file), account, kind, file, outside.Locked is not null)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A key as far as anybody may see it.</summary>
internal sealed record KeyLine(string Name, string Account, string Kind, string File, bool IsLocked);

/// <summary>The members of a key file that are no secret; the others are passed over.</summary>
internal sealed record KeyOutside(string? Kind, string? Account, JsonElement? Locked);
