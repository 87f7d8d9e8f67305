using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ChainSpace.Rules.Inference;

/// <summary>
/// One number per worker, label and state: what a vote weighs, or how often it was cast. What is read is summed in double
/// precision. A batch whose tables outgrow the near caches keeps them in single precision (ADR 32).
/// </summary>
internal abstract class PackedTable
{
    /// <summary>So many numbers, all zero; as many bytes each as told, 4 or 8.</summary>
    public static PackedTable Of(int length, int cellBytes) =>
        cellBytes == SingleCells.Bytes ? SingleCells.Table(length) : new PackedTable<double, DoubleCells>(length);

    public abstract double this[int place] { get; }

    public abstract void Clear(int count);

    public abstract void CopyTo(int place, Span<double> numbers);

    /// <summary>Puts numbers, whole vectors of them, in the place of what is there.</summary>
    public abstract void Fill(int place, ReadOnlySpan<double> numbers);

    /// <summary>For each item, what is there before plus the rows of its votes.</summary>
    /// <param name="starts">Where each item's votes begin among the rows, and one more.</param>
    /// <param name="rows">The row of each vote.</param>
    /// <param name="before">As many numbers as a row has.</param>
    /// <param name="sums">As many for each item.</param>
    public abstract void Gather(ReadOnlySpan<int> starts, ReadOnlySpan<int> rows, ReadOnlySpan<double> before, Span<double> sums);

    /// <summary>Adds each item's numbers, rounded once, to the rows of its votes.</summary>
    public abstract void Scatter(ReadOnlySpan<int> starts, ReadOnlySpan<int> rows, ReadOnlySpan<double> numbers);

    /// <summary>Adds tables of the same kind to this one, from a place to another, and all to sums that repeat.</summary>
    public abstract void Collect(ReadOnlySpan<PackedTable> others, (int From, int To) places, Span<double> sums);
}

/// <summary>A table in one precision. Additions alone, in a fixed order: the same bits on every processor.</summary>
internal sealed class PackedTable<TNumber, TCells>(int length) : PackedTable
    where TNumber : unmanaged
    where TCells : ICells<TNumber>
{
    private const int Three = 3 * Lanes.Count;

    private readonly TNumber[] cells = new TNumber[length];

    public override double this[int place] => TCells.Widened(cells[place]);

    public override void Clear(int count) => Array.Clear(cells, 0, count);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void CopyTo(int place, Span<double> numbers)
    {
        for (int cell = 0; cell < numbers.Length; cell += Lanes.Count)
            TCells.Read(ref cells[place + cell], 0).StoreUnsafe(ref numbers[cell]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Fill(int place, ReadOnlySpan<double> numbers)
    {
        for (int cell = 0; cell < numbers.Length; cell += Lanes.Count)
            TCells.Write(Vector256.LoadUnsafe(in numbers[cell]), ref cells[place + cell]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Gather(ReadOnlySpan<int> starts, ReadOnlySpan<int> rows, ReadOnlySpan<double> before, Span<double> sums)
    {
        unchecked
        {
            ref TNumber from = ref MemoryMarshal.GetArrayDataReference(cells);
            ref double first = ref MemoryMarshal.GetReference(before);
            ref double to = ref MemoryMarshal.GetReference(sums);
            nuint width = (nuint)before.Length;
            for (int item = 0; item + 1 < starts.Length; item++)
            {
                ReadOnlySpan<int> voted = rows[starts[item]..starts[item + 1]];
                nuint lane = 0;
                for (; lane + Three <= width; lane += Three)
                {
                    Vector256<double> one = Vector256.LoadUnsafe(ref first, lane);
                    Vector256<double> two = Vector256.LoadUnsafe(ref first, lane + Lanes.Count);
                    Vector256<double> three = Vector256.LoadUnsafe(ref first, lane + 2 * Lanes.Count);
                    foreach (int row in voted)
                    {
                        nuint place = (nuint)(uint)row * width + lane;
                        one += TCells.Read(ref from, place);
                        two += TCells.Read(ref from, place + Lanes.Count);
                        three += TCells.Read(ref from, place + 2 * Lanes.Count);
                    }

                    one.StoreUnsafe(ref to, lane);
                    two.StoreUnsafe(ref to, lane + Lanes.Count);
                    three.StoreUnsafe(ref to, lane + 2 * Lanes.Count);
                }

                for (; lane < width; lane += Lanes.Count)
                {
                    Vector256<double> sum = Vector256.LoadUnsafe(ref first, lane);
                    foreach (int row in voted) sum += TCells.Read(ref from, (nuint)(uint)row * width + lane);
                    sum.StoreUnsafe(ref to, lane);
                }

                to = ref Unsafe.Add(ref to, width);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Scatter(ReadOnlySpan<int> starts, ReadOnlySpan<int> rows, ReadOnlySpan<double> numbers)
    {
        unchecked
        {
            ref TNumber to = ref MemoryMarshal.GetArrayDataReference(cells);
            ref double from = ref MemoryMarshal.GetReference(numbers);
            nuint width = (nuint)(numbers.Length / (starts.Length - 1));
            for (int item = 0; item + 1 < starts.Length; item++)
            {
                ReadOnlySpan<int> voted = rows[starts[item]..starts[item + 1]];
                nuint lane = 0;
                for (; lane + Three <= width; lane += Three)
                {
                    Vector256<double> one = Vector256.LoadUnsafe(ref from, lane);
                    Vector256<double> two = Vector256.LoadUnsafe(ref from, lane + Lanes.Count);
                    Vector256<double> three = Vector256.LoadUnsafe(ref from, lane + 2 * Lanes.Count);
                    foreach (int row in voted)
                    {
                        nuint place = (nuint)(uint)row * width + lane;
                        TCells.Add(one, ref to, place);
                        TCells.Add(two, ref to, place + Lanes.Count);
                        TCells.Add(three, ref to, place + 2 * Lanes.Count);
                    }
                }

                for (; lane < width; lane += Lanes.Count)
                {
                    Vector256<double> number = Vector256.LoadUnsafe(ref from, lane);
                    foreach (int row in voted) TCells.Add(number, ref to, (nuint)(uint)row * width + lane);
                }

                from = ref Unsafe.Add(ref from, width);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Collect(ReadOnlySpan<PackedTable> others, (int From, int To) places, Span<double> sums)
    {
        for (int first = places.From; first < places.To; first += sums.Length)
        {
            for (int lane = 0; lane < sums.Length; lane += Lanes.Count)
            {
                Vector256<double> sum = TCells.Read(ref cells[first + lane], 0);
                foreach (PackedTable other in others)
                    sum += TCells.Read(ref ((PackedTable<TNumber, TCells>)other).cells[first + lane], 0);
                TCells.Write(sum, ref cells[first + lane]);
                (Vector256.LoadUnsafe(ref sums[lane]) + sum).StoreUnsafe(ref sums[lane]);
            }
        }
    }
}
