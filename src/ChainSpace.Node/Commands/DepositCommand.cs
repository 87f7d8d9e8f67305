using System.CommandLine;
using ChainSpace.Chains;
using ChainSpace.Chains.Abi;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Transactions;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Node.Settlement;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace deposit</c>: money of a wallet into the vault of a space.</summary>
internal static class DepositCommand
{
    private static readonly AbiSignature Mint = AbiSignature.Parse("mint(address,uint256)");

    public static Command Create()
    {
        Argument<string> amount = new("AMOUNT") { Description = "How much, e.g. 25.00." };
        Option<string?> payer = Payer();
        Option<string?> account = new("--for") { Description = "Account to credit, or name of one of your keys; else the payer." };
        Option<bool> isTest = new("--test-money")
        {
            Description = "On a local network: give the payer coins and test money out of nothing first.",
        };
        Command command = new("deposit", "Pay into a space from your wallet. Example: chainspace deposit 25.00 --key alice --space town")
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
            using ChainVisit chain = await ChainVisit.OpenAsync(visit, wallet, cancellationToken);
            if (parsed.GetValue(isTest)) await GiveAsync(chain, money, cancellationToken);
            TransactionHash transaction = await PayAsync(chain, to, money, cancellationToken);
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

    private static async Task<TransactionHash> PayAsync(
        ChainVisit chain, AccountId to, Amount money, CancellationToken cancellationToken)
    {
        if (chain.Asset == Address.Zero)
        {
            ChainCall coins = new VaultCalls(chain.Vault).Deposit(to, new Wei(money.Units));
            return await chain.SendAsync("deposit", coins, cancellationToken);
        }

        ChainCall approval = new Erc20(chain.Asset).Approve(chain.Vault, money.Units);
        await chain.SendAsync("approve", approval, cancellationToken);
        ChainCall deposit = new VaultCalls(chain.Vault).DepositTokens(to, money.Units);
        return await chain.SendAsync("deposit", deposit, cancellationToken);
    }

    private static async Task GiveAsync(ChainVisit chain, Amount money, CancellationToken cancellationToken)
    {
        await LocalCoins.GiveAsync(new Uri(chain.View.Rpc), chain.Payer, cancellationToken);
        if (chain.Asset == Address.Zero) return;
        ChainCall mint = new(chain.Asset, Wei.Zero, Mint.Encode(chain.Payer, money.Units));
        await chain.SendAsync("mint", mint, cancellationToken);
    }
}
