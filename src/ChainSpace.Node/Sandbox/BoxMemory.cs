using System.Globalization;

namespace ChainSpace.Node.Sandbox;

/// <summary>
/// Memory of a tree of processes. The kernel's limits are for each process, and count no shared memory; here it is summed.
/// Pages that parent and child still share after a fork count twice.
/// </summary>
internal static class BoxMemory
{
    /// <summary>Bytes held by a process and all below it, files mapped for reading not counted.</summary>
    public static long Of(int process)
    {
        long sum = 0;
        Stack<string> next = new([process.ToString(CultureInfo.InvariantCulture)]);
        // Whoever forks faster than we walk shall not keep us here.
        for (int seen = 0; seen < 4_096 && next.TryPop(out string? id); seen++)
        {
            try
            {
                sum += File.ReadLines($"/proc/{id}/status").Where(IsHeld).Sum(Kibibytes) * 1_024;
                foreach (string thread in Directory.EnumerateDirectories($"/proc/{id}/task"))
                {
                    foreach (string child in Words(File.ReadAllText($"{thread}/children"))) next.Push(child);
                }
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It ended while we looked.
            }
        }

        return sum;
    }

    private static bool IsHeld(string line) =>
        line.StartsWith("RssAnon:", StringComparison.Ordinal) || line.StartsWith("RssShmem:", StringComparison.Ordinal);

    private static long Kibibytes(string line) => long.Parse(Words(line)[1], CultureInfo.InvariantCulture);

    private static string[] Words(string text) => text.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
