using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ChainSpace.Bench;

/// <summary>CPU time of the calling thread, which other work on a shared machine does not stretch (clock_gettime).</summary>
internal static partial class CpuClock
{
    private const int ThreadCpuTime = 3;

    /// <summary>Microseconds of CPU per operation: the median of several rounds after one to warm up.</summary>
    public static double MicrosecondsEach(int operations, Action<int> act, int rounds = 5)
    {
        double[] each = new double[rounds + 1];
        for (int round = 0; round < each.Length; round++)
        {
            double begin = Seconds();
            for (int i = 0; i < operations; i++) act(i);
            each[round] = (Seconds() - begin) * 1e6 / operations;
        }

        return each.Skip(1).Order().ElementAt(rounds / 2);
    }

    public static double Seconds()
    {
        if (!OperatingSystem.IsLinux()) return Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;
        _ = ClockGetTime(ThreadCpuTime, out TimeSpecification time);
        return time.Seconds + time.Nanoseconds / 1e9;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpecification time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpecification
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
