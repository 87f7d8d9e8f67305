using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using CsCheck;
using Org.BouncyCastle.Crypto.Agreement;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using static ChainSpace.Tests.Crypto.Digests;

namespace ChainSpace.Tests.Crypto;

public sealed class SealedBoxTests
{
    [Fact]
    public void What_is_sealed_opens_for_its_key_and_context_only()
    {
        using SealingKey key = SealingKey.Create();
        using SealingKey otherKey = SealingKey.Create();
        using SealingSession session = SealingSession.Create();
        Gen.Byte.Array[0, 200].Sample(plaintext =>
        {
            Bytes32 context = Keccak256.Hash(plaintext);
            byte[] box = SealedBox.Seal(key.PublicKey, session, context, plaintext);
            return box.Length == plaintext.Length + SealedBox.Overhead
                && key.TryOpen(box, context, out byte[]? opened) && opened.AsSpan().SequenceEqual(plaintext)
                && !key.TryOpen(box, Digest(1), out _)
                && !otherKey.TryOpen(box, context, out _);
        }, iter: 100, threads: 1);
    }

    [Fact]
    public void A_box_with_any_byte_touched_or_missing_stays_shut()
    {
        using SealingKey key = SealingKey.Create();
        using SealingSession session = SealingSession.Create();
        byte[] box = SealedBox.Seal(key.PublicKey, session, Digest(1), "accept"u8);
        for (int round = 0; round < 2; round++)
        {
            for (int index = 0; index < box.Length; index++)
            {
                byte[] touched = [.. box];
                touched[index] ^= (byte)(index == 0 ? 6 : 1); // 02 ↔ 03 is the next test.
                Assert.False(key.TryOpen(touched, Digest(1), out _));
                Assert.False(key.TryOpen(box.AsSpan(0, index), Digest(1), out _));
            }

            Assert.True(key.TryOpen(box, Digest(1), out _)); // The second round meets a remembered session.
        }
    }

    // The negated point has the same x, hence the same secret. Harmless where the box is part of something signed.
    [Fact]
    public void The_parity_of_the_ephemeral_key_is_not_bound_and_no_other_bit_is_free()
    {
        using SealingKey key = SealingKey.Create();
        using SealingSession session = SealingSession.Create();
        byte[] box = SealedBox.Seal(key.PublicKey, session, Digest(1), "accept"u8);
        box[0] ^= 1;
        Assert.True(key.TryOpen(box, Digest(1), out byte[]? opened));
        Assert.Equal("accept"u8, opened);
        for (int prefix = 0; prefix < 256; prefix++)
        {
            box[0] = (byte)prefix;
            Assert.Equal(prefix is 2 or 3, key.TryOpen(box, Digest(1), out _));
        }
    }

    [Fact]
    public void A_session_seals_for_two_recipients_in_turn()
    {
        using SealingKey first = SealingKey.Create(sessions: 1);
        using SealingKey second = SealingKey.Create(sessions: 1);
        using SealingSession session = SealingSession.Create();
        for (int number = 0; number < 6; number++)
        {
            SealingKey key = number % 2 == 0 ? first : second;
            byte[] box = SealedBox.Seal(key.PublicKey, session, Digest(number), "x"u8);
            Assert.True(key.TryOpen(box, Digest(number), out byte[]? opened));
            Assert.Equal("x"u8, opened);
        }
    }

    [Fact]
    public void More_sessions_than_are_remembered_still_open()
    {
        using SealingKey key = SealingKey.Create(sessions: 2);
        SealingSession[] sessions = [.. Enumerable.Range(0, 5).Select(_ => SealingSession.Create())];
        for (int number = 0; number < 20; number++)
        {
            byte[] box = SealedBox.Seal(key.PublicKey, sessions[number % 5], Digest(number), "x"u8);
            Assert.True(key.TryOpen(box, Digest(number), out _));
        }

        foreach (SealingSession session in sessions) session.Dispose();
    }

    [Fact]
    public void An_exported_key_opens_what_was_sealed_before()
    {
        using SealingKey key = SealingKey.Create();
        using SealingSession session = SealingSession.Create();
        byte[] box = SealedBox.Seal(key.PublicKey, session, Digest(1), "accept"u8);
        using SealingKey again = SealingKey.FromPrivateKey(key.Export());
        Assert.Equal(key.PublicKey, again.PublicKey);
        Assert.True(again.TryOpen(box, Digest(1), out _));
    }

    [Fact]
    public void The_bytes_agree_with_another_implementation()
    {
        byte[] recipient = Digest(10).ToArray(), sender = Digest(11).ToArray(), plaintext = "accept"u8.ToArray();
        using SealingKey key = SealingKey.FromPrivateKey(recipient);
        using SealingSession session = SealingSession.FromPrivateKey(sender);
        byte[] box = SealedBox.Seal(key.PublicKey, session, Digest(12), plaintext);
        Assert.Equal(SealElsewhere(recipient, sender, Digest(12).ToArray(), plaintext), box);
    }

    private static byte[] SealElsewhere(byte[] recipient, byte[] sender, byte[] context, byte[] plaintext)
    {
        ECDomainParameters domain = new(CustomNamedCurves.GetByName("secp256r1"));
        ECPrivateKeyParameters ephemeral = new(new BigInteger(1, sender), domain);
        ECDHBasicAgreement agreement = new();
        agreement.Init(ephemeral);
        BigInteger shared = agreement.CalculateAgreement(
            new ECPublicKeyParameters(domain.G.Multiply(new BigInteger(1, recipient)), domain));
        byte[] secret = shared.ToByteArrayUnsigned();

        HkdfBytesGenerator derivation = new(new Sha256Digest());
        derivation.Init(new HkdfParameters([.. new byte[32 - secret.Length], .. secret], null, context));
        byte[] aesKey = new byte[32];
        derivation.GenerateBytes(aesKey, 0, aesKey.Length);

        GcmBlockCipher cipher = new(new AesEngine());
        cipher.Init(true, new AeadParameters(new KeyParameter(aesKey), 128, new byte[12]));
        byte[] sealedPart = new byte[plaintext.Length + 16];
        int written = cipher.ProcessBytes(plaintext, 0, plaintext.Length, sealedPart, 0);
        cipher.DoFinal(sealedPart, written);
        return [.. domain.G.Multiply(ephemeral.D).GetEncoded(compressed: true), .. sealedPart];
    }
}
