using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ChainSpace.Rules.Inference;

#pragma warning disable RS0030 // The one place of single precision: stored so, never scored so (ADR 32).

/// <summary>
/// One number per worker, label and state, kept in single precision so that the rows a vote touches stay in the near caches.
/// What is read is summed in double precision; what is added is rounded once and added in single precision: + alone, in a fixed
/// order, so the bits are the same on every processor.
/// </summary>
internal sealed class PackedTable(int length)
{
    /// <summary>What a cell takes in memory.</summary>
    public const int CellBytes = 4;

    private const int Three = 3 * Lanes.Count;

    private readonly float[] cells = new float[length];

    public double this[int place] => cells[place];

    public Vector256<double> Load(int place) => Widened(ref cells[place]);

    public void Store(int place, Vector256<double> numbers) => Narrowed(numbers).StoreUnsafe(ref cells[place]);

    public void Clear(int count) => Array.Clear(cells, 0, count);

    public void CopyTo(int place, Span<double> numbers)
    {
        for (int cell = 0; cell < numbers.Length; cell++) numbers[cell] = cells[place + cell];
    }

    /// <summary>What is there before plus the given rows; a row has as many numbers as <paramref name="sums"/>.</summary>
    public void Gather(ReadOnlySpan<int> rows, double[] before, Span<double> sums)
    {
        unchecked
        {
            ref float from = ref MemoryMarshal.GetArrayDataReference(cells);
            ref double first = ref MemoryMarshal.GetArrayDataReference(before);
            ref double to = ref MemoryMarshal.GetReference(sums);
            nuint width = (nuint)sums.Length, lane = 0;
            for (; lane + Three <= width; lane += Three)
            {
                Vector256<double> one = Vector256.LoadUnsafe(ref first, lane);
                Vector256<double> two = Vector256.LoadUnsafe(ref first, lane + Lanes.Count);
                Vector256<double> three = Vector256.LoadUnsafe(ref first, lane + 2 * Lanes.Count);
                foreach (int row in rows)
                {
                    nuint place = (nuint)(uint)row * width + lane;
                    one += Widened(ref from, place);
                    two += Widened(ref from, place + Lanes.Count);
                    three += Widened(ref from, place + 2 * Lanes.Count);
                }

                one.StoreUnsafe(ref to, lane);
                two.StoreUnsafe(ref to, lane + Lanes.Count);
                three.StoreUnsafe(ref to, lane + 2 * Lanes.Count);
            }

            for (; lane < width; lane += Lanes.Count)
            {
                Vector256<double> sum = Vector256.LoadUnsafe(ref first, lane);
                foreach (int row in rows) sum += Widened(ref from, (nuint)(uint)row * width + lane);
                sum.StoreUnsafe(ref to, lane);
            }
        }
    }

    /// <summary>Adds the numbers to each of the rows.</summary>
    public void Scatter(ReadOnlySpan<int> rows, ReadOnlySpan<double> numbers)
    {
        unchecked
        {
            ref float to = ref MemoryMarshal.GetArrayDataReference(cells);
            ref double from = ref MemoryMarshal.GetReference(numbers);
            nuint width = (nuint)numbers.Length, lane = 0;
            for (; lane + Three <= width; lane += Three)
            {
                Vector128<float> one = Narrowed(Vector256.LoadUnsafe(ref from, lane));
                Vector128<float> two = Narrowed(Vector256.LoadUnsafe(ref from, lane + Lanes.Count));
                Vector128<float> three = Narrowed(Vector256.LoadUnsafe(ref from, lane + 2 * Lanes.Count));
                foreach (int row in rows)
                {
                    nuint place = (nuint)(uint)row * width + lane;
                    Add(one, ref to, place);
                    Add(two, ref to, place + Lanes.Count);
                    Add(three, ref to, place + 2 * Lanes.Count);
                }
            }

            for (; lane < width; lane += Lanes.Count)
            {
                Vector128<float> number = Narrowed(Vector256.LoadUnsafe(ref from, lane));
                foreach (int row in rows) Add(number, ref to, (nuint)(uint)row * width + lane);
            }
        }
    }

    private static void Add(Vector128<float> number, ref float cells, nuint place) =>
        (Vector128.LoadUnsafe(ref cells, place) + number).StoreUnsafe(ref cells, place);

    private static Vector256<double> Widened(ref float cells, nuint place = 0) =>
        Vector256.WidenLower(Vector128.LoadUnsafe(ref cells, place).ToVector256Unsafe());

    private static Vector128<float> Narrowed(Vector256<double> numbers) =>
        Vector128.Narrow(numbers.GetLower(), numbers.GetUpper());
}
