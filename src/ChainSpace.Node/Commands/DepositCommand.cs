using System.CommandLine;
using System.Text;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Node.Settlement;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;

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

    // A node could name a vault of its own; the true one follows from the space's first entry, whose hash is the space's id.
    private static async Task<Address?> VaultOfAsync(NodeVisit visit, CancellationToken cancellationToken)
    {
        ReceiptDocument? first = await visit.Client.ReceiptAsync(visit.Space.Id, 0, cancellationToken);
        bool isRead = Entry.TryRead(Encoding.UTF8.GetBytes(first?.Entry ?? ""), out Entry? entry, out _);
        if (!isRead || entry!.Message is not CreateSpace genesis) return null;
        if (TypedData.SpaceOf(genesis).ToString() != visit.Space.Id) return null;
        Protocol.Settlement.VaultTerms? terms = Protocol.Settlement.VaultTerms.TryRead(genesis.Vault.AsSpan());
        return terms is null || !Address.TryFrom(genesis.Factory, out Address factory)
            ? null
            : new VaultFactory(factory).VaultOf(new SpaceId(Bytes32.Parse(visit.Space.Id)), OnChain.Terms(terms));
    }

    /// <summary>The wallet at work on the chain of the visited space.</summary>
    public static async Task<PayingWallet> OpenAsync(NodeVisit visit, Signer payer, CancellationToken cancellationToken)
    {
        if (payer is not WalletSigner wallet)
            throw new Complaint("Only a wallet can pay on a chain: 'key new NAME --kind wallet' makes one, --payer names it.");
        VaultView view = await visit.Client.VaultAsync(visit.Space.Id, cancellationToken)
            ?? throw new Complaint($"The space {visit.Space.Name} has no vault: its money is play money, or not there yet.");
        if (await VaultOfAsync(visit, cancellationToken) != Address.Parse(view.Vault))
            throw new Complaint($"The vault that the node names, {view.Vault}, is not the one of this space: pay nothing there.");
        string folder = Path.Combine(Path.GetDirectoryName(KeyFolder.Folder)!, "outboxes");
        Directory.CreateDirectory(folder);
        string file = $"{view.ChainId}-{wallet.Account.ToString()[^40..]}-{visit.Space.Id[2..10]}.db";
        return PayingWallet.Open(view, wallet, Path.Combine(folder, file));
    }
}
