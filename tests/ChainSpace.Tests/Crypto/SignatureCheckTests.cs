using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using static ChainSpace.Tests.Crypto.Digests;

namespace ChainSpace.Tests.Crypto;

public sealed class SignatureCheckTests
{
    private readonly P256Verifier keys = new(new KeyDirectory(), new P256KeyCache(4));

    [Fact]
    public void Each_kind_of_signer_is_valid_for_itself_only()
    {
        using P256Signer key = P256Signer.Create();
        using WalletSigner wallet = WalletSigner.Create();
        keys.Directory.Add(key.Key);
        Signer[] signers = [key, wallet];
        foreach (Signer signer in signers)
        {
            byte[] signature = signer.Sign(Digest(1));
            Assert.Equal(SignatureAnswer.Valid, SignatureCheck.Verify(signer.Account, signature, Digest(1), keys));
            Assert.Equal(SignatureAnswer.Forged, SignatureCheck.Verify(signer.Account, signature, Digest(2), keys));
            AccountId other = signers.Single(candidate => candidate != signer).Account;
            Assert.Equal(SignatureAnswer.WrongLength, SignatureCheck.Verify(other, signature, Digest(1), keys));
        }
    }

    [Fact]
    public void A_key_never_shown_is_unknown_until_it_is()
    {
        using P256Signer signer = P256Signer.Create();
        byte[] signature = signer.Sign(Digest(1));
        Assert.Equal(SignatureAnswer.UnknownKey, SignatureCheck.Verify(signer.Account, signature, Digest(1), keys));
        keys.Directory.Add(signer.Key);
        Assert.Equal(SignatureAnswer.Valid, SignatureCheck.Verify(signer.Account, signature, Digest(1), keys));
    }

    [Fact]
    public void An_account_of_no_known_kind_is_unknown()
    {
        byte[] account = new byte[32];
        account[0] = 2;
        Assert.Equal(SignatureAnswer.UnknownKey,
            SignatureCheck.Verify(new AccountId(Bytes32.Read(account)), new byte[65], Digest(1), keys));
    }

    [Fact]
    public void A_wallet_with_anything_before_its_address_is_forged()
    {
        using WalletSigner signer = WalletSigner.Create();
        byte[] account = signer.Account.Value.ToArray();
        account[11] = 1;
        AccountId other = new(Bytes32.Read(account));
        Assert.Equal(SignatureAnswer.Forged, SignatureCheck.Verify(other, signer.Sign(Digest(1)), Digest(1), keys));
    }
}
