using System.Diagnostics;
using System.Text.Json;
using ChainSpace.Client;
using ChainSpace.Client.Http;
using ChainSpace.Journal.Check;
using ChainSpace.Node;
using ChainSpace.Node.Audit;
using Microsoft.AspNetCore.Builder;

namespace ChainSpace.Tests.Audit;

/// <summary>The same over HTTP against a running node, and as people call it.</summary>
public sealed class NodeAuditTests(AuditedSpace space) : IClassFixture<AuditedSpace>, IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("audited-node-").FullName;
    private WebApplication? _node;

    public async ValueTask InitializeAsync()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_data, "spaces", AuditedSpace.Name)).FullName;
        foreach (string file in (string[])["journal.db", "keys.json"])
            File.Copy(Path.Combine(space.Folder, file), Path.Combine(folder, file));
        _node = NodeApp.Build(new NodeOptions { Data = _data, Port = 0, IsDemo = false });
        await _node.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _node!.StopAsync();
        await _node.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task A_running_node_is_audited_from_afar_and_from_its_folder()
    {
        AuditReport afar = await AuditAsync(new AuditOptions { Space = space.Keys.Space, Since = space.Newest });
        using FolderSource folder = new(Path.Combine(_data, "spaces", AuditedSpace.Name));
        AuditReport near = await Auditor.RunAsync(folder, new AuditOptions(), null, default);
        Assert.Equal((null, null), (afar.Fault, near.Fault));
        Assert.InRange(afar.Entries, space.Entries.Count, near.Entries);
        Assert.Equal(1, afar.Checkpoints);
    }

    [Fact]
    public async Task A_bit_that_is_flipped_on_the_way_is_found_in_its_entry()
    {
        AuditReport report = await AuditAsync(new AuditOptions(), "/entries/000");
        Assert.Equal(new AuditFault.WrongTree(new JournalFault.EntryChanged(0)), report.Fault);
    }

    [Fact]
    public async Task A_tile_that_does_not_fit_its_entries_is_found()
    {
        AuditReport report = await AuditAsync(new AuditOptions(), "/tile/0/000");
        JournalFault.EntryChanged fault = Assert.IsType<JournalFault.EntryChanged>(((AuditFault.WrongTree)report.Fault!).Where);
        Assert.InRange(fault.Index, 0, 255);
    }

    [Fact]
    public async Task A_node_that_is_not_there_cannot_be_read()
    {
        using HttpClient http = new() { BaseAddress = new Uri("http://localhost:9/") };
        using NodeSource source = new(new ChainSpaceClient(http, new RetryPolicy { Tries = 1 }), "fair");
        await Assert.ThrowsAsync<UnreadableJournalException>(() => Auditor.RunAsync(source, new AuditOptions(), null, default));
    }

    [Fact]
    public async Task The_verbs_say_by_their_exit_code_how_it_went()
    {
        using JsonDocument audit = JsonDocument.Parse(await RunAsync(0, "audit", _node!.Urls.First(), "--json"));
        Assert.Equal("ok", audit.RootElement.GetProperty("audit").GetString());
        Assert.Equal(space.Keys.Space.ToString(), audit.RootElement.GetProperty("space").GetString());
        using JsonDocument folder = JsonDocument.Parse(await RunAsync(0, "audit", _data, "--json", "--no-signatures"));
        Assert.InRange(folder.RootElement.GetProperty("entries").GetInt64(), space.Entries.Count, 2_000);
        using JsonDocument check = JsonDocument.Parse(await RunAsync(0, "check", _data, "--json"));
        Assert.Equal("ok", check.RootElement.GetProperty("check").GetString());

        using Forgery forgery = Forgery.Tampered(space, "UPDATE entry SET bytes = x'00' WHERE idx = 77");
        foreach (string verb in (string[])["audit", "check"])
        {
            using JsonDocument wrong = JsonDocument.Parse(await RunAsync(1, verb, forgery.Folder, "--json"));
            Assert.Equal(77, wrong.RootElement.GetProperty("fault").GetProperty("index").GetInt64());
            string words = await RunAsync(1, verb, forgery.Folder);
            Assert.Contains("Entry 77 is not what was entered", words, StringComparison.Ordinal);
            Assert.Equal("", await RunAsync(2, verb, Path.GetTempPath() + "nothing-here"));
        }
    }

    private async Task<AuditReport> AuditAsync(AuditOptions options, string? bent = null)
    {
        using HttpClient http = new(new BendingHandler(bent)) { BaseAddress = new Uri(_node!.Urls.First() + "/") };
        using NodeSource source = new(new ChainSpaceClient(http), AuditedSpace.Name);
        return await Auditor.RunAsync(source, options, null, default);
    }

    private static async Task<string> RunAsync(int expected, params string[] words)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "chainspace-node.dll");
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [program, .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal((expected, expected == 2), (process.ExitCode, (await errors).Length > 0));
        return answer;
    }

    // Flips a bit in every answer whose path ends so.
    private sealed class BendingHandler(string? bent) : DelegatingHandler(new HttpClientHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
            string path = request.RequestUri!.AbsolutePath;
            if (bent is null || !path.EndsWith(bent, StringComparison.Ordinal)) return answer;
            byte[] bytes = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            bytes[100] ^= 1;
            answer.Content = new ByteArrayContent(bytes);
            return answer;
        }
    }
}
