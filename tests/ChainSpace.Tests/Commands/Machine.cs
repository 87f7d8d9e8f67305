using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using ChainSpace.Chains.Local;

namespace ChainSpace.Tests.Commands;

/// <summary>A person's machine: a home folder of its own, the real program in processes, and perhaps a node.</summary>
public sealed class Machine : IAsyncDisposable
{
    private static readonly string _program = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "ChainSpace.Node", Configuration, "chainspace-node.dll"));

    // The tests of a build run the program of the same build.
    private static string Configuration => Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    private readonly int port = FreePort();
    private Process? node;

    public string Home { get; } = Directory.CreateTempSubdirectory("chainspace-cli-").FullName;

    public string Url => $"http://localhost:{port}";

    public string InHome(string file) => Path.Combine(Home, file);

    /// <summary>Runs one verb to its end.</summary>
    public async Task<Said> RunAsync(params string[] arguments)
    {
        using Process process = Start(arguments);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Said(process.ExitCode, await output, await errors);
    }

    /// <summary>The output of a verb that must succeed.</summary>
    public async Task<string> DoneAsync(params string[] arguments)
    {
        Said said = await RunAsync(arguments);
        Assert.True(said.Status == 0, $"{string.Join(' ', arguments)}: {said}");
        return said.Output;
    }

    public async Task<JsonElement> JsonAsync(params string[] arguments) =>
        JsonDocument.Parse(await DoneAsync([.. arguments, "--json"])).RootElement;

    /// <summary>Starts a node and waits until it answers.</summary>
    public async Task UpAsync(params string[] arguments)
    {
        node = Start(["up", "--port", $"{port}", "--data", InHome("data"), .. arguments]);
        node.OutputDataReceived += static (_, _) => { };
        node.BeginOutputReadLine();
        node.ErrorDataReceived += static (_, _) => { };
        node.BeginErrorReadLine();
        using HttpClient http = new();
        for (int tries = 0; ; tries++)
        {
            try
            {
                await http.GetStringAsync($"{Url}/health");
                return;
            }
            catch (HttpRequestException) when (tries < 150 && !node.HasExited)
            {
                await Task.Delay(200);
            }
        }
    }

    public async Task KillAsync()
    {
        if (node is null) return;
        node.Kill();
        await node.WaitForExitAsync();
        node.Dispose();
        node = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();

        // A chain outlives its node by the time it takes to write its state into the folder.
        string networks = Path.Combine(InHome("data"), "networks");
        foreach (string network in Directory.Exists(networks) ? Directory.EnumerateDirectories(networks) : [])
        {
            AnvilState state = new(Path.Combine(network, "chain.json"));
            await state.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, CancellationToken.None);
        }

        Directory.Delete(Home, recursive: true);
    }

    /// <summary>Starts a verb that goes on; whoever starts it ends it.</summary>
    public Process Start(params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new("dotnet", [_program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Home,
        };
        foreach (string name in (string[])["CHAINSPACE_KEY", "CHAINSPACE_PASSPHRASE", "CHAINSPACE_SPACE", "XDG_CONFIG_HOME"])
            start.Environment.Remove(name);
        start.Environment["HOME"] = Home;
        start.Environment["CHAINSPACE_URL"] = Url;
        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>How a verb ended and what it printed.</summary>
public sealed record Said(int Status, string Output, string Errors);
