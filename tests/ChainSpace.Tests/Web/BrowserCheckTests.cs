using System.Diagnostics;
using System.Text.Json;
using ChainSpace.Client.Reading;

namespace ChainSpace.Tests.Web;

/// <summary>The modules that check a receipt in the browser, run by Node.js where the machine has it.</summary>
public sealed class BrowserCheckTests
{
    private readonly SampleJournal journal = new();

    [Fact]
    public async Task A_vote_by_the_accounts_own_key_is_checked_in_full() => Assert.Equal(
        ["space ok", "checkpoint ok", "inclusion ok", "signature ok"], await CheckAsync(journal.Receipt(SampleJournal.OwnVote)));

    [Fact]
    public async Task A_vote_by_a_session_key_is_checked_in_full() => Assert.Equal(
        ["space ok", "checkpoint ok", "inclusion ok", "signature ok", "delegation ok"],
        await CheckAsync(journal.Receipt(SampleJournal.SessionVote)));

    [Fact]
    public async Task A_wallets_signature_is_said_to_be_unchecked() => Assert.Equal(
        ["space ok", "checkpoint ok", "inclusion ok", "signature unchecked"],
        await CheckAsync(journal.Receipt(SampleJournal.WalletVote)));

    [Fact]
    public async Task Another_choice_breaks_place_and_signature()
    {
        ReceiptDocument receipt = journal.Receipt(SampleJournal.OwnVote);
        string forged = receipt.Entry.Replace("\"choice\":\"1\"", "\"choice\":\"0\"", StringComparison.Ordinal);
        Assert.NotEqual(receipt.Entry, forged);

        string[] findings = await CheckAsync(receipt with { Entry = forged });
        Assert.Equal(["space ok", "checkpoint ok", "inclusion failed", "signature failed"], findings);
    }

    [Fact]
    public async Task A_checkpoint_of_another_key_fails()
    {
        ReceiptDocument receipt = journal.Receipt(SampleJournal.OwnVote);
        ReceiptDocument other = new SampleJournal().Receipt(SampleJournal.OwnVote);
        string note = other.Checkpoint.Replace(other.Space[2..], receipt.Space[2..], StringComparison.Ordinal);

        Assert.Contains("checkpoint failed", await CheckAsync(receipt with { Checkpoint = note }));
    }

    [Fact]
    public async Task Another_spaces_first_entry_fails() => Assert.Contains(
        "space failed",
        await CheckAsync(journal.Receipt(SampleJournal.OwnVote) with { Genesis = new SampleJournal().Receipt(0).Genesis }));

    [Fact]
    public async Task A_delegation_to_another_key_fails()
    {
        ReceiptDocument receipt = journal.Receipt(SampleJournal.SessionVote);
        ProvenEntry other = new SampleJournal().Receipt(SampleJournal.SessionVote).Delegation!;

        Assert.Contains("delegation failed", await CheckAsync(receipt with { Delegation = other }));
    }

    [Fact]
    public async Task A_session_without_its_delegation_is_not_accepted() => Assert.Contains(
        await CheckAsync(journal.Receipt(SampleJournal.SessionVote) with { Delegation = null }),
        finding => finding.EndsWith("failed", StringComparison.Ordinal));

    private static async Task<string[]> CheckAsync(ReceiptDocument receipt)
    {
        string folder = Directory.CreateTempSubdirectory("receipt").FullName;
        await using PageHost host = await PageHost.StartAsync();
        foreach (string name in (string[])["verify-receipt.js", "bytes.js", "journal.js", "keccak.js", "typed-data.js"])
            await WriteAsync(name, (await host.GetAsync($"/assets/any/{name}")).Html);
        await WriteAsync("package.json", """{"type":"module"}""");
        await WriteAsync("receipt.json", JsonSerializer.Serialize(receipt, JsonSerializerOptions.Web));
        await WriteAsync("main.js", """
            import { readFileSync } from "node:fs";
            import { verifyReceipt } from "./verify-receipt.js";
            const receipt = JSON.parse(readFileSync("receipt.json"));
            const findings = await verifyReceipt(receipt, receipt);
            console.log(findings.map((finding) => `${finding.link} ${finding.state}`).join("\n"));
            """);
        using Process? process = Start(folder);
        Assert.SkipWhen(process is null, "Node.js is not on this machine.");

        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Directory.Delete(folder, recursive: true);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(folder, name), text);
    }

    private static Process? Start(string folder)
    {
        try
        {
            return Process.Start(
                new ProcessStartInfo("node", "main.js") { WorkingDirectory = folder, RedirectStandardOutput = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
