using System.Numerics;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using CsCheck;
using Org.BouncyCastle.Crypto.EC;
using static ChainSpace.Tests.Crypto.Digests;

namespace ChainSpace.Tests.Crypto;

public sealed class Secp256k1Tests
{
    private const string PrivateKey = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
    private const string Wallet = "0x000000000000000000000000f39fd6e51aad88f6f4ce6ab8827279cfffb92266";

    private static readonly P256Verifier NoKeys = new(new KeyDirectory(), new P256KeyCache(1));

    private static WalletSigner KnownSigner() => WalletSigner.FromPrivateKey(Convert.FromHexString(PrivateKey));

    [Fact]
    public void The_known_private_key_has_the_known_address()
    {
        using WalletSigner signer = KnownSigner();
        Assert.Equal(Wallet, signer.Account.ToString());
        Assert.Equal(PrivateKey, Convert.ToHexStringLower(signer.Export()));
        Assert.True(signer.PublicKey.IsEmpty);
    }

    // RFC 6979 has no vectors for this curve; the widely used ones sign SHA-256 of a text with the key 1.
    [Fact]
    public void The_known_nonce_gives_the_known_signature()
    {
        byte[] one = Scalar(1);
        Bytes32 digest = Bytes32.Read(System.Security.Cryptography.SHA256.HashData("Satoshi Nakamoto"u8));
        const string Expected = "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8"
            + "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5";
        Assert.Equal(Expected, Convert.ToHexStringLower(Secp256k1.Sign(one, digest, isNative: false)[..64]));
        if (Secp256k1.IsNative)
            Assert.Equal(Expected, Convert.ToHexStringLower(Secp256k1.Sign(one, digest, isNative: true)[..64]));
    }

    [Fact]
    public void Both_paths_sign_alike_and_recover_the_signer()
    {
        Assert.SkipUnless(Secp256k1.IsNative, "No libsecp256k1 here.");
        Gen.Select(Gen.Byte.Array[32], Gen.Byte.Array[32]).Sample((key, bytes) =>
        {
            key[0] &= 0x7F;
            key[^1] |= 1;
            Bytes32 digest = Bytes32.Read(bytes);
            using WalletSigner signer = WalletSigner.FromPrivateKey(key);
            byte[] signature = Secp256k1.Sign(key, digest, isNative: true);
            return signature.AsSpan().SequenceEqual(Secp256k1.Sign(key, digest, isNative: false))
                && SignatureCheck.Verify(signer.Account, signature, digest, NoKeys) == SignatureAnswer.Valid
                && RecoverBothWays(signature, digest) == signer.Account;
        }, iter: 300);
    }

    [Fact]
    public void Both_paths_recover_alike_whatever_is_touched()
    {
        Assert.SkipUnless(Secp256k1.IsNative, "No libsecp256k1 here.");
        using WalletSigner signer = WalletSigner.Create();
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[-1, 64], Gen.Byte).Sample((number, place, value) =>
        {
            byte[] signature = signer.Sign(Digest(number));
            if (place >= 0) signature[place] = value;
            AccountId? recovered = RecoverBothWays(signature, Digest(number));
            return place >= 0 || recovered == signer.Account;
        }, iter: 3000);
    }

    [Fact]
    public void Both_paths_recover_alike_from_random_numbers()
    {
        Assert.SkipUnless(Secp256k1.IsNative, "No libsecp256k1 here.");
        int recovered = 0;
        Gen.Select(Gen.Byte.Array[64], Gen.Byte[27, 28], Gen.Byte.Array[32]).Sample((numbers, v, digest) =>
        {
            numbers[32] &= 0x7F;
            if (RecoverBothWays([.. numbers, v], Bytes32.Read(digest)) is not null) Interlocked.Increment(ref recovered);
        }, iter: 2000);
        Assert.InRange(recovered, 800, 1200); // Half of all x have a point.
    }

    public static TheoryData<string, SignatureAnswer> BadSignatures => new()
    {
        { "empty", SignatureAnswer.WrongLength },
        { "one short", SignatureAnswer.WrongLength },
        { "one long", SignatureAnswer.WrongLength },
        { "the other s", SignatureAnswer.HighS },
        { "s just high", SignatureAnswer.HighS },
        { "s just low", SignatureAnswer.Forged },
        { "s is n", SignatureAnswer.HighS },
        { "zero", SignatureAnswer.Forged },
        { "r is 0", SignatureAnswer.Forged },
        { "s is 0", SignatureAnswer.Forged },
        { "r is n", SignatureAnswer.Forged },
        { "r is n plus 1", SignatureAnswer.Forged },
        { "r is all ones", SignatureAnswer.Forged },
        { "no point has r", SignatureAnswer.Forged },
        { "the other v", SignatureAnswer.Forged },
        { "v is 0", SignatureAnswer.Forged },
        { "v is 1", SignatureAnswer.Forged },
        { "v is 26", SignatureAnswer.Forged },
        { "v is 29", SignatureAnswer.Forged },
        { "v is 255", SignatureAnswer.Forged },
    };

    [Theory]
    [MemberData(nameof(BadSignatures))]
    public void A_bad_signature_is_named(string name, SignatureAnswer expected)
    {
        using WalletSigner signer = KnownSigner();
        byte[] bad = Spoil(name, signer.Sign(Digest(1)));
        Assert.Equal(expected, SignatureCheck.Verify(signer.Account, bad, Digest(1), NoKeys));
        Assert.NotEqual(signer.Account, RecoverBothWays(bad, Digest(1)));
    }

    [Fact]
    public void A_signature_whose_key_would_be_the_point_at_infinity_is_refused()
    {
        const int Nonce = 7, S = 12345;
        Org.BouncyCastle.Math.EC.ECPoint point = CustomNamedCurves.GetByName("secp256k1").G
            .Multiply(Org.BouncyCastle.Math.BigInteger.ValueOf(Nonce)).Normalize();
        Bytes32 digest = Bytes32.Read(Scalar(Nonce * S));
        byte v = point.AffineYCoord.TestBitZero() ? (byte)28 : (byte)27;
        Assert.Null(RecoverBothWays([.. point.AffineXCoord.GetEncoded(), .. Scalar(S), v], digest));
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")]
    [InlineData("01")]
    public void A_number_that_is_no_private_key_is_refused(string key) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WalletSigner.FromPrivateKey(Convert.FromHexString(key)));

    private static AccountId? RecoverBothWays(byte[] signature, Bytes32 digest)
    {
        bool isManaged = Secp256k1.TryRecover(signature, digest, isNative: false, out AccountId managed);
        if (Secp256k1.IsNative)
        {
            Assert.Equal(isManaged, Secp256k1.TryRecover(signature, digest, isNative: true, out AccountId native));
            Assert.Equal(managed, native);
        }

        return isManaged ? managed : null;
    }

    private static byte[] Spoil(string name, byte[] good) => name switch
    {
        "empty" => [],
        "one short" => good[..^1],
        "one long" => [.. good, 0],
        "the other s" => WithS(good, Secp256k1Order - Number(good.AsSpan(32, 32))),
        "s just high" => WithS(good, Secp256k1Order / 2 + 1),
        "s just low" => WithS(good, Secp256k1Order / 2),
        "s is n" => WithS(good, Secp256k1Order),
        "zero" => new byte[65],
        "r is 0" => WithR(good, 0),
        "s is 0" => WithS(good, 0),
        "r is n" => WithR(good, Secp256k1Order),
        "r is n plus 1" => WithR(good, Secp256k1Order + 1),
        "r is all ones" => WithR(good, (BigInteger.One << 256) - 1),
        "no point has r" => WithR(good, 5),
        "the other v" => [.. good[..^1], (byte)(55 - good[^1])],
        _ when name.StartsWith("v is ", StringComparison.Ordinal) =>
            [.. good[..^1], byte.Parse(name[5..], System.Globalization.CultureInfo.InvariantCulture)],
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };
}
