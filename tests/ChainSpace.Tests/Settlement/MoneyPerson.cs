using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Transactions;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Settlement;
using ChainSpace.Tests.Chains;

namespace ChainSpace.Tests.Settlement;

/// <summary>Somebody with a key, and an address where its money goes and nobody else's.</summary>
internal sealed class MoneyPerson(string name, Signer key) : IDisposable
{
    private readonly WalletSigner payee = key as WalletSigner ?? WalletSigner.Create();

    public string Name => name;

    public Signer Key => key;

    public AccountId Account => key.Account;

    public Address Payee => Address.Of(payee.Account);

    public bool IsWallet => key is WalletSigner;

    /// <summary>What anybody may send for this person; a P-256 key has to sign where its money goes.</summary>
    public ChainCall Claim(Address vault, PayoutTree payouts)
    {
        ChainSpace.Chains.Contracts.PayoutLeaf leaf = LeafOf(payouts.Find(Account)!.Value);
        IEnumerable<Bytes32> proof = payouts.Prove(Account);
        if (key is not P256Signer own) return new VaultCalls(vault).Claim(leaf, proof);
        Bytes32 digest = new VaultDomain(LocalChain.Id, vault).Claim(Account, Payee, leaf.Claimable);
        return new VaultCalls(vault).ClaimTo(Payee, own.Key.ToArray(), leaf, proof, own.Sign(digest));
    }

    /// <summary>Takes everything out after the end.</summary>
    public ChainCall Leave(Address vault)
    {
        if (key is not P256Signer own) return new VaultCalls(vault).Leave(Account);
        Bytes32 digest = new VaultDomain(LocalChain.Id, vault).Leave(Account, Payee);
        return new VaultCalls(vault).LeaveTo(Payee, own.Key.ToArray(), own.Sign(digest));
    }

    public static ChainSpace.Chains.Contracts.PayoutLeaf LeafOf(ChainSpace.Protocol.Settlement.PayoutLeaf leaf) =>
        new(leaf.Account, leaf.Claimable.Units, (System.Numerics.BigInteger)leaf.Net);

    public void Dispose()
    {
        payee.Dispose();
        key.Dispose();
    }
}
