using System.CommandLine;
using System.Globalization;
using System.Numerics;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Rpc;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Node.Settlement;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Settlement;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace leave</c>: out of a vault whose space is over, with a chain and the kept payout tree.</summary>
internal static class LeaveCommand
{
    private sealed record Wishes(
        Option<string> Vault, Option<Uri?> Rpc, Option<FileInfo?> Tree, Option<string?> Payer, Option<string?> To,
        Option<bool> IsForAll);

    // What all steps need: the account that leaves, the vault, and the tree where there is one.
    private sealed record Leaver(Signer Owner, Address Payee, VaultExit Exit, PayoutTree? Tree);

    public static Command Create()
    {
        Wishes wishes = new(
            new Option<string>("--vault") { Description = "Address of the space's vault.", Required = true },
            NodeOption.Rpc("JSON-RPC endpoint of its chain."),
            new Option<FileInfo?>("--tree")
            {
                Description = "Payout tree of the last good root: from GET /v1/spaces/{space}/payouts, or made by 'payouts'.",
            },
            DepositCommand.Payer(),
            new Option<string?>("--to") { Description = "Address that gets the money, for a P-256 key; else the payer's." },
            new Option<bool>("--settle-all")
            {
                Description = "Settle everybody of the tree first, so that nobody leaves with what it has spent.",
            });
        wishes.Rpc.Required = true;
        Command command = new(
            "leave",
            "End a space that is silent for too long, and take what you are due out of its vault, without the node. "
                + "Example: chainspace leave --vault 0xA1… --rpc https://chain.example --tree payouts.json --key alice")
        {
            wishes.Vault, wishes.Rpc, wishes.Tree, wishes.Payer, wishes.To, wishes.IsForAll,
        };
        command.Options.Add(new Option<string>(NodeOption.Key)
        {
            Description = "Name or file of the key whose account leaves (or CHAINSPACE_KEY).",
            DefaultValueFactory = static _ => NodeOption.DefaultKey,
        });
        command.AddPassphrase();
        command.Does((parsed, cancellationToken) => RunAsync(parsed, wishes, cancellationToken));
        return command;
    }

    private static async Task RunAsync(ParseResult parsed, Wishes wishes, CancellationToken cancellationToken)
    {
        PayoutTree? tree = Read(parsed.GetValue(wishes.Tree));
        bool isForAll = parsed.GetValue(wishes.IsForAll);
        if (isForAll && tree is null) throw new Complaint("--settle-all needs the payout tree; name its file with --tree.");
        using Signer owner = KeyFolder.Load(
            parsed.GetValue<string>(NodeOption.Key)!, parsed.GetValue<string>(NodeOption.Passphrase));
        using Signer payer = DepositCommand.LoadPayer(parsed, wishes.Payer);
        using PayingWallet wallet = await OpenAsync(parsed, wishes, payer, cancellationToken);
        Leaver leaver = new(owner, PayeeOf(owner, wallet, parsed.GetValue(wishes.To)), new VaultExit(wallet), tree);
        ExitLook look = await EndAsync(leaver.Exit, cancellationToken);
        if (tree is not null && tree.Root != look.Good.PayoutRoot)
        {
            throw new Complaint(
                $"The tree has root {tree.Root}, but the vault pays by {look.Good.PayoutRoot}, of {look.Good.Size} entries. "
                    + $"Whoever has the journal makes that tree: chainspace payouts JOURNAL --size {look.Good.Size}");
        }

        if (isForAll)
        {
            IEnumerable<AccountId> everybody = tree!.Leaves.Select(static each => each.Leaf.Account);
            int settled = await leaver.Exit.SettleAsync(tree, everybody, cancellationToken);
            Screen.Line($"Settled {settled} of {tree.Count} accounts; the others had been settled before.");
        }

        await LeaveAsync(leaver, cancellationToken);
    }

    // Null where no file is named.
    private static PayoutTree? Read(FileInfo? file)
    {
        if (file is null) return null;
        return PayoutFiles.TryRead(File.ReadAllBytes(file.FullName)) ?? throw new Complaint($"{file.Name} is no payout tree.");
    }

    private static async Task<PayingWallet> OpenAsync(
        ParseResult parsed, Wishes wishes, Signer payer, CancellationToken cancellationToken)
    {
        if (payer is not WalletSigner wallet)
            throw new Complaint("Only a wallet can pay for gas: 'key new NAME --kind wallet' makes one, --payer names it.");
        string text = parsed.GetValue(wishes.Vault)!;
        if (!Address.TryParse(text, out Address vault)) throw new Complaint($"'{text}' is no address of a vault.");
        Uri rpc = parsed.GetRequiredValue(wishes.Rpc)!;
        using HttpClient http = RpcEndpoint.CreateClient();
        RpcEndpoint endpoint = new(rpc, http, new RpcLimits(), TimeProvider.System);
        Answer<ChainId> chain = await endpoint.AskAsync(Chain.Id, cancellationToken);
        if (!chain.IsGood) throw new ChainException($"The chain does not answer: {chain.Fault}");
        string file = OutboxFolder.FileOf(chain.Value.ToString(), wallet, $"{vault.ToString()[2..10]}-exit");
        return PayingWallet.Open(new VaultPlace(chain.Value, rpc, vault, Address.Zero), wallet, file);
    }

    private static Address PayeeOf(Signer owner, PayingWallet wallet, string? to)
    {
        if (owner is WalletSigner)
            return to is null ? Address.Of(owner.Account) : throw new Complaint("A wallet account is paid at its own address.");
        if (to is null) return wallet.Payer;
        return Address.TryParse(to, out Address address) ? address : throw new Complaint($"'{to}' is no address of a wallet.");
    }

    private static async Task<ExitLook> EndAsync(VaultExit exit, CancellationToken cancellationToken)
    {
        ExitLook look = await exit.LookAsync(cancellationToken);
        if (look.IsEnded) return look;
        if (look.Now < look.EndsFrom)
            throw new Complaint($"The space can be ended from {TimeOf(look.EndsFrom)} on, if no root becomes good until then.");
        if (look.IsPromotionDue)
        {
            // Nobody can stop this root any more, and the vault does not end before it is good.
            await exit.PromoteAsync(look.Proposal, cancellationToken);
            look = await exit.LookAsync(cancellationToken);
            throw new Complaint(
                $"A root of {look.Good.Size} entries waited to be promoted, and is good now. You leave by its tree; the space "
                    + $"can be ended from {TimeOf(look.EndsFrom)} on.");
        }

        await exit.EndAsync(cancellationToken);
        Screen.Line($"Ended the space.");
        return await exit.LookAsync(cancellationToken);
    }

    private static async Task LeaveAsync(Leaver leaver, CancellationToken cancellationToken)
    {
        (Signer owner, Address payee, VaultExit exit, PayoutTree? tree) = leaver;
        string account = Wording.ShortAccount(owner.Account.ToString());
        bool hasLeaf = tree?.Find(owner.Account) is not null;
        if (hasLeaf && await exit.SettleAsync(tree!, [owner.Account], cancellationToken) > 0)
            Screen.Line($"Settled {account}.");
        (BigInteger paid, VaultRefusal? refusal) = await exit.LeaveAsync(owner, payee, cancellationToken);
        if (refusal is null) Screen.Line($"{account} has left: {paid} units of the vault's money paid to {payee}.");
        else if (tree is null) SayWithoutTree(account, refusal);
        else if (refusal is VaultRefusal.TooEarly early && await exit.DepositedAsync(owner.Account, cancellationToken) > 0)
            throw new Complaint($"The tree has no leaf for {account}: it leaves with its deposits from {TimeOf(early.From)} on.");
        else Screen.Line($"{(hasLeaf ? $"Nothing is due to {account} any more" : $"{account} has nothing in this vault")}.");
    }

    // Nobody knows then whether the account has a leaf.
    private static void SayWithoutTree(string account, VaultRefusal refusal)
    {
        if (refusal is VaultRefusal.TooEarly early)
        {
            throw new Complaint(
                $"{account} is not settled: give the payout tree with --tree, or leave with what it paid in from "
                    + $"{TimeOf(early.From)} on, if nobody settles it until then.");
        }

        Screen.Line($"Nothing is due to {account}. If it earned and nobody has settled it, give the tree with --tree.");
    }

    private static string TimeOf(ulong seconds) =>
        Wording.Moment((seconds * 1000).ToString(CultureInfo.InvariantCulture));
}
