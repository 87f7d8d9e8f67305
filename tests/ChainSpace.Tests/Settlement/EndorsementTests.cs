using System.Collections.Immutable;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Node.Settlement;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Tests.Settlement;

/// <summary>Which signatures of witnesses a node keeps, and when they are enough.</summary>
public sealed class EndorsementTests : IDisposable
{
    private static readonly VaultDomain _domain = new(new ChainId(31339), Address.Parse("0x" + new string('a', 40)));

    private readonly string folder = Directory.CreateTempSubdirectory("endorsements-").FullName;
    private readonly WalletSigner[] wallets = [.. Enumerable.Range(0, 3).Select(static _ => WalletSigner.Create())];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Enough_signatures_stand_in_the_order_of_the_vault_with_gaps_for_who_did_not_sign()
    {
        AnchorMemory anchor = Anchor(17, 1);
        Endorsements endorsements = Open();
        Assert.Null(endorsements.Take(anchor, Name(wallets[2]), Sign(wallets[2], anchor)));
        Assert.Null(endorsements.Complete(anchor));
        Assert.Null(endorsements.Take(anchor, Name(wallets[0]), Sign(wallets[0], anchor)));

        Endorsement complete = endorsements.Complete(anchor)!;
        Assert.Equal(complete.Witnesses.Order(), complete.Witnesses);
        foreach ((Address witness, byte[] signature) in complete.Witnesses.Zip(complete.Signatures))
        {
            bool hasSigned = witness != Address.Of(wallets[1].Account);
            Assert.Equal(hasSigned ? 65 : 0, signature.Length);
        }
    }

    [Fact]
    public void The_same_signature_twice_counts_once()
    {
        AnchorMemory anchor = Anchor(17, 1);
        Endorsements endorsements = Open();
        for (int times = 0; times < 2; times++)
            Assert.Null(endorsements.Take(anchor, Name(wallets[0]), Sign(wallets[0], anchor)));
        Assert.Single(endorsements.Of(anchor));
        Assert.Null(endorsements.Complete(anchor));
    }

    [Fact]
    public void Signatures_outlive_the_node()
    {
        AnchorMemory anchor = Anchor(17, 1);
        Open().Take(anchor, Name(wallets[0]), Sign(wallets[0], anchor));
        Open().Take(anchor, Name(wallets[1]), Sign(wallets[1], anchor));
        Assert.NotNull(Open().Complete(anchor));
    }

    [Fact]
    public void What_was_signed_of_one_anchor_says_nothing_of_another()
    {
        Endorsements endorsements = Open();
        foreach (WalletSigner wallet in wallets) endorsements.Take(Anchor(17, 1), Name(wallet), Sign(wallet, Anchor(17, 1)));
        Assert.NotNull(endorsements.Complete(Anchor(17, 1)));
        Assert.Null(endorsements.Complete(Anchor(17, 2)));
        Assert.Null(endorsements.Complete(Anchor(18, 1)));
        Assert.Empty(endorsements.Of(Anchor(18, 1)));
    }

    [Fact]
    public void Who_is_no_witness_and_what_is_not_signed_is_refused()
    {
        AnchorMemory anchor = Anchor(17, 1);
        Endorsements endorsements = Open();
        using WalletSigner stranger = WalletSigner.Create();
        Assert.IsType<EndorsementRefusal.NotAWitness>(endorsements.Take(anchor, Name(stranger), Sign(stranger, anchor)));
        Assert.IsType<EndorsementRefusal.NotAWitness>(endorsements.Take(anchor, "nobody", Sign(wallets[0], anchor)));
        byte[][] forged =
        [
            [], new byte[65], Sign(wallets[1], anchor), Sign(wallets[0], Anchor(18, 1)), Sign(wallets[0], Anchor(17, 2)),
            Sign(wallets[0], anchor)[..64],
        ];
        foreach (byte[] signature in forged)
            Assert.IsType<EndorsementRefusal.Forged>(endorsements.Take(anchor, Name(wallets[0]), signature));
        Assert.Empty(endorsements.Of(anchor));
    }

    [Fact]
    public void A_damaged_file_is_begun_anew()
    {
        AnchorMemory anchor = Anchor(17, 1);
        File.WriteAllText(Path.Combine(folder, "endorsements.json"), "{\"size\":17,");
        Endorsements endorsements = Open();
        Assert.Empty(endorsements.Of(anchor));
        Assert.Null(endorsements.Take(anchor, Name(wallets[0]), Sign(wallets[0], anchor)));
        Assert.Single(Open().Of(anchor));
    }

    private Endorsements Open()
    {
        ImmutableArray<Address> witnesses = [.. wallets.Select(static each => Address.Of(each.Account)).Order()];
        return new Endorsements(folder, _domain, witnesses, 2);
    }

    private static AnchorMemory Anchor(long size, byte payouts) =>
        new(size, Word(9).ToString(), Word(payouts).ToString(), 0);

    private static byte[] Sign(WalletSigner wallet, AnchorMemory anchor) => wallet.Sign(
        _domain.Anchor((ulong)anchor.Size, Bytes32.Parse(anchor.Root), Bytes32.Parse(anchor.PayoutRoot)));

    private static string Name(WalletSigner wallet) => Address.Of(wallet.Account).ToString();

    private static Bytes32 Word(byte value) => Bytes32.Read([.. Enumerable.Repeat(value, Bytes32.Size)]);
}
