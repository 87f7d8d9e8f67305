using System.Numerics;
using ChainSpace.Node.Intake;
using ChainSpace.Protocol;
using ChainSpace.Rules.Payouts;
using CsCheck;

namespace ChainSpace.Tests.Payouts;

public sealed class HourlyPayTests
{
    private static readonly Gen<UInt128> _units =
        Gen.Select(Gen.ULong, Gen.ULong, Gen.Int[0, 127], static (high, low, shift) => new UInt128(high, low) >> shift);

    [Fact]
    public void Pay_by_the_hour_is_exact_and_never_turns_over() =>
        Gen.Select(_units, Gen.Int[1, StatedTime.MostSeconds]).Sample(static (units, seconds) =>
        {
            BigInteger exact = (BigInteger)units * 3_600 / seconds, most = (BigInteger)UInt128.MaxValue;
            BigInteger paid = (BigInteger)HourlyPay.Of(new Amount(units), seconds).Units;
            if (exact < most - 7_200) Assert.Equal(exact, paid);
            else Assert.True(paid <= most && paid >= most - 7_200);
        });
}
