using System.CommandLine;
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
        Command command = new(
            "deposit", "Pay into a space from your wallet. Example: chainspace deposit 25.00 --key alice --space town")
        {
            amount, payer, account, isTest,
        };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            using Signer wallet = LoadPayer(parsed, payer);
            Amount money = Wording.ReadAmount(parsed.GetValue(amount)!, visit.Space);
            AccountId to = parsed.GetValue(account) is { } name ? RevokeCommand.AccountOf(name) : wallet.Account;
            using PayingWallet chain = await OpenAsync(visit, wallet, cancellationToken);
            if (parsed.GetValue(isTest)) await chain.GiveAsync(money, cancellationToken);
            TransactionHash transaction = await chain.DepositAsync(to, money, cancellationToken);
            Screen.Line($"{Wording.Amount(money.ToString(), visit.Space)} paid in for {Wording.ShortAccount(to.ToString())}.");
            Screen.Line($"  transaction {transaction.ToString()}; the space credits it when its block is final.");
        });
        return command;
    }

    /// <summary>Which wallet pays for gas.</summary>
    public static Option<string?> Payer() => new("--payer")
    {
        Description = "Name or file of the wallet that pays and sends the transaction; else the key itself.",
    };

    public static Signer LoadPayer(ParseResult parsed, Option<string?> payer) => KeyFolder.Load(
        parsed.GetValue(payer) ?? parsed.GetValue<string>(NodeOption.Key)!, parsed.GetValue<string>(NodeOption.Passphrase));

    /// <summary>The wallet at work on the chain of the visited space.</summary>
    public static async Task<PayingWallet> OpenAsync(NodeVisit visit, Signer payer, CancellationToken cancellationToken)
    {
        if (payer is not WalletSigner wallet)
            throw new Complaint("Only a wallet can pay on a chain: 'key new NAME --kind wallet' makes one, --payer names it.");
        VaultView view = await visit.Client.VaultAsync(visit.Space.Id, cancellationToken)
            ?? throw new Complaint($"The space {visit.Space.Name} has no vault: its money is play money, or not there yet.");
        string folder = Path.Combine(Path.GetDirectoryName(KeyFolder.Folder)!, "outboxes");
        Directory.CreateDirectory(folder);
        string file = $"{view.ChainId}-{wallet.Account.ToString()[^40..]}-{visit.Space.Id[2..10]}.db";
        return PayingWallet.Open(view, wallet, Path.Combine(folder, file));
    }
}
