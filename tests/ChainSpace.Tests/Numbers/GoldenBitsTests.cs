using ChainSpace.Protocol.Numbers;

namespace ChainSpace.Tests.Numbers;

/// <summary>
/// If one of these fails, old journals no longer replay to the same state: that is a new version of the rules, not a
/// repair.
/// </summary>
public sealed class GoldenBitsTests
{
    [Theory]
    [InlineData(0.1, 0xc0026bb1bbb55515)]
    [InlineData(0.5, 0xbfe62e42fefa39ef)]
    [InlineData(3, 0x3ff193ea7aad030b)]
    [InlineData(1e-310, 0xc0864e69394d9508)]
    [InlineData(1.0000000000000002, 0x3cafffffffffffff)]
    public void Log_keeps_its_bits(double x, ulong bits) => AssertBits(bits, DeterministicMath.Log(x));

    [Theory]
    [InlineData(1, 0x4005bf0a8b145769)]
    [InlineData(-0.1, 0x3fecf46d99d52b3a)]
    [InlineData(0.3, 0x3ff599058c8c1a96)]
    [InlineData(700.7, 0x7f1dc86ff276fcf3)]
    [InlineData(-740, 0x0000000000000055)]
    public void Exp_keeps_its_bits(double x, ulong bits) => AssertBits(bits, DeterministicMath.Exp(x));

    [Theory]
    [InlineData(0.1, 0x3ff125fbee250664)]
    [InlineData(-0.5, 0x3fe6a09e667f3bcd)]
    [InlineData(-1000.25, 0x016ae89f995ad3ad)]
    public void Exp2_keeps_its_bits(double x, ulong bits) => AssertBits(bits, DeterministicMath.Exp2(x));

    [Theory]
    [InlineData(0.25, 0x3ff49bbd81c16ef0)]
    [InlineData(7.5, 0x401e233060e41f80)]
    [InlineData(12345.678, 0x40f9617eb7eee0bc)]
    public void Log_gamma_keeps_its_bits(double x, ulong bits) => AssertBits(bits, DeterministicMath.LogGamma(x));

    [Theory]
    [InlineData(1.5, 2, 0x3fb3755c7f605ed6)]
    [InlineData(20, 3, 0x3fe7b2733e3583c0)]
    [InlineData(0.5, 0.5, 0x3f7936daf406e8ef)]
    [InlineData(1000, 250, 0x3fe8ff0015a58a74)]
    public void Beta_quantile_keeps_its_bits(double a, double b, ulong bits) =>
        AssertBits(bits, DeterministicMath.BetaQuantile(0.05, a, b));

    /// <summary>One number that depends on the last bit of thousands.</summary>
    [Fact]
    public void A_long_chain_keeps_its_bits()
    {
        ulong chain = 0;
        for (int step = 1; step <= 5000; step++)
        {
            double x = step * 0.37;
            Mix(ref chain, DeterministicMath.Log(x));
            Mix(ref chain, DeterministicMath.Exp(x - 900));
            Mix(ref chain, DeterministicMath.Exp2(600 - x));
            if (step % 50 == 0) Mix(ref chain, DeterministicMath.BetaQuantile(0.05, 1 + x, 1 + x / 3));
        }

        Assert.Equal("7b1e24f2285d01b7", $"{chain:x16}");
    }

    private static void Mix(ref ulong chain, double value) =>
        chain = unchecked((System.Numerics.BitOperations.RotateLeft(chain, 5)
            ^ BitConverter.DoubleToUInt64Bits(value)) * 0x9E3779B97F4A7C15);

    private static void AssertBits(ulong expected, double actual) =>
        Assert.Equal($"{expected:x16}", $"{BitConverter.DoubleToUInt64Bits(actual):x16}");
}
