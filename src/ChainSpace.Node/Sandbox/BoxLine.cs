using System.Diagnostics;
using System.Globalization;

namespace ChainSpace.Node.Sandbox;

/// <summary>
/// The command line that confines a program: <c>choom</c>, where we are root <c>setpriv</c>, <c>bwrap</c>, and inside it
/// <c>prlimit</c>. Each argument takes something away; docs/guides/sandbox.md says what, and the tests attack each.
/// </summary>
internal static class BoxLine
{
    // Root's processes are not counted by RLIMIT_NPROC, so a program of a node that runs as root gets a number that nobody
    // of the system has; it lies within what the smallest usual map of a container covers.
    private const string Nobody = "64321";

    private const string InsideUser = "65534";

    private static readonly string[] _places = ["/usr/bin", "/bin", "/usr/local/bin"];

    private static readonly string[] _system = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];

    public static ProcessStartInfo For(BoxJob job, string mark)
    {
        ProcessStartInfo line = new(Find("choom"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        line.Environment.Clear();
        string[] outside = Environment.IsPrivilegedProcess ? [Find("setpriv"), .. Demotion, "--"] : [];
        string[] arguments =
        [
            // Of all processes of the machine, the kernel kills this one first when memory is short.
            "-n", "1000", "--", .. outside, Find("bwrap"), .. Confinement, .. Sight(job), "--", .. Allowance(job.Limits), "--",
            "/bin/sh", "-c", Script(job), mark, .. job.Arguments,
        ];
        foreach (string argument in arguments) line.ArgumentList.Add(argument);
        return line;
    }

    private static string[] Demotion =>
    [
        "--reuid", Nobody, "--regid", Nobody, "--clear-groups", "--inh-caps=-all", "--bounding-set=-all", "--no-new-privs",
    ];

    // Own view of users, processes, network, messages between processes, host name and control groups; no way to make
    // further ones; dies with us; no terminal, no environment, no rights.
    private static string[] Confinement =>
    [
        "--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try",
        "--disable-userns", "--die-with-parent", "--new-session", "--clearenv", "--setenv", "PATH", "/usr/bin:/bin",
        "--setenv", "LANG", "C.UTF-8", "--cap-drop", "ALL", "--uid", InsideUser, "--gid", InsideUser, "--hostname", "sandbox",
    ];

    // All there is to see: programs and libraries, a few devices, the submission. No /proc, no /etc, no /home. Only /tmp
    // can be written, and it is gone with the box.
    private static IEnumerable<string> Sight(BoxJob job) =>
    [
        "--ro-bind", "/usr", "/usr", .. _system.SelectMany(Folder),
        "--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache", "--ro-bind-try", "/etc/alternatives", "/etc/alternatives",
        "--dev", "/dev", "--remount-ro", "/dev", "--ro-bind", job.Folder, "/code",
        "--size", Text(job.Limits.FileBytes), "--tmpfs", "/tmp", "--chdir", "/tmp", "--remount-ro", "/",
    ];

    // These count inside the box only, by its own user; the kernel inherits them to whatever is started.
    private static string[] Allowance(BoxLimits limits) =>
    [
        "/usr/bin/prlimit",
        $"--nproc={limits.Processes}:{limits.Processes}",
        $"--data={Text(limits.MemoryBytes)}:{Text(limits.MemoryBytes)}",
        $"--cpu={limits.CpuSeconds}:{limits.CpuSeconds + 1}",
        $"--fsize={Text(limits.FileBytes)}:{Text(limits.FileBytes)}",
        "--nofile=256:256", "--core=0:0", "--memlock=65536:65536", "--msgqueue=0:0",
    ];

    // The mark on the error stream says that the box stood, before a stranger's first instruction.
    private static string Script(BoxJob job)
    {
        string run = $"exec {Quoted(job.Language.Command)} \"$@\"";
        string compile = job.Language.Compile.Count == 0 ? "" : $"{Quoted(job.Language.Compile)} && ";
        return $"echo \"$0\" >&2; {compile}{run}";
    }

    private static string Quoted(IEnumerable<string> words) =>
        string.Join(' ', words.Select(static word => $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'"));

    private static string[] Folder(string path)
    {
        if (new DirectoryInfo(path) is not { Exists: true } folder) return [];
        return folder.LinkTarget is { } target ? ["--symlink", target, path] : ["--ro-bind", path, path];
    }

    private static string Find(string program) =>
        _places.Select(place => Path.Combine(place, program)).FirstOrDefault(File.Exists)
        ?? throw new SandboxException(
            $"There is no {program} on this machine, so programs cannot be confined; nothing was run. "
            + "On Debian: apt-get install bubblewrap util-linux");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
