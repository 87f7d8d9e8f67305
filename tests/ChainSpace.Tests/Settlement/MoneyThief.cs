using System.Numerics;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Rpc;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Settlement;
using PayoutLeaf = ChainSpace.Protocol.Settlement.PayoutLeaf;

namespace ChainSpace.Tests.Settlement;

/// <summary>Somebody with the operator's key, who anchors that all the money is one person's, and tries to get it.</summary>
internal sealed class MoneyThief(MoneyWorld world, MoneyPerson person) : IDisposable
{
    private readonly WalletSigner key = world.OpenWallet();
    private readonly VaultCalls vault = new(world.Vault);
    private (VaultAnchor Preimage, PayoutTree Tree)? loot;

    /// <summary>A root of these entries under a payout tree of the thief's; false where the vault did not take it.</summary>
    public async Task<bool> AnchorAsync(ulong size, Bytes32 root)
    {
        BigInteger all = await world.Chain.Chain.AskAsync(world.Chain.BalanceOf(world.Vault));
        BigInteger own = await world.Chain.Chain.AskAsync(new VaultViews(world.Vault).Deposited(person.Account));
        PayoutTree tree = PayoutTree.Of([new PayoutLeaf(person.Account, new Amount((UInt128)all), (Int128)(all - own))]);
        VaultHead before = await HeadAsync();
        // Noted first: what is sent may be mined later.
        world.Frauds.Add(tree.Root);
        if (!await world.Chain.TryAsync(key, vault.Anchor(size, root, tree.Root))) return false;
        BlockHeader block = await world.Chain.Chain.AskAsync(Chain.Block(new BlockTag.Latest()));
        loot = (new VaultAnchor(before.Commitment, size, block.Seconds, root, tree.Root), tree);
        return true;
    }

    public async Task<bool> ProposeAsync() =>
        loot is { } own && await world.Chain.TryAsync(key, vault.Propose(own.Preimage));

    public Task<bool> PromoteAsync() => world.Chain.TryAsync(key, vault.Promote());

    public async Task<bool> ClaimAsync() =>
        loot is { } own && await world.Chain.TryAsync(key, person.Claim(world.Vault, own.Tree));

    public Task<VaultHead> HeadAsync() => world.Chain.Chain.AskAsync(new VaultViews(world.Vault).Head());

    public void Dispose() => key.Dispose();
}
