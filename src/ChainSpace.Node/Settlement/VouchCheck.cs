using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using VaultTerms = ChainSpace.Protocol.Settlement.VaultTerms;

namespace ChainSpace.Node.Settlement;

/// <summary>
/// Whether the witnesses of a space vouch for the checkpoint of a receipt, without asking anyone: the genesis names the
/// hash of their set and the threshold, and the vault in whose domain they sign.
/// </summary>
public static class VouchCheck
{
    /// <summary>One sentence for people, and whether it holds. The receipt itself has been verified before.</summary>
    public static (bool IsGood, string Sentence) Run(ReceiptDocument receipt)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        if (receipt.Witnesses is not { } proof) return (false, "The receipt names no witnesses.");
        if (AnchorCheck.GenesisOf(receipt) is not { } genesis || AnchorCheck.CheckpointOf(receipt) is not { } checkpoint)
            return (false, "The receipt has no readable genesis and checkpoint.");
        if (FoundedVault.Of(genesis) is not { Terms: { Threshold: > 0 } terms } founded)
            return (false, "The space has no witnesses.");
        Address[] set = [.. proof.Set.Select(static text => Address.TryParse(text, out Address each) ? each : Address.Zero)];
        if (VaultTerms.HashOf(set.Select(static each => each.Account)) != terms.Witnesses)
            return (false, "These are not the witnesses the space was founded with.");
        if (checkpoint.PayoutRoot is not { } payouts) return (false, "The checkpoint names no payouts, so nobody signed it.");

        VaultDomain domain = new(founded.Chain, founded.Address);
        Bytes32 digest = domain.Anchor((ulong)checkpoint.Size, checkpoint.Root, payouts);
        int count = set.Distinct().Count(witness => proof.Signatures.Any(each => IsBy(witness, each, digest)));
        return count >= terms.Threshold
            ? (true, $"{count} of {set.Length} witnesses vouch for the {checkpoint.Size} entries; {terms.Threshold} are needed.")
            : (false, $"Only {count} of {set.Length} witnesses vouch for the entries; {terms.Threshold} are needed.");
    }

    private static bool IsBy(Address witness, WitnessSignature signature, Bytes32 digest) =>
        signature.Witness == witness.ToString()
        && Hex.Decode(signature.Signature ?? "") is { } bytes
        && Secp256k1.TryRecover(bytes, digest, out AccountId signer) && signer == witness.Account;
}
