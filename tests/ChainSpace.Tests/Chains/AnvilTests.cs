using System.Diagnostics;
using ChainSpace.Chains;
using ChainSpace.Chains.Local;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Transactions;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Tests.Chains;

public sealed class AnvilTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("anvil-").FullName;

    private string StateFile => Path.Combine(folder, "state", "chain.json");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_chain_is_what_its_options_say()
    {
        AnvilOptions options = new() { Chain = new ChainId(424242), BaseFee = new Wei(77), BlockTime = TimeSpan.FromSeconds(1) };
        await using LocalChain chain = await LocalChain.StartAsync(options);
        Assert.Equal(options.Chain, await chain.AskAsync(Chain.Id));
        Assert.Equal(new Wei(77), (await chain.AskAsync(Chain.Block(new BlockTag.Latest()))).BaseFee);
        for (int wait = 0; wait < 100 && (await chain.AskAsync(Chain.Head)).Value == 0; wait++) await Task.Delay(50);
        Assert.True((await chain.AskAsync(Chain.Head)).Value > 0);
    }

    [Fact]
    public async Task A_chain_comes_back_after_a_restart()
    {
        Address payee = await PayAsync(7);
        await using LocalChain again = await LocalChain.StartAsync(new AnvilOptions { StateFile = StateFile });
        Assert.Equal(new Wei(7), await again.BalanceAsync(payee));
        Assert.Equal(new BlockNumber(1), await again.AskAsync(Chain.Head));
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("empty")]
    [InlineData("json of something else")]
    public async Task A_broken_state_file_gives_way_to_its_copy(string how)
    {
        Address payee = await PayAsync(7);
        byte[] whole = await File.ReadAllBytesAsync(StateFile);
        byte[] broken = how switch { "cut" => whole[..(whole.Length / 2)], "empty" => [], _ => "{\"some\":1}"u8.ToArray() };
        await File.WriteAllBytesAsync(StateFile, broken);

        await using LocalChain again = await LocalChain.StartAsync(new AnvilOptions { StateFile = StateFile });
        Assert.Equal(new Wei(7), await again.BalanceAsync(payee));
        Assert.Equal(broken, await File.ReadAllBytesAsync(StateFile + ".broken"));
    }

    [Fact]
    public async Task A_broken_state_file_without_a_copy_gives_way_to_a_new_chain()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(StateFile)!);
        await File.WriteAllTextAsync(StateFile, "{\"block\":");
        await using LocalChain chain = await LocalChain.StartAsync(new AnvilOptions { StateFile = StateFile });
        Assert.Equal(new BlockNumber(0), await chain.AskAsync(Chain.Head));
    }

    [Fact]
    public async Task A_missing_program_is_a_clear_sentence()
    {
        AnvilOptions options = new() { ProgramPath = Path.Combine(folder, "anvil") };
        FileNotFoundException exception = await Assert.ThrowsAsync<FileNotFoundException>(() => LocalChain.StartAsync(options));
        Assert.Contains("There is no anvil", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_does_not_start_is_quoted()
    {
        AnvilOptions options = new() { Wallets = -1 };
        InvalidOperationException exception =
            await Assert.ThrowsAsync<InvalidOperationException>(() => LocalChain.StartAsync(options));
        Assert.Contains("error: unexpected", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_parent_takes_its_chain_along()
    {
        // A shell stands in for our process: it alone holds the other end of the guard's standard input, and is killed.
        const string Parent = """exec 7>&1; coproc { bash -c "$GUARD" anvil "$@" >&7; }; wait""";
        string program = AnvilProgram.Find(null);
        ProcessStartInfo start = new("bash", ["-c", Parent, "parent", program, .. AnvilProcess.Arguments(new AnvilOptions())])
        {
            RedirectStandardOutput = true,
            Environment = { ["GUARD"] = AnvilProcess.Guard },
        };
        using Process parent = Process.Start(start)!;
        string line = "";
        while (!line.StartsWith("Listening on ", StringComparison.Ordinal))
            line = await parent.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The chain did not start.");

        using HttpClient http = RpcEndpoint.CreateClient();
        Uri url = new("http://" + line["Listening on ".Length..]);
        RpcEndpoint endpoint = new(url, http, new RpcLimits(), TimeProvider.System);
        Assert.True((await endpoint.AskAsync(Chain.Head, default)).IsGood);
        parent.Kill();
        for (int wait = 0; wait < 200 && (await endpoint.AskAsync(Chain.Head, default)).IsGood; wait++) await Task.Delay(20);
        Assert.IsType<RpcFault.Unreachable>((await endpoint.AskAsync(Chain.Head, default)).Fault);
    }

    [Fact]
    public async Task A_chain_waits_until_the_one_before_it_has_written_its_state()
    {
        // A shell stands in for the chain of a killed process: it holds the lock and is in the middle of the file.
        const string Saver = """
            exec 9>"$2" && flock 9 && mv "$1" "$1.whole" && exec 8>"$1" && head -c 1 "$1.whole" >&8
            echo midway; sleep 1; tail -c +2 "$1.whole" >&8
            """;
        Address payee = await PayAsync(5);
        File.Delete(StateFile + ".good");
        string[] arguments = ["-c", Saver, "saver", StateFile, AnvilState.LockOf(StateFile)];
        using Process saver = Process.Start(new ProcessStartInfo("bash", arguments) { RedirectStandardOutput = true })!;
        Assert.Equal("midway", await saver.StandardOutput.ReadLineAsync());

        await using LocalChain next = await LocalChain.StartAsync(new AnvilOptions { StateFile = StateFile });
        Assert.Equal(new Wei(5), await next.BalanceAsync(payee));
    }

    /// <summary>A chain of one block with one payment, kept in the state file.</summary>
    private async Task<Address> PayAsync(ulong value)
    {
        await using LocalChain chain = await LocalChain.StartAsync(new AnvilOptions { StateFile = StateFile });
        using WalletSigner wallet = await chain.WalletAsync(), payee = WalletSigner.Create();
        Address address = Address.Of(payee.Account);
        await chain.CallAsync(wallet, new ChainCall(address, new Wei(value), ReadOnlyMemory<byte>.Empty));
        return address;
    }
}
