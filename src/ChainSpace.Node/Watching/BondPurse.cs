using System.Numerics;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Transactions;
using ChainSpace.Node.Settlement;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Node.Watching;

/// <summary>Locks bonds in a vault and takes them back, each once, through crashes.</summary>
/// <param name="wallet">Pays.</param>
/// <param name="rpc">An endpoint of the vault's chain.</param>
/// <param name="fileOf">Where what was sent for a purpose is remembered.</param>
internal sealed class BondPurse(FoundedVault vault, WalletSigner wallet, Uri rpc, Func<string, string> fileOf)
{
    private readonly VaultCalls calls = new(vault.Address);

    public Address Owner => Address.Of(wallet.Account);

    /// <summary>
    /// Kills the proposal that waits. A challenge does not say which one it means: one that a crash left behind would hit
    /// whatever waits when it is sent. So each proposal has a file of its own, which nobody opens for the next.
    /// </summary>
    public async Task<TransactionHash> ChallengeAsync(
        Proposal proposal, BigInteger price, CancellationToken cancellationToken)
    {
        using PayingWallet paying = Open($"challenge-{proposal.Size}");
        ChainCall call = calls.Challenge(new Wei((UInt128)price));
        return await paying.SendOnceAsync($"challenge:{proposal.AnchorHash}", call, cancellationToken);
    }

    /// <summary>Takes back what is free since this root became good.</summary>
    public async Task TakeAsync(GoodRoot good, CancellationToken cancellationToken)
    {
        using PayingWallet paying = Open("bonds");
        await paying.SendOnceAsync($"bond:{good.Size}", calls.TakeBond(Owner), cancellationToken);
    }

    private PayingWallet Open(string purpose)
    {
        VaultPlace place = new(vault.Chain, rpc, vault.Address, Address.Of(vault.Terms.Asset));
        return PayingWallet.Open(place, wallet, fileOf(purpose));
    }
}
