using System.CommandLine;
using ChainSpace.Chains;
using ChainSpace.Chains.Rpc;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Audit;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Node.Settlement;
using ChainSpace.Node.Witnessing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace witness</c>: checks a space's journal and vouches for what may be claimed by it.</summary>
internal static class WitnessCommand
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    // An audit costs time; what was wrong is not looked at again at once.
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        Option<bool> isOnce = new("--once") { Description = "Look once: sign what waits, or say why not with exit code 1." };
        Option<Uri?> rpc = NodeOption.Rpc(
            "JSON-RPC endpoint of the chain that you trust, where deposits are looked up; else the node's own.");
        Command command = new(
            "witness",
            "Recompute a space's journal and sign its payout roots, as one of its witnesses. "
                + "Example: chainspace witness --url https://node.example --space town --key wanda")
        {
            isOnce, rpc,
        };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            string name = parsed.GetValue<string>(NodeOption.Key)!;
            using Signer signer = KeyFolder.Load(name, parsed.GetValue<string>(NodeOption.Passphrase));
            WalletSigner wallet = signer as WalletSigner
                ?? throw new Complaint("A witness needs a wallet; make one with: chainspace key new NAME --kind wallet");
            using HttpClient http = RpcEndpoint.CreateClient();
            RpcPool chain = await OpenChainAsync(visit, parsed.GetValue(rpc), http, cancellationToken);
            SpaceId space = new(Bytes32.Parse(visit.Space.Id));
            WitnessMemory memory = new(MemoryOf(KeyFolder.FileOf(name), visit.Space.Id));
            Witness witness = new(visit.Client, space, wallet, memory, chain);
            if (parsed.GetValue(isOnce)) SayOnce(await witness.LookAsync(cancellationToken));
            else await WatchAsync(witness, cancellationToken);
        });
        return command;
    }

    // Beside the key, for whoever takes the key to another machine must take this along.
    private static string MemoryOf(string keyFile, string space) =>
        Path.ChangeExtension(keyFile, $"{space[2..18]}.witness");

    private static async Task<RpcPool> OpenChainAsync(
        NodeVisit visit, Uri? rpc, HttpClient http, CancellationToken cancellationToken)
    {
        VaultView view = await visit.Client.VaultAsync(visit.Space.Id, cancellationToken)
            ?? throw new Complaint($"The space {visit.Space.Name} has no vault (yet), so there is nothing to vouch for.");
        RpcEndpoint endpoint = new(VaultPlace.EndpointOf(view.Rpc, rpc), http, new RpcLimits(), TimeProvider.System);
        ChainId chain = new(ulong.Parse(view.ChainId, null));
        return new RpcPool(chain, [endpoint], 1, TimeProvider.System, new Random());
    }

    private static void SayOnce(WitnessOutcome outcome)
    {
        if (outcome is WitnessOutcome.Refused) throw new Complaint(Sentence(outcome));
        Screen.Line($"{Sentence(outcome)}");
    }

    private static async Task WatchAsync(Witness witness, CancellationToken cancellationToken)
    {
        string said = "";
        while (true)
        {
            (bool isWell, string sentence) = await LookAsync(witness, cancellationToken);
            if (sentence != said && isWell) Screen.Line($"{sentence}");
            else if (sentence != said) Screen.Aside(sentence);
            said = sentence;
            await Task.Delay(isWell ? Beat : AfterTrouble, TimeProvider.System, cancellationToken);
        }
    }

    // The loop of a service: the node may be down for a while, and a witness outlives that.
    private static async Task<(bool IsWell, string Sentence)> LookAsync(
        Witness witness, CancellationToken cancellationToken)
    {
        try
        {
            WitnessOutcome outcome = await witness.LookAsync(cancellationToken);
            return (outcome is not WitnessOutcome.Refused, Sentence(outcome));
        }
        catch (Exception exception) when (IsPassing(exception))
        {
            return (false, exception.Message);
        }
    }

    private static bool IsPassing(Exception exception) =>
        exception is Complaint or HttpRequestException or UnreadableJournalException
        || exception is TaskCanceledException { InnerException: TimeoutException };

    private static string Sentence(WitnessOutcome outcome) => outcome switch
    {
        WitnessOutcome.Idle idle => idle.Because,
        WitnessOutcome.Signed signed => $"Signed: {signed.Vow.Size} entries, payouts {signed.Vow.PayoutRoot}.",
        WitnessOutcome.Refused refused => $"Size {refused.Size} is not signed: {refused.Sentence}",
    };
}
