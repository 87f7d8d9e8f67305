using System.CommandLine;
using System.Globalization;
using System.Numerics;
using ChainSpace.Chains;
using ChainSpace.Chains.Abi;
using ChainSpace.Chains.Transactions;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Settlement;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace claim</c>: what was withdrawn and anchored, from the vault to a wallet.</summary>
internal static class ClaimCommand
{
    private const string Leaf = "(bytes32,uint256,int256)";

    private static readonly AbiSignature Claim = AbiSignature.Parse($"claim({Leaf},bytes32[])");
    private static readonly AbiSignature ClaimTo = AbiSignature.Parse(
        $"claimTo(address,(bytes32,bytes32),{Leaf},bytes32[],bytes32,bytes32)");

    public static Command Create()
    {
        Option<string?> payer = DepositCommand.Payer();
        Option<string?> to = new("--to") { Description = "Address that gets the money, for a P-256 key; else the payer's." };
        Command command = new(
            "claim", "Fetch from the chain what you withdrew from a space. Example: chainspace claim --key alice --space town")
        {
            payer, to,
        };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            using Signer owner = KeyFolder.Load(
                parsed.GetValue<string>(NodeOption.Key)!, parsed.GetValue<string>(NodeOption.Passphrase));
            using Signer wallet = DepositCommand.LoadPayer(parsed, payer);
            using ChainVisit chain = await ChainVisit.OpenAsync(visit, wallet, cancellationToken);
            string account = owner.Account.ToString();
            PayoutView payout = await visit.Client.PayoutAsync(visit.Space.Id, account, cancellationToken)
                ?? throw new Complaint("There is nothing to claim yet: withdraw first, and wait for the next good anchor.");
            ChainCall call = new(chain.Vault, Wei.Zero, Encode(owner, chain, payout, parsed.GetValue(to)));
            TransactionHash transaction = await chain.SendAsync("claim", call, cancellationToken);
            Screen.Line($"Claimed up to {Wording.Amount(payout.Claimable, visit.Space)} in all.");
            Screen.Line($"  transaction {transaction.ToString()}");
        });
        return command;
    }

    private static byte[] Encode(Signer owner, ChainVisit chain, PayoutView payout, string? to)
    {
        AbiValue leaf = AbiValue.Of(owner.Account.Value, Number(payout.Claimable), Number(payout.Net));
        AbiValue proof = AbiValue.Of([.. payout.Proof.Select(static hash => (AbiValue)Bytes32.Parse(hash))]);
        if (owner is not P256Signer key) return Claim.Encode(leaf, proof);
        Address payee = to is null ? chain.Payer : Address.TryParse(to, out Address address)
            ? address
            : throw new Complaint($"'{to}' is no address of a wallet.");
        VaultDomain domain = new(chain.Pool.ChainId.Value, chain.Vault.Account);
        Amount claimable = new(UInt128.Parse(payout.Claimable, NumberStyles.None, CultureInfo.InvariantCulture));
        byte[] signature = owner.Sign(domain.Claim(owner.Account, payee.Account, claimable));
        return ClaimTo.Encode(
            payee, AbiValue.Of(key.Key.X, key.Key.Y), leaf, proof,
            Bytes32.Read(signature.AsSpan(0, 32)), Bytes32.Read(signature.AsSpan(32)));
    }

    private static BigInteger Number(string text) => BigInteger.Parse(text, CultureInfo.InvariantCulture);
}
