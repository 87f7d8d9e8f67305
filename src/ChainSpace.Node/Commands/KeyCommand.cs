using System.CommandLine;
using ChainSpace.Client.Keys;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace key</c>: makes and shows the keys of this machine's user. A key is an account.</summary>
internal static class KeyCommand
{
    public static Command Create() => new("key", "Make and show your keys; a key is an account.") { New(), Show(), List() };

    private static Command New()
    {
        Argument<string> name = Name();
        Option<string> kind = new("--kind")
        {
            Description = "p256, as browsers and passkeys have, or wallet, as Ethereum has.",
            DefaultValueFactory = _ => "p256",
        };
        kind.AcceptOnlyFromAmong("p256", "wallet");
        Command command = new("new", "Make a key. Example: chainspace key new alice") { name, kind };
        command.AddPassphrase();
        command.AddJson();
        command.Does((parsed, _) =>
        {
            string? passphrase = parsed.GetValue<string>(NodeOption.Passphrase);
            if (passphrase is { Length: 0 }) throw new Complaint("An empty passphrase locks nothing; leave the option away.");
            string file = KeyFolder.NewFile(parsed.GetValue(name)!);
            using Signer signer = parsed.GetValue(kind) == "p256" ? P256Signer.Create() : WalletSigner.Create();
            KeyFile.Create(file, signer, passphrase);
            Print(KeyFolder.Describe(file), parsed);
            return Task.CompletedTask;
        });
        return command;
    }

    private static Command Show()
    {
        Argument<string> name = Name();
        Command command = new("show", "Show a key's account and file. Example: chainspace key show alice") { name };
        command.AddJson();
        command.Does((parsed, _) =>
        {
            Print(KeyFolder.Describe(KeyFolder.FileOf(parsed.GetValue(name)!)), parsed);
            return Task.CompletedTask;
        });
        return command;
    }

    private static Command List()
    {
        Command command = new("list", "List your keys. Example: chainspace key list");
        command.AddJson();
        command.Does((parsed, _) =>
        {
            KeyLine[] keys = [.. KeyFolder.All()];
            if (parsed.GetValue<bool>(NodeOption.Json)) Screen.Json(keys, CommandJson.Default.IReadOnlyListKeyLine);
            else if (keys.Length == 0) Screen.Aside("There are no keys yet; make one with: chainspace key new");
            else foreach (KeyLine key in keys) Screen.Line($"{key.Name,-16} {key.Kind,-7} {key.Account}{Locked(key)}");
            return Task.CompletedTask;
        });
        return command;
    }

    private static Argument<string> Name() => new("NAME")
    {
        Description = "Name of the key.",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => NodeOption.DefaultKey,
    };

    private static void Print(KeyLine key, ParseResult parsed)
    {
        if (parsed.GetValue<bool>(NodeOption.Json))
        {
            Screen.Json(key, CommandJson.Default.KeyLine);
            return;
        }

        Screen.Line($"Key {key.Name}");
        Screen.Fact("account", key.Account);
        Screen.Fact("kind", key.Kind + Locked(key));
        Screen.Fact("file", key.File);
    }

    private static string Locked(KeyLine key) => key.IsLocked ? " (locked)" : "";
}
