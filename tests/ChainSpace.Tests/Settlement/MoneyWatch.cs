using System.Numerics;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Tests.Settlement;

/// <summary>Somebody awake, with a copy of the journal: whatever is proposed that it does not say is objected to.</summary>
internal sealed class MoneyWatch : IDisposable
{
    private readonly MoneyWorld world;
    private readonly WalletSigner wallet;

    private MoneyWatch(MoneyWorld world, WalletSigner wallet) => (this.world, this.wallet) = (world, wallet);

    public Address Address => Address.Of(wallet.Account);

    public static async Task<MoneyWatch> BeginAsync(MoneyWorld world) => new(world, await world.Chain.Chain.WalletAsync());

    /// <summary>What it had to do; null where all is as it should be.</summary>
    public async Task<string?> LookAsync()
    {
        VaultViews vault = new(world.Vault);
        Proposal proposal = await world.Chain.Chain.AskAsync(vault.Proposal());
        GoodRoot good = await world.Chain.Chain.AskAsync(vault.Good());
        if (proposal.Size <= good.Size || proposal.Challenger != Address.Zero) return null;
        VaultEvent.Anchored anchor = (await world.Chain.AnchorsAsync(world.Vault)).Single(each => each.Size == proposal.Size);
        StoryJournal journal = await StoryJournal.ReadAsync(world.Folder);
        bool isTrue = anchor.Size <= (ulong)journal.Size && anchor.Root == journal.RootAt(anchor.Size)
            && anchor.PayoutRoot == journal.PayoutsAt(anchor.Size).Root;
        if (isTrue) return null;
        BigInteger price = await world.Chain.Chain.AskAsync(vault.ChallengePrice());
        Assert.True(await world.Chain.TryAsync(wallet, new VaultCalls(world.Vault).Challenge(new Wei((UInt128)price))));
        return $"the proposal of {proposal.Size} is challenged, for {price}";
    }

    /// <summary>Its bonds in the vault, free ones and others.</summary>
    public async Task<BigInteger> BondsAsync()
    {
        BondBalance bonds = await world.Chain.Chain.AskAsync(new VaultViews(world.Vault).BondOf(Address));
        return bonds.Free + bonds.Held;
    }

    /// <summary>Takes back all there are.</summary>
    public async Task TakeBondsAsync()
    {
        if (!(await BondsAsync()).IsZero) Assert.True(await world.Chain.CallAsync(new VaultCalls(world.Vault).TakeBond(Address)));
    }

    public void Dispose() => wallet.Dispose();
}
