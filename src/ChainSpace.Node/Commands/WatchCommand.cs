using System.CommandLine;
using ChainSpace.Chains.Rpc;
using ChainSpace.Client;
using ChainSpace.Client.Http;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Audit;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Node.Settlement;
using ChainSpace.Node.Watching;
using ChainSpace.Node.Witnessing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace watch</c>: challenges what a vault is about to pay by and the journal does not say.</summary>
internal static class WatchCommand
{
    // Seven rounds of a space with usual terms, after which anybody can end it, need 0.64 for the last.
    private const string UsualMost = "1";

    private const string Challenge = "challenge", Wait = "wait";

    private static readonly TimeSpan LongestQuestion = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestBeat = TimeSpan.FromSeconds(1), LongestBeat = TimeSpan.FromMinutes(1);

    private sealed record Wishes(Option<Uri?> Rpc, Option<string> Most, Option<string> IfSilent, Option<bool> IsOnce);

    public static Command Create()
    {
        Wishes wishes = new(
            NodeOption.Rpc("JSON-RPC endpoint of the space's chain that you trust, not one of the operator's."),
            new Option<string>("--most")
            {
                Description = "The largest bond to lock in one challenge, in whole coins.",
                DefaultValueFactory = static _ => UsualMost,
                HelpName = "BOND",
            },
            new Option<string>("--if-silent")
            {
                Description = "What to do about a proposal that could not be checked when two thirds of its window are over.",
                DefaultValueFactory = static _ => Challenge,
            },
            new Option<bool>("--once") { Description = "Look once; exit code 1 where something is left to be done." });
        wishes.Rpc.Required = true;
        wishes.IfSilent.AcceptOnlyFromAmong(Challenge, Wait);
        Command command = new(
            "watch",
            "Recompute a space's journal and challenge proposed payouts that it does not say, with a bond of your wallet. "
                + "Example: chainspace watch --url https://node.example --space 0x6d1f… --key wim --rpc https://chain.example")
        {
            wishes.Rpc, wishes.Most, wishes.IfSilent, wishes.IsOnce,
        };
        command.AddSigning();
        command.Does((parsed, cancellationToken) => RunAsync(parsed, wishes, cancellationToken));
        return command;
    }

    private static async Task RunAsync(ParseResult parsed, Wishes wishes, CancellationToken cancellationToken)
    {
        WatchPolicy policy = new(
            Coins.TryRead(parsed.GetValue(wishes.Most)!)
                ?? throw new Complaint($"'{parsed.GetValue(wishes.Most)}' is no sum of coins; one looks like 0.5."),
            parsed.GetValue(wishes.IfSilent) == Challenge);
        string name = parsed.GetValue<string>(NodeOption.Key)!;
        using Signer signer = KeyFolder.Load(name, parsed.GetValue<string>(NodeOption.Passphrase));
        WalletSigner wallet = signer as WalletSigner
            ?? throw new Complaint("Bonds are paid by a wallet; make one with: chainspace key new NAME --kind wallet");
        FoundedVault vault = await VaultAsync(parsed, KeyFolder.FileOf(name), cancellationToken);
        if (vault.Terms.Window == 0)
            throw new Complaint(
                "Nothing becomes good by waiting in this space, so there is nothing to watch: its witnesses decide.");

        using HttpClient http = new() { MaxResponseContentBufferSize = NodeSource.LongestAnswer, Timeout = LongestQuestion };
        http.BaseAddress = NodeVisit.AddressOf(parsed.GetValue<string>(NodeOption.Url)!);
        using HttpClient toChain = RpcEndpoint.CreateClient();
        Uri rpc = parsed.GetRequiredValue(wishes.Rpc)!;
        RpcEndpoint endpoint = new(rpc, toChain, new RpcLimits(), TimeProvider.System);
        RpcPool chain = new(vault.Chain, [endpoint], 1, TimeProvider.System, new Random());
        string space = vault.Space.ToString()[2..10];
        BondPurse purse = new(
            vault, wallet, rpc, purpose => OutboxFolder.FileOf(vault.Chain.ToString(), wallet, $"{space}-{purpose}"));
        AnchorAudit audit = new(new ChainSpaceClient(http, new RetryPolicy { Tries = 3 }), vault.Space, chain);
        Watcher watcher = new(audit, vault, chain, purse, policy);
        if (parsed.GetValue(wishes.IsOnce)) await LookOnceAsync(watcher, cancellationToken);
        else await WatchAsync(watcher, BeatOf(vault.Terms.Window), cancellationToken);
    }

    // A watcher that starts again while the node is silent still knows its vault: the space's first entry lies beside the key.
    private static async Task<FoundedVault> VaultAsync(ParseResult parsed, string keyFile, CancellationToken cancellationToken)
    {
        if (Bytes32.TryParse(parsed.GetValue<string>(NodeOption.Space), out Bytes32 id) && File.Exists(MemoryOf(keyFile, id)))
        {
            string entry = await File.ReadAllTextAsync(MemoryOf(keyFile, id), cancellationToken);
            if (FoundedVault.TryRead(entry, new SpaceId(id)) is { } known) return known;
        }

        using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
        id = Bytes32.Parse(visit.Space.Id);
        ReceiptDocument? first = await visit.Client.ReceiptAsync(visit.Space.Id, 0, cancellationToken);
        FoundedVault vault = FoundedVault.TryRead(first?.Entry, new SpaceId(id))
            ?? throw new Complaint($"The space {visit.Space.Name} has no vault, by its first entry: there is nothing to watch.");
        await File.WriteAllTextAsync(MemoryOf(keyFile, id), first!.Entry, cancellationToken);
        return vault;
    }

    private static string MemoryOf(string keyFile, Bytes32 space) =>
        Path.ChangeExtension(keyFile, $"{space.ToString()[2..18]}.genesis");

    private static TimeSpan BeatOf(uint window)
    {
        TimeSpan beat = TimeSpan.FromSeconds(window) / 20;
        return beat < ShortestBeat ? ShortestBeat : beat > LongestBeat ? LongestBeat : beat;
    }

    private static async Task LookOnceAsync(Watcher watcher, CancellationToken cancellationToken)
    {
        WatchOutcome outcome = await watcher.LookAsync(cancellationToken);
        if (outcome is WatchOutcome.BondsBack)
        {
            Screen.Line($"{Sentence(outcome)}");
            outcome = await watcher.LookAsync(cancellationToken);
        }

        if (!IsWell(outcome)) throw new Complaint(Sentence(outcome));
        Screen.Line($"{Sentence(outcome)}");
    }

    private static async Task WatchAsync(Watcher watcher, TimeSpan beat, CancellationToken cancellationToken)
    {
        string said = "", complained = "";
        while (true)
        {
            (bool isWell, string sentence) = await LookAsync(watcher, cancellationToken);
            if (isWell && sentence != said) Screen.Line($"{sentence}");
            else if (!isWell && sentence != complained) Screen.Aside(sentence);

            // After an interruption, what was said before it is not said again.
            said = isWell ? sentence : said;
            complained = isWell ? "" : sentence;
            await Task.Delay(beat, TimeProvider.System, cancellationToken);
        }
    }

    // The loop of a service: chain and node may be down for a while, and a watcher outlives that.
    private static async Task<(bool IsWell, string Sentence)> LookAsync(Watcher watcher, CancellationToken cancellationToken)
    {
        try
        {
            WatchOutcome outcome = await watcher.LookAsync(cancellationToken);
            return (IsWell(outcome), Sentence(outcome));
        }
        catch (Exception exception) when (exception is ChainException or IOException)
        {
            return (false, exception.Message);
        }
    }

    private static bool IsWell(WatchOutcome outcome) =>
        outcome is not (WatchOutcome.Waiting or WatchOutcome.Refused or WatchOutcome.Blind);

    private static string Sentence(WatchOutcome outcome) => outcome switch
    {
        WatchOutcome.Idle idle => idle.Because,
        WatchOutcome.Right right => $"The proposal of size {right.Size} is right: payouts {right.PayoutRoot}.",
        WatchOutcome.Waiting waiting => $"The proposal of size {waiting.Size} could not be checked yet: {waiting.Sentence}",
        WatchOutcome.Challenged dead =>
            $"CHALLENGED the proposal of size {dead.Size} (bond {new Coins(dead.Bond)}, {dead.Transaction}): {dead.Because}",
        WatchOutcome.Refused refused => $"The proposal of size {refused.Size} is NOT CHALLENGED: {refused.Sentence}",
        WatchOutcome.BondsBack back => $"Took back bonds of {new Coins(back.Amount)}.",
        WatchOutcome.Blind blind => blind.Sentence,
    };
}
