using System.CommandLine;
using System.Globalization;

namespace ChainSpace.Node.Commands.Terminal;

/// <summary>Options that mean the same with every verb; each command gets its own.</summary>
internal static class NodeOption
{
    public const string Url = "--url", Space = "--space", Json = "--json";
    public const string Key = "--key", As = "--as", Passphrase = "--passphrase";

    public static void AddReading(this Command command)
    {
        command.Options.Add(new Option<string>(Url)
        {
            Description = "Address of the node (or CHAINSPACE_URL).",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("CHAINSPACE_URL") ?? "http://localhost:8080",
        });
        command.Options.Add(new Option<string>(Space)
        {
            Description = "Name or id of the space (or CHAINSPACE_SPACE).",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("CHAINSPACE_SPACE") ?? "demo",
        });
        command.AddJson();
    }

    public static void AddSigning(this Command command)
    {
        command.AddReading();
        command.Options.Add(new Option<string>(Key)
        {
            Description = "Name or file of the key that signs (or CHAINSPACE_KEY).",
            DefaultValueFactory = _ => DefaultKey,
        });
        command.Options.Add(new Option<string?>(As)
        {
            Description = "Account that the key speaks for, if it is a session of another: an id, or one of your keys.",
        });
        command.AddPassphrase();
    }

    public static void AddPassphrase(this Command command) => command.Options.Add(new Option<string?>(Passphrase)
    {
        Description = "Passphrase of the key file (or CHAINSPACE_PASSPHRASE, which other users of the machine cannot see).",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("CHAINSPACE_PASSPHRASE"),
    });

    public static void AddJson(this Command command) =>
        command.Options.Add(new Option<bool>(Json) { Description = "Print JSON, for programs." });

    public static string DefaultKey => Environment.GetEnvironmentVariable("CHAINSPACE_KEY") ?? "default";

    /// <summary>A chain's endpoint; the parser itself makes no addresses of words.</summary>
    public static Option<Uri?> Rpc(string description) => new("--rpc")
    {
        Description = description,
        HelpName = "URL",
        CustomParser = static result =>
        {
            string text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https") return url;
            result.AddError($"'{text}' is no address of an endpoint; one looks like https://chain.example.");
            return null;
        },
    };

    /// <summary>An account that somebody looks at; his own where none is named.</summary>
    public static Argument<string> Account(string name) => new(name)
    {
        Description = "Id of the account, or name of one of your keys.",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => DefaultKey,
    };

    /// <summary>A whole number, with a sentence for what is none.</summary>
    public static Option<uint> Count(string name, uint otherwise, string description) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => otherwise,
        HelpName = "N",
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
            if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number)) return number;
            result.AddError($"{name} takes a whole number, not '{text}'.");
            return 0;
        },
    };
}
