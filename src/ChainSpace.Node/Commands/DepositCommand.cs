using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ChainSpace.Chains;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Node.Settlement;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace deposit</c>: money of a wallet into the vault of a space.</summary>
internal static class DepositCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(0.5);

    public static Command Create()
    {
        Argument<string> amount = new("AMOUNT") { Description = "How much, e.g. 25.00." };
        Option<string?> payer = Payer();
        Option<string?> account = new("--for")
        {
            Description = "Account to credit, or name of one of your keys; else the payer.",
        };
        Option<bool> isTest = new("--test-money")
        {
            Description = "On a local network: give the payer coins and test money out of nothing first.",
        };
        Option<Uri?> rpc = ChainRpc();
        Option<bool> isHasty = new("--no-wait") { Description = "Do not wait until the space has credited it." };
        Command command = new(
            "deposit", "Pay into a space from your wallet. Example: chainspace deposit 25.00 --key alice --space town")
        {
            amount, payer, account, rpc, isTest, isHasty,
        };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            using Signer wallet = LoadPayer(parsed, payer);
            Amount money = Wording.ReadAmount(parsed.GetValue(amount)!, visit.Space);
            AccountId to = parsed.GetValue(account) is { } name ? RevokeCommand.AccountOf(name) : wallet.Account;
            using PayingWallet chain = await OpenAsync(visit, wallet, parsed.GetValue(rpc), cancellationToken);
            if (parsed.GetValue(isTest)) await chain.GiveAsync(money, cancellationToken);
            UInt128 before = await ReceivedAsync(visit, to, cancellationToken);
            TransactionHash transaction = await chain.DepositAsync(to, money, cancellationToken);
            bool isCredited = !parsed.GetValue(isHasty) && await WaitAsync(visit, to, before, cancellationToken);
            if (parsed.GetValue<bool>(NodeOption.Json))
            {
                PaidLine line = new(transaction.ToString(), to.ToString(), money.ToString(), isCredited);
                Screen.Json(line, CommandJson.Default.PaidLine);
                return;
            }

            Screen.Line($"{Wording.Amount(money.ToString(), visit.Space)} paid in for {Wording.ShortAccount(to.ToString())}.");
            Screen.Line($"  transaction {transaction.ToString()}");
            Screen.Line($"  {(isCredited ? "credited" : "the space credits it when its block is final")}");
        });
        return command;
    }

    private static async Task<UInt128> ReceivedAsync(NodeVisit visit, AccountId account, CancellationToken cancellationToken) =>
        await visit.Client.AccountAsync(visit.Space.Id, account.ToString(), cancellationToken) is { } view
            ? UInt128.Parse(view.Received, CultureInfo.InvariantCulture)
            : 0;

    // Finality takes seconds on one chain, a quarter of an hour on another; the money is safe whether anybody waits or not.
    private static Task<bool> WaitAsync(
        NodeVisit visit, AccountId account, UInt128 before, CancellationToken cancellationToken) =>
        ProgressLine.ShowAsync("Paid; waiting until its block is final (Ctrl+C stops only the waiting)", async _ =>
        {
            long start = Stopwatch.GetTimestamp();
            while (await ReceivedAsync(visit, account, cancellationToken) <= before)
            {
                if (Stopwatch.GetElapsedTime(start) > Patience) return false;
                await Task.Delay(Beat, cancellationToken);
            }

            return true;
        });

    /// <summary>Which wallet pays for gas.</summary>
    public static Option<string?> Payer() => new("--payer")
    {
        Description = "Name or file of the wallet that pays and sends the transaction; else the key itself.",
    };

    /// <summary>Where the chain is asked.</summary>
    public static Option<Uri?> ChainRpc() =>
        NodeOption.Rpc("JSON-RPC endpoint of the chain; else the one that the node names.");

    public static Signer LoadPayer(ParseResult parsed, Option<string?> payer) => KeyFolder.Load(
        parsed.GetValue(payer) ?? parsed.GetValue<string>(NodeOption.Key)!, parsed.GetValue<string>(NodeOption.Passphrase));

    // A node could name a vault of its own; the true one follows from the space's first entry, whose hash is the space's id.
    private static async Task<Address?> VaultOfAsync(NodeVisit visit, CancellationToken cancellationToken)
    {
        ReceiptDocument? first = await visit.Client.ReceiptAsync(visit.Space.Id, 0, cancellationToken);
        return FoundedVault.TryRead(first?.Entry, new SpaceId(Bytes32.Parse(visit.Space.Id)))?.Address;
    }

    /// <summary>The wallet at work on the chain of the visited space.</summary>
    public static async Task<PayingWallet> OpenAsync(
        NodeVisit visit, Signer payer, Uri? rpc, CancellationToken cancellationToken)
    {
        if (payer is not WalletSigner wallet)
            throw new Complaint("Only a wallet can pay on a chain: 'key new NAME --kind wallet' makes one, --payer names it.");
        VaultView view = await visit.Client.VaultAsync(visit.Space.Id, cancellationToken)
            ?? throw new Complaint($"The space {visit.Space.Name} has no vault: its money is play money, or not there yet.");
        if (await VaultOfAsync(visit, cancellationToken) != Address.Parse(view.Vault))
            throw new Complaint($"The vault that the node names, {view.Vault}, is not the one of this space: pay nothing there.");
        string outbox = OutboxFolder.FileOf(view.ChainId, wallet, visit.Space.Id[2..10]);
        return PayingWallet.Open(VaultPlace.Of(view, rpc), wallet, outbox);
    }
}
