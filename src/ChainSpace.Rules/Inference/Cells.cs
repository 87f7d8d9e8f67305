using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ChainSpace.Rules.Inference;

/// <summary>How the numbers of a table lie in memory. Each conversion rounds once, as IEEE 754 says.</summary>
internal interface ICells<TNumber>
{
    static abstract double Widened(TNumber number);

    static abstract Vector256<double> Read(ref TNumber first, nuint place);

    static abstract void Write(Vector256<double> numbers, ref TNumber first);

    static abstract void Add(Vector256<double> numbers, ref TNumber first, nuint place);
}

/// <summary>As they are.</summary>
internal readonly struct DoubleCells : ICells<double>
{
    public const int Bytes = 8;

    public static double Widened(double number) => number;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Read(ref double first, nuint place) => Vector256.LoadUnsafe(ref first, place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(Vector256<double> numbers, ref double first) => numbers.StoreUnsafe(ref first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(Vector256<double> numbers, ref double first, nuint place) =>
        (Vector256.LoadUnsafe(ref first, place) + numbers).StoreUnsafe(ref first, place);
}

#pragma warning disable RS0030 // The one place of single precision: stored so, never scored so (ADR 32).

/// <summary>In half the room: what is added is rounded once and added in single precision.</summary>
internal readonly struct SingleCells : ICells<float>
{
    public const int Bytes = 4;

    public static PackedTable Table(int length) => new PackedTable<float, SingleCells>(length);

    public static double Widened(float number) => number;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Read(ref float first, nuint place) =>
        Vector256.WidenLower(Vector128.LoadUnsafe(ref first, place).ToVector256Unsafe());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(Vector256<double> numbers, ref float first) => Narrowed(numbers).StoreUnsafe(ref first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(Vector256<double> numbers, ref float first, nuint place) =>
        (Vector128.LoadUnsafe(ref first, place) + Narrowed(numbers)).StoreUnsafe(ref first, place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Narrowed(Vector256<double> numbers) =>
        Vector128.Narrow(numbers.GetLower(), numbers.GetUpper());
}
