namespace ChainSpace.Node.Sandbox;

/// <summary>What one run of a stranger's program may use. Whoever uses more is killed with all it started.</summary>
/// <remarks>What may be missing in JSON is settable: generated readers set init-only members to nothing when they are.</remarks>
public sealed record BoxLimits
{
    /// <summary>Longest run from the program's start, in milliseconds, 10 to 600,000. Default 5,000.</summary>
    public int WallMilliseconds { get; set; } = 5_000;

    /// <summary>Processor time of each process, in seconds, 1 to 600. Default 4.</summary>
    public int CpuSeconds { get; set; } = 4;

    /// <summary>Memory, for each process and for all together, in MiB, 16 to 65,536. Default 256.</summary>
    public int MemoryMebibytes { get; set; } = 256;

    /// <summary>Processes and threads together, 1 to 1,024. Default 32; Node.js needs about 16.</summary>
    public int Processes { get; set; } = 32;

    /// <summary>Everything in the private /tmp, and so each file, in MiB, 1 to 4,096. Default 16.</summary>
    public int FileMebibytes { get; set; } = 16;

    /// <summary>Output, and as much again of errors, in KiB, 1 to 65,536. Default 1,024.</summary>
    public int OutputKibibytes { get; set; } = 1_024;

    internal long MemoryBytes => MemoryMebibytes * 1_048_576L;

    internal long FileBytes => FileMebibytes * 1_048_576L;

    internal int OutputBytes => OutputKibibytes * 1_024;

    /// <summary>What is out of range, in a sentence; null where nothing is.</summary>
    public string? Fault() => Rows(this)
        .Where(static row => row.Value < row.Least || row.Value > row.Most)
        .Select(static row => $"{row.Name} must be {row.Least} to {row.Most}, not {row.Value}.")
        .FirstOrDefault();

    /// <summary>What goes beyond the ceiling of whoever runs it, in a sentence; null where nothing does.</summary>
    public string? Beyond(BoxLimits ceiling)
    {
        ArgumentNullException.ThrowIfNull(ceiling);
        return Rows(this).Zip(Rows(ceiling))
            .Where(static pair => pair.First.Value > pair.Second.Value)
            .Select(static pair => $"{pair.First.Name} is {pair.First.Value}; this node allows {pair.Second.Value}.")
            .FirstOrDefault();
    }

    private static (string Name, int Value, int Least, int Most)[] Rows(BoxLimits limits) =>
    [
        ("wallMilliseconds", limits.WallMilliseconds, 10, 600_000),
        ("cpuSeconds", limits.CpuSeconds, 1, 600),
        ("memoryMebibytes", limits.MemoryMebibytes, 16, 65_536),
        ("processes", limits.Processes, 1, 1_024),
        ("fileMebibytes", limits.FileMebibytes, 1, 4_096),
        ("outputKibibytes", limits.OutputKibibytes, 1, 65_536),
    ];
}
