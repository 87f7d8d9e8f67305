using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using ChainSpace.Client;
using ChainSpace.Client.Attributes;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Credentials;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace attributes</c>: what you hold of yourself, and what of it the node has been shown.</summary>
internal static class AttributesCommand
{
    public static Command Create() => new("attributes", "Hold, show, export and delete attributes of yourself.")
    {
        Set(), Show(), Export(), Delete(), Attest(),
    };

    private static Command Set()
    {
        Argument<string[]> pairs = new("NAME=VALUE")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "What you say of yourself.",
        };
        Option<FileInfo?> file = new("--credential") { Description = "File with a credential that an issuer gave you, instead." };
        Option<string?> only = new("--only") { Description = "Names to show the node, joined by commas; others are only held." };
        Option<bool> isKept = new("--keep") { Description = "Hold it on this machine and show nothing." };
        Option<bool> isPublished = new("--publish") { Description = "Everybody may see it in your profile." };
        Command command = new(
            "set", "Hold attributes and show them to the node. Example: chainspace attributes set occupation=nurse")
        {
            pairs, file, only, isKept, isPublished,
        };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            SdJwt text = parsed.GetValue(file) is { } given ? ReadFile(given) : State(visit, parsed.GetValue(pairs)!);
            AttributeCredential credential = Check(text, visit);
            CredentialFolder.Keep(visit.Session.Author.Account, credential, text);
            if (parsed.GetValue(isKept))
            {
                string held = string.Join(", ", credential.Attributes.Keys);
                Screen.Line($"Held on this machine: {held}. The node knows nothing of it.");
                return;
            }

            string[] names = parsed.GetValue(only)?.Split(',') ?? [.. credential.Attributes.Keys];
            PresentationView view = await PresentAsync(visit, text, names, parsed.GetValue(isPublished), cancellationToken);
            if (parsed.GetValue<bool>(NodeOption.Json)) Screen.Json(view, ClientJson.Default.PresentationView);
            else Say(view, visit.Visit.Space.Name);
        });
        return command;
    }

    /// <summary>Shows the named claims.</summary>
    public static async Task<PresentationView> PresentAsync(
        SignedVisit visit, SdJwt text, IReadOnlyCollection<string> names, bool isPublished, CancellationToken cancellationToken)
    {
        Told<PresentationView> told = await visit.Attributes.ShowAsync(
            text, disclosure => disclosure.Name is { } name && names.Contains(name), isPublished, cancellationToken);
        return Take(told);
    }

    /// <summary>Says what was shown, and what that means.</summary>
    public static void Say(PresentationView view, string space)
    {
        string names = string.Join(", ", view.Attributes.Keys);
        Screen.Line($"Shown to the node of {space}: {(names.Length > 0 ? names : "nothing")}.");
        string[] sensitive = [.. view.Attributes.Keys.Where(AttributeNames.IsSensitive)];
        if (sensitive.Length > 0)
            Screen.Line($"  Sensitive: {string.Join(", ", sensitive)}. Only the operator's node can read it.");
        Screen.Line($"  Nothing of it is in the journal; take it back with: chainspace attributes delete");
    }

    public static T Take<T>(Told<T> told)
        where T : class =>
        told.Value ?? throw new Complaint(told.Refused?.Detail ?? "The node refused it.");

    private static Command Show()
    {
        Command command = new("show", "List what this machine holds, and what the node keeps.");
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            Page<PresentationView> kept = Take(await visit.Attributes.ExportAsync(cancellationToken));
            if (parsed.GetValue<bool>(NodeOption.Json))
            {
                Screen.Json(kept, ClientJson.Default.PagePresentationView);
                return;
            }

            foreach ((string file, _, AttributeCredential held) in CredentialFolder.All(visit.Session.Author.Account))
            {
                string issuer = IssuerOf(held.IsSelfStated, held.Issuer.ToString());
                Screen.Line($"Held here: {string.Join(", ", held.Attributes.Keys)} ({issuer}, {file})");
            }

            foreach (PresentationView view in kept.Data)
            {
                string issuer = IssuerOf(view.IsSelfStated, view.Issuer);
                Screen.Line($"Kept by the node since {Wording.Moment(view.Stored)} ({issuer}):");
                foreach ((string name, JsonElement value) in view.Attributes) Screen.Fact(name, value.ToString());
            }

            if (kept.Data.Count == 0) Screen.Line($"The node keeps nothing of this account.");
        });
        return command;
    }

    private static Command Export()
    {
        Argument<FileInfo> file = new("FILE") { Description = "Where to write it." };
        Command command = new("export", "Write all that the node keeps of your attributes into a file.") { file };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            Page<PresentationView> kept = Take(await visit.Attributes.ExportAsync(cancellationToken));
            FileInfo target = parsed.GetValue(file)!;
            await File.WriteAllBytesAsync(
                target.FullName, Screen.Bytes(kept, ClientJson.Default.PagePresentationView), cancellationToken);
            ExportedLine line = new(target.FullName, kept.Data.Count);
            if (parsed.GetValue<bool>(NodeOption.Json)) Screen.Json(line, CommandJson.Default.ExportedLine);
            else Screen.Line($"{target.Name} has {line.Presentations} presentations, with their salts.");
        });
        return command;
    }

    private static Command Delete()
    {
        Option<bool> isHere = new("--here") { Description = "Also what this machine holds." };
        Command command = new("delete", "Have the node forget your attributes.") { isHere };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            if (await visit.Attributes.DeleteAsync(cancellationToken) is { } refused) throw new Complaint(refused.Detail);
            int files = parsed.GetValue(isHere) ? CredentialFolder.Forget(visit.Session.Author.Account) : 0;
            if (parsed.GetValue<bool>(NodeOption.Json)) Screen.Json(new ForgottenLine(files), CommandJson.Default.ForgottenLine);
            else Screen.Line($"The node has forgotten it; {files} credentials deleted on this machine.");
        });
        return command;
    }

    private static Command Attest()
    {
        Argument<string> holder = new("KEY") { Description = "Public key of the person, x and y as hexadecimal." };
        Argument<string[]> pairs = new("NAME=VALUE") { Arity = ArgumentArity.OneOrMore, Description = "What you checked." };
        Command command = new("attest", "Print a credential in which your key attests attributes of somebody.") { holder, pairs };
        command.Options.Add(new Option<string>(NodeOption.Key)
        {
            Description = "Name or file of the key that attests.",
            DefaultValueFactory = _ => NodeOption.DefaultKey,
        });
        command.AddPassphrase();
        command.Does((parsed, _) =>
        {
            string key = parsed.GetValue<string>(NodeOption.Key)!;
            using Signer signer = KeyFolder.Load(key, parsed.GetValue<string>(NodeOption.Passphrase));
            P256Signer issuer = signer as P256Signer ?? throw new Complaint("A wallet's key issues no credentials.");
            if (Hex.Decode(parsed.GetValue(holder)!) is not { } xy || !P256PublicKey.TryRead(xy, out P256PublicKey person))
                throw new Complaint("That is no public key: 0x and 128 lower-case digits.");
            Moment now = new(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
            Console.Out.WriteLine(HeldAttributes.Attest(issuer, person, Pairs(parsed.GetValue(pairs)!), now).Text);
            return Task.CompletedTask;
        });
        return command;
    }

    private static SdJwt State(SignedVisit visit, string[] pairs)
    {
        if (pairs.Length == 0) throw new Complaint("Say at least one attribute, such as occupation=nurse.");
        Moment now = new(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        return HeldAttributes.State(visit.Holder, Pairs(pairs), now);
    }

    private static ImmutableSortedDictionary<string, AttributeValue> Pairs(string[] pairs)
    {
        try
        {
            return HeldAttributes.Read(pairs);
        }
        catch (FormatException exception)
        {
            throw new Complaint(exception.Message);
        }
    }

    private static SdJwt ReadFile(FileInfo file)
    {
        if (!file.Exists) throw new Complaint($"There is no file {file.FullName}.");
        string text = File.ReadAllText(file.FullName).Trim();
        return SdJwt.TryRead(text, out SdJwt? read) ? read : throw new Complaint($"{file.Name} holds no credential.");
    }

    private static AttributeCredential Check(SdJwt text, SignedVisit visit)
    {
        Moment now = new(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        if (AttributeCredential.Check(text, now, out AttributeCredential? credential) is { } fault)
            throw new Complaint($"The credential cannot be used: {fault}.");
        return credential!.Holder == visit.Holder.Key
            ? credential
            : throw new Complaint("The credential is of another key's holder.");
    }

    private static string IssuerOf(bool isSelfStated, string issuer) =>
        isSelfStated ? "said by yourself" : $"attested by {Wording.ShortAccount(issuer)}";
}

/// <summary>Where what the node keeps was written, and how many presentations that are.</summary>
internal sealed record ExportedLine(string File, int Presentations);

/// <summary>How many credentials were deleted on this machine, beside what the node has forgotten.</summary>
internal sealed record ForgottenLine(int DeletedHere);
