using System.CommandLine;
using System.Globalization;
using System.Numerics;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Transactions;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Node.Settlement;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace claim</c>: what was withdrawn and anchored, from the vault to a wallet.</summary>
internal static class ClaimCommand
{
    public static Command Create()
    {
        Option<string?> payer = DepositCommand.Payer();
        Option<Uri?> rpc = DepositCommand.ChainRpc();
        Option<string?> to = new("--to") { Description = "Address that gets the money, for a P-256 key; else the payer's." };
        Command command = new(
            "claim", "Fetch from the chain what you withdrew from a space. Example: chainspace claim --key alice --space town")
        {
            payer, to, rpc,
        };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            using Signer owner = KeyFolder.Load(
                parsed.GetValue<string>(NodeOption.Key)!, parsed.GetValue<string>(NodeOption.Passphrase));
            using Signer wallet = DepositCommand.LoadPayer(parsed, payer);
            using PayingWallet chain = await DepositCommand.OpenAsync(visit, wallet, parsed.GetValue(rpc), cancellationToken);
            string account = owner.Account.ToString();
            PayoutView payout = await visit.Client.PayoutAsync(visit.Space.Id, account, cancellationToken)
                ?? throw new Complaint("There is nothing to claim yet: withdraw first, and wait for the next good anchor.");
            ChainCall call = Write(owner, chain, payout, parsed.GetValue(to));
            TransactionHash transaction = await chain.SendAsync("claim", call, cancellationToken);
            if (parsed.GetValue<bool>(NodeOption.Json))
            {
                PaidLine line = new(transaction.ToString(), account, payout.Claimable, null);
                Screen.Json(line, CommandJson.Default.PaidLine);
                return;
            }

            Screen.Line($"Claimed up to {Wording.Amount(payout.Claimable, visit.Space)} in all.");
            Screen.Line($"  transaction {transaction.ToString()}");
        });
        return command;
    }

    private static ChainCall Write(Signer owner, PayingWallet chain, PayoutView payout, string? to)
    {
        Chains.Contracts.PayoutLeaf leaf = new(owner.Account, Number(payout.Claimable), Number(payout.Net));
        Bytes32[] proof = [.. payout.Proof.Select(static hash => Bytes32.Parse(hash))];
        VaultCalls vault = new(chain.Vault);
        if (owner is not P256Signer key) return vault.Claim(leaf, proof);
        Address payee = to is null ? chain.Payer : Address.TryParse(to, out Address address)
            ? address
            : throw new Complaint($"'{to}' is no address of a wallet.");
        Bytes32 digest = new VaultDomain(chain.Pool.ChainId, chain.Vault).Claim(owner.Account, payee, leaf.Claimable);
        return vault.ClaimTo(payee, key.Key.ToArray(), leaf, proof, owner.Sign(digest));
    }

    private static BigInteger Number(string text) => BigInteger.Parse(text, CultureInfo.InvariantCulture);
}
