using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Receipts;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Node.Settlement;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace verify</c>: checks a receipt without asking anyone, and says of each link what holds.</summary>
internal static class VerifyCommand
{
    // A receipt has a few kilobytes; whatever is much larger is something else.
    private const int LargestReceipt = 1 << 20;

    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "The receipt; - reads standard input." };
        Option<string?> space = new("--space")
        {
            Description = "Id of the space it must be of; without it the receipt names its own.",
        };
        Option<string?> rpc = new("--rpc")
        {
            Description = "Endpoint of the space's chain: asks it too whether it holds the journal that the receipt speaks of.",
        };
        Command command = new("verify", "Check a receipt, offline. Example: chainspace verify receipt.json")
        {
            file, space, rpc,
        };
        command.AddJson();
        command.Does(async (parsed, cancellationToken) =>
        {
            SpaceId? expected = SpaceOf(parsed.GetValue(space));
            ReceiptDocument document = Read(await BytesAsync(parsed.GetValue(file)!, cancellationToken), parsed.GetValue(file)!);
            ReceiptCheck check = ReceiptVerification.Verify(document, expected);
            CheckedLink[] further = check.IsValid ? await FurtherAsync(document, parsed.GetValue(rpc), cancellationToken) : [];
            if (parsed.GetValue<bool>(NodeOption.Json)) Screen.Json(Describe(check, further), CommandJson.Default.Checked);
            else Print(check, further, (document, expected));
            return check.IsValid && further.All(static each => each.IsOk) ? 0 : 1;
        });
        return command;
    }

    // What a receipt may have beyond what every receipt has: witnesses, and a chain that is asked.
    private static async Task<CheckedLink[]> FurtherAsync(
        ReceiptDocument document, string? url, CancellationToken cancellationToken)
    {
        List<CheckedLink> further = [];
        if (document.Witnesses is not null)
        {
            (bool isGood, string sentence) = VouchCheck.Run(document);
            further.Add(new CheckedLink("witnesses", isGood, sentence));
        }

        if (url is not null)
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? endpoint))
                throw new Complaint($"'{url}' is no address of an endpoint; one looks like http://127.0.0.1:8545.");
            (bool isGood, string sentence) = await AnchorCheck.RunAsync(document, endpoint, cancellationToken);
            further.Add(new CheckedLink("anchor", isGood, sentence));
        }

        return [.. further];
    }

    private static void Say(bool isGood, string link, string sentence)
    {
        if (isGood) Screen.Line($"[green]✓[/] {link,-11}{sentence}");
        else Screen.Line($"[red]✗[/] {link,-11}{sentence}");
    }

    private static SpaceId? SpaceOf(string? text)
    {
        if (text is null) return null;
        return Bytes32.TryParse(text, out Bytes32 id)
            ? new SpaceId(id)
            : throw new Complaint($"'{text}' is no id of a space; one has 0x and 64 lower-case digits.");
    }

    private static async Task<byte[]> BytesAsync(string file, CancellationToken cancellationToken)
    {
        if (file != "-" && !File.Exists(file)) throw new Complaint($"There is no file {file}.");
        await using Stream source = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);
        byte[] bytes = new byte[LargestReceipt];
        int size = await source.ReadAtLeastAsync(bytes, LargestReceipt, throwOnEndOfStream: false, cancellationToken);
        return size < LargestReceipt ? bytes[..size] : throw new Complaint($"{file} is too large for a receipt.");
    }

    private static ReceiptDocument Read(byte[] json, string file)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ClientJson.Default.ReceiptDocument) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new Complaint($"{file} is no receipt: it is not the JSON that spec/receipt.md describes.");
        }
    }

    private static void Print(ReceiptCheck check, CheckedLink[] further, (ReceiptDocument Document, SpaceId? Expected) asked)
    {
        foreach (ReceiptLink link in check.Links) Say(link.IsOk, link.Name, link.Sentence);
        foreach (CheckedLink link in further) Say(link.IsOk, link.Name, link.Sentence);
        if (!check.IsValid)
        {
            Screen.Aside("This receipt proves nothing.");
            return;
        }

        Screen.Line($"Proved: {Said(check.Proven)}");
        if (StateOf(asked.Document) is { } state) Screen.Line($"[grey]{state}[/]");
        if (asked.Expected is null)
            Screen.Line($"[grey]The receipt names its own space; give the id you know with --space to be sure of it.[/]");
    }

    private static string? StateOf(ReceiptDocument document) => document switch
    {
        { Anchor: { Shared: { } shared } anchor } =>
            $"Under a super-root in block {anchor.Height} of chain {shared.ChainId}, it says; ask the chain with --rpc.",
        { Anchor: { } anchor } => $"Anchored in block {anchor.Height} of its chain, says the receipt; ask the chain with --rpc.",
        { State: { } state } => $"It was {state} when it was fetched; a later copy may prove more.",
        _ => null,
    };

    private static string Said(ProvenMessage proven)
    {
        Message message = proven.Entry.Message;
        string what = message switch
        {
            PostPoll => $"posted the poll {proven.Id}",
            Vote vote => $"voted for option {(ulong)vote.Choice + 1} of the poll {vote.Poll}",
            SealedVote vote => $"cast a sealed vote on the poll {vote.Poll}",
            Register => "registered",
            _ => $"sent a {message.Type}",
        };
        return $"at {Wording.Moment(proven.Entry.Moment.ToString())} the account {message.Header.Account} {what}.";
    }

    private static Checked Describe(ReceiptCheck check, CheckedLink[] further)
    {
        ImmutableArray<CheckedLink> links =
            [.. check.Links.Select(static link => new CheckedLink(link.Name, link.IsOk, link.Sentence)), .. further];
        if (!check.IsValid) return new Checked(false, links);
        return new Checked(true, links)
        {
            Space = check.Proven.Space.ToString(),
            Index = check.Proven.Index.ToString(),
            Moment = check.Proven.Entry.Moment.ToString(),
            Type = check.Proven.Entry.Message.Type,
            Account = check.Proven.Entry.Message.Header.Account.ToString(),
            Id = check.Proven.Id.ToString(),
        };
    }
}
