using System.Text;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using Org.BouncyCastle.Crypto.Digests;

namespace ChainSpace.Tests.Crypto;

public sealed class KeccakTests
{
    [Theory]
    [InlineData("", "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("abc", "0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    public void Known_answers_hold(string text, string hash) =>
        Assert.Equal(Bytes32.Parse(hash), Keccak256.Hash(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Every_length_agrees_with_another_implementation()
    {
        byte[] source = new byte[1000];
        new Random(1).NextBytes(source);
        for (int length = 0; length <= source.Length; length++)
        {
            KeccakDigest digest = new(256);
            digest.BlockUpdate(source, 0, length);
            byte[] expected = new byte[Keccak256.Size];
            digest.DoFinal(expected, 0);
            Assert.Equal(Bytes32.Read(expected), Keccak256.Hash(source.AsSpan(0, length)));
        }
    }

    [Fact]
    public void The_target_may_be_the_source()
    {
        byte[] bytes = new byte[200];
        Bytes32 expected = Keccak256.Hash(bytes);
        Keccak256.Hash(bytes, bytes);
        Assert.Equal(expected, Bytes32.Read(bytes.AsSpan(0, Bytes32.Size)));
    }

    [Fact]
    public void Hashing_allocates_nothing()
    {
        byte[] source = new byte[300];
        Keccak256.Hash(source);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Keccak256.Hash(source);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
