using System.Numerics;
using System.Security.Cryptography;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using CsCheck;
using static ChainSpace.Tests.Crypto.Digests;

namespace ChainSpace.Tests.Crypto;

public sealed class P256Tests
{
    // RFC 6979 §A.2.5.
    private const string PrivateKey = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";
    private const string X = "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6";
    private const string Y = "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";

    private static P256Verifier NewVerifier() => new(new KeyDirectory(), new P256KeyCache(4));

    private static P256Signer KnownSigner() => P256Signer.FromPrivateKey(Convert.FromHexString(PrivateKey));

    [Fact]
    public void The_known_private_key_has_the_known_public_key_and_account()
    {
        using P256Signer signer = KnownSigner();
        Assert.Equal(X + Y, Convert.ToHexStringLower(signer.PublicKey.Span));
        Assert.Equal(PrivateKey, Convert.ToHexStringLower(signer.Export()));
        byte[] hash = Keccak256.Hash(signer.PublicKey.Span).ToArray();
        hash[0] = 1;
        Assert.Equal(new AccountId(Bytes32.Read(hash)), signer.Account);
    }

    [Fact]
    public void The_platform_finds_the_signature_valid_over_the_digest_as_message()
    {
        using P256Signer signer = KnownSigner();
        using ECDsa platform = ECDsa.Create(signer.Key.ToPlatform());
        Assert.True(platform.VerifyData(Digest(1).ToArray(), signer.Sign(Digest(1)), HashAlgorithmName.SHA256));
    }

    [Fact]
    public void What_a_signer_signs_is_valid_and_low()
    {
        using P256Signer signer = P256Signer.Create();
        P256Verifier verifier = NewVerifier();
        verifier.Directory.Add(signer.Key);
        for (int number = 0; number < 200; number++)
        {
            byte[] signature = signer.Sign(Digest(number));
            Assert.True(Number(signature.AsSpan(32)) <= P256Order / 2);
            Assert.Equal(SignatureAnswer.Valid, verifier.Verify(signer.Account, signature, Digest(number)));
        }
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
        { "r is all ones", SignatureAnswer.Forged },
        { "r plus 1", SignatureAnswer.Forged },
    };

    [Theory]
    [MemberData(nameof(BadSignatures))]
    public void A_bad_signature_is_named_cached_or_not(string name, SignatureAnswer expected)
    {
        using P256Signer signer = P256Signer.Create();
        P256Verifier verifier = NewVerifier();
        byte[] good = signer.Sign(Digest(1));
        byte[] bad = Spoil(name, good);
        Assert.Equal(expected, verifier.Verify(signer.Key, bad, Digest(1)));
        Assert.Equal(SignatureAnswer.Valid, verifier.Verify(signer.Key, good, Digest(1)));
        Assert.Equal(expected, verifier.Verify(signer.Key, bad, Digest(1)));
    }

    [Fact]
    public void Another_digest_or_another_key_is_forged()
    {
        using P256Signer signer = P256Signer.Create();
        using P256Signer other = P256Signer.Create();
        P256Verifier verifier = NewVerifier();
        byte[] signature = signer.Sign(Digest(1));
        Assert.Equal(SignatureAnswer.Forged, verifier.Verify(signer.Key, signature, Digest(2)));
        Assert.Equal(SignatureAnswer.Forged, verifier.Verify(other.Key, signature, Digest(1)));
        Assert.Equal(SignatureAnswer.UnknownKey, verifier.Verify(other.Account, signature, Digest(1)));
        Assert.Equal(SignatureAnswer.UnknownKey, verifier.Verify(default(P256PublicKey), signature, Digest(1)));
    }

    [Fact]
    public void Points_off_the_curve_are_refused()
    {
        byte[] key = Convert.FromHexString(X + Y);
        Assert.True(P256PublicKey.TryRead(key, out _));
        Assert.False(P256PublicKey.TryRead(key.AsSpan(1), out _));
        Assert.False(P256PublicKey.TryRead(new byte[P256PublicKey.Size], out _));
        Assert.False(P256PublicKey.TryRead(Enumerable.Repeat((byte)0xFF, P256PublicKey.Size).ToArray(), out _));
        BigInteger prime = Number("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
        Assert.False(P256PublicKey.TryRead([.. Scalar(prime), .. key.AsSpan(32)], out _));
        for (int index = 0; index < key.Length; index++)
        {
            key[index] ^= 1;
            Assert.False(P256PublicKey.TryRead(key, out _));
            key[index] ^= 1;
        }
    }

    [Fact]
    public void The_compressed_form_leads_back_to_the_key() => Gen.Int.Sample(_ =>
    {
        using P256Signer signer = P256Signer.Create();
        byte[] compressed = new byte[P256PublicKey.CompressedSize];
        signer.Key.CopyCompressedTo(compressed);
        return P256PublicKey.TryReadCompressed(compressed, out P256PublicKey back) && back == signer.Key;
    }, iter: 100);

    [Fact]
    public void About_half_of_all_x_have_no_point_and_are_refused_without_an_exception()
    {
        int read = Enumerable.Range(0, 200).Count(number =>
            P256PublicKey.TryReadCompressed([2, .. Digest(number).ToArray()], out P256PublicKey key)
            && P256PublicKey.TryRead(key.ToArray(), out _));
        Assert.InRange(read, 60, 140);
        Assert.False(P256PublicKey.TryReadCompressed([4, .. Convert.FromHexString(X)], out _));
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")]
    [InlineData("01")]
    public void A_number_that_is_no_private_key_is_refused(string key) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => P256Signer.FromPrivateKey(Convert.FromHexString(key)));

    private static byte[] Spoil(string name, byte[] good) => name switch
    {
        "empty" => [],
        "one short" => good[..^1],
        "one long" => [.. good, 0],
        "the other s" => WithS(good, P256Order - Number(good.AsSpan(32))),
        "s just high" => WithS(good, P256Order / 2 + 1),
        "s just low" => WithS(good, P256Order / 2),
        "s is n" => WithS(good, P256Order),
        "zero" => new byte[64],
        "r is 0" => WithR(good, 0),
        "s is 0" => WithS(good, 0),
        "r is n" => WithR(good, P256Order),
        "r is all ones" => WithR(good, (BigInteger.One << 256) - 1),
        "r plus 1" => WithR(good, Number(good.AsSpan(0, 32)) + 1),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };
}
