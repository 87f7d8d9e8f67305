using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Transactions;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Settlement;
using ChainSpace.Tests.Chains;

namespace ChainSpace.Tests.Settlement;

/// <summary>Somebody with a key, and two addresses where its money goes and nobody else's.</summary>
internal sealed class MoneyPerson(string name, Signer key) : IDisposable
{
    private readonly WalletSigner payee = key as WalletSigner ?? WalletSigner.Create(), other = WalletSigner.Create();

    public string Name => name;

    public Signer Key => key;

    public AccountId Account => key.Account;

    /// <summary>A wallet's own address.</summary>
    public Address Payee => Address.Of(payee.Account);

    /// <summary>Paid only where the key has signed for it.</summary>
    public Address Elsewhere => Address.Of(other.Account);

    /// <summary>Whether its address also has coins for fees, so that claims of coins cannot be told from them.</summary>
    public bool HasOtherCoins { get; init; }

    public bool IsWallet => key is WalletSigner;

    /// <summary>What anybody may send for this person; it signs where its money goes, unless that is its own address.</summary>
    public ChainCall Claim(Address vault, PayoutTree payouts, bool isElsewhere = false)
    {
        ChainSpace.Chains.Contracts.PayoutLeaf leaf = LeafOf(payouts.Find(Account)!.Value);
        IEnumerable<Bytes32> proof = payouts.Prove(Account);
        Address to = isElsewhere ? Elsewhere : Payee;
        byte[] signature = key.Sign(new VaultDomain(LocalChain.Id, vault).Claim(Account, to, leaf.Claimable));
        VaultCalls calls = new(vault);
        if (key is P256Signer own) return calls.ClaimTo(to, own.Key.ToArray(), leaf, proof, signature);
        return isElsewhere ? calls.ClaimFor(to, leaf, proof, signature) : calls.Claim(leaf, proof);
    }

    /// <summary>Takes everything out after the end.</summary>
    public ChainCall Leave(Address vault, bool isElsewhere = false)
    {
        Address to = isElsewhere ? Elsewhere : Payee;
        byte[] signature = key.Sign(new VaultDomain(LocalChain.Id, vault).Leave(Account, to));
        VaultCalls calls = new(vault);
        if (key is P256Signer own) return calls.LeaveTo(to, own.Key.ToArray(), signature);
        return isElsewhere ? calls.LeaveFor(to, Account, signature) : calls.Leave(Account);
    }

    public static ChainSpace.Chains.Contracts.PayoutLeaf LeafOf(ChainSpace.Protocol.Settlement.PayoutLeaf leaf) =>
        new(leaf.Account, leaf.Claimable.Units, (System.Numerics.BigInteger)leaf.Net);

    public void Dispose()
    {
        payee.Dispose();
        other.Dispose();
        key.Dispose();
    }
}
