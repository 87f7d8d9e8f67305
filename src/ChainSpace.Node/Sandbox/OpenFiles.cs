using System.Runtime.InteropServices;

namespace ChainSpace.Node.Sandbox;

/// <summary>
/// Open files of this process that whoever started it has left open. Those we open ourselves go to no child; these would, and
/// bubblewrap hands on what it gets.
/// </summary>
internal static class OpenFiles
{
    private const uint FirstAfterErrors = 3;

    // CLOSE_RANGE_CLOEXEC of linux/close_range.h: to be closed by the next program that is started, not now.
    private const int AtExec = 4;

    /// <summary>Keeps all of them from the children started from now on.</summary>
    /// <exception cref="SandboxException">The system has no way to do so.</exception>
    public static void KeepFromChildren()
    {
        try
        {
            if (CloseRange(FirstAfterErrors, uint.MaxValue, AtExec) == 0) return;
        }
        catch (EntryPointNotFoundException)
        {
            // An old or small library of the system; the sentence below is for both.
        }

        throw new SandboxException("Open files cannot be kept from programs here (Linux 5.11, glibc 2.34); nothing was run.");
    }

    [DllImport("libc", EntryPoint = "close_range")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int CloseRange(uint first, uint last, int flags);
}
