using System.Net;
using System.Net.Sockets;
using ChainSpace.Node.Sandbox;
using ChainSpace.Node.Sandbox.Suites;

namespace ChainSpace.Tests.Sandbox;

/// <summary>Each program tries to get out, or to take more than its share.</summary>
public sealed class EscapeTests
{
    private static readonly SuiteTest _nothing = Bench.Test("");

    [Fact]
    public async Task A_fork_bomb_goes_off_in_a_small_room()
    {
        string argument = Guid.NewGuid().ToString();
        const string bomb = "import os\nwhile True:\n  try: os.fork()\n  except OSError: pass";
        Assert.Equal(TestVerdict.Timeout, await Bench.OutcomeAsync(
            bomb, Bench.Test("", "", argument), new BoxLimits { WallMilliseconds = 1_500, MemoryMebibytes = 1_024 }));
        Assert.True(await Bench.SoonAsync(() => Bench.Running(argument) == 0));

        string count = await Bench.OutputAsync("""
            import os, time
            n = 0
            try:
              while n < 100:
                if os.fork() == 0: time.sleep(9)
                n += 1
            except OSError: pass
            print(n)
            """);
        Assert.InRange(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture), 10, 31);
    }

    [Theory]
    [InlineData("a = []\nwhile True: a.append(bytearray(1_000_000))")]
    [InlineData("import mmap\nm = mmap.mmap(-1, 900_000_000)\nfor i in range(0, 900_000_000, 4096): m[i] = 1")]
    [InlineData("import os, time\nfor i in range(8):\n  if os.fork() == 0: a = b'x' * 25_000_000; time.sleep(9)\ntime.sleep(20)")]
    public async Task A_memory_hog_is_stopped(string program) => Assert.Equal(
        TestVerdict.Memory,
        await Bench.OutcomeAsync(
            program, _nothing, new BoxLimits { WallMilliseconds = 15_000, CpuSeconds = 15, MemoryMebibytes = 100 }));

    [Theory]
    [InlineData("while True: pass", 1, 30_000)]
    [InlineData("import time; time.sleep(60)", 60, 500)]
    [InlineData("import signal, time\nfor s in (2, 15, 24): signal.signal(s, signal.SIG_IGN)\nwhile True: pass", 1, 30_000)]
    public async Task An_endless_program_ends(string program, int cpu, int wall)
    {
        long started = Environment.TickCount64;
        BoxLimits limits = new() { CpuSeconds = cpu, WallMilliseconds = wall };
        Assert.Equal(TestVerdict.Timeout, await Bench.OutcomeAsync(program, _nothing, limits));
        Assert.InRange(Environment.TickCount64 - started, 0, 20_000);
    }

    [Theory]
    [InlineData("while True: print('x' * 1000)")]
    [InlineData("import sys\nwhile True: sys.stderr.write('x' * 1000)")]
    [InlineData("print('x' * 300_000)")]
    public async Task A_flood_of_output_is_cut(string program) =>
        Assert.Equal(TestVerdict.Output, await Bench.OutcomeAsync(program, _nothing, new BoxLimits { OutputKibibytes = 100 }));

    [Fact]
    public async Task Nothing_of_ours_can_be_read()
    {
        string secret = Path.Combine(Directory.CreateTempSubdirectory("node-").FullName, "operator.key");
        await File.WriteAllTextAsync(secret, "secret");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.GetDirectoryName(secret)!, (UnixFileMode)0b111_101_101);

        string output = await Bench.OutputAsync("""
            import os, sys
            ours = '/etc/shadow /etc/passwd /root /home /proc/self/environ /proc/1/root /sys /var /run'.split()
            for path in [*ours, *sys.argv[1:]]:
              if os.path.lexists(path): print('there is', path)
            for link in ['/tmp/link']:
              os.symlink(sys.argv[1], link)
              try: print(open(link).read())
              except OSError: pass
            print(sorted(os.environ), sorted(os.listdir('/code')), os.listdir('/tmp'), os.getuid())
            for i in range(3, 256):
              try: os.fstat(i); print('open file', i)
              except OSError: pass
            """, secret, AppContext.BaseDirectory);

        Assert.Equal("['LANG', 'PATH', 'PWD'] ['main.py'] ['link'] 65534", output);
        Directory.Delete(Path.GetDirectoryName(secret)!, recursive: true);
    }

    [Fact]
    public async Task There_is_no_network()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        string name = $"chainspace-{Guid.NewGuid()}";
        using Socket local = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        local.Bind(new UnixDomainSocketEndPoint("\0" + name));
        local.Listen();

        string output = await Bench.OutputAsync("""
            import socket, sys
            def reach(family, address):
              s = socket.socket(family, socket.SOCK_STREAM); s.settimeout(3)
              try: s.connect(address); return 'reached'
              except OSError as e: return type(e).__name__
            print(reach(socket.AF_INET, ('127.0.0.1', int(sys.argv[1]))), reach(socket.AF_UNIX, '\0' + sys.argv[2]))
            try: reach(socket.AF_INET, ('1.1.1.1', 443)); s = socket.create_connection(('1.1.1.1', 443), 3); print('reached')
            except OSError as e: print(e.errno)
            """, $"{((IPEndPoint)listener.LocalEndpoint).Port}", name);

        const int unreachable = 101;
        Assert.Equal($"ConnectionRefusedError ConnectionRefusedError\n{unreachable}", output);
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task Only_the_private_folder_can_be_written_and_it_does_not_last()
    {
        const string program = """
            import os
            for path in '/x /dev/x /dev/shm/x /code/x /usr/x /usr/bin/x /etc/x /var/x /home/x /tmp/x'.split():
              try: open(path, 'w').close(); print(path)
              except OSError: pass
            n = 0
            try:
              while n < 100: open(f'/tmp/{n}', 'wb').write(bytes(1_000_000)); n += 1
            except OSError as e: print(n, e.strerror)
            """;

        Assert.Equal("/tmp/x\n16 No space left on device", await Bench.OutputAsync(program));
        Assert.Equal("[]", await Bench.OutputAsync("import os; print(os.listdir('/tmp'))"));
    }

    [Fact]
    public async Task No_rights_can_be_gained()
    {
        string output = await Bench.OutputAsync("""
            import ctypes, os
            libc = ctypes.CDLL(None, use_errno=True)
            for name, flag in (('user', 0x10000000), ('mount', 0x20000), ('network', 0x40000000)):
              if os.fork() == 0: os._exit(libc.unshare(flag) == 0)
              if os.wait()[1]: print('new space of', name)
            for act in (lambda: os.setuid(0), lambda: os.chroot('/tmp'), lambda: os.mknod('/tmp/m', 0o60600, os.makedev(8, 0))):
              try: act(); print('allowed')
              except OSError: pass
            if libc.mount(b'none', b'/tmp', b'tmpfs', 0, None) == 0: print('mounted')
            try: os.kill(-1, 0)
            except OSError: pass
            """);

        Assert.Equal("", output);
    }
}
