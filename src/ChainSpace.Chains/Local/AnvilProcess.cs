using System.Diagnostics;
using System.Globalization;

namespace ChainSpace.Chains.Local;

/// <summary>
/// An EVM chain on this machine, for demonstrations and tests. It ends with this process, even if that is killed: a shell
/// stands between, and ends the chain when its standard input ends, which the system sees to.
/// </summary>
public sealed class AnvilProcess : IAsyncDisposable
{
    // The exit status is the chain's own. The chain holds the lock, where it has a state, until it has written it. What
    // watches must not hold the chain's output open, or nobody would see its end.
    internal const string Guard = """
        if [[ -n ${STATE_LOCK-} ]]; then exec 9>"$STATE_LOCK"; flock 9 2>/dev/null; fi
        "$@" </dev/null & chain=$!
        exec 3<&0
        (cat <&3 >/dev/null 2>&1; kill -TERM $chain 2>/dev/null) & watch=$!
        wait $chain; status=$?
        kill $watch 2>/dev/null
        exit $status
        """;

    private const string Listening = "Listening on ";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    private readonly Process process;
    private readonly AnvilState? state;
    private readonly TimeProvider time;

    private AnvilProcess(Process process, AnvilState? state, Uri url, TimeProvider time) =>
        (this.process, this.state, Url, this.time) = (process, state, url, time);

    /// <summary>Its JSON-RPC, on the loopback interface.</summary>
    public Uri Url { get; }

    /// <summary>Starts the chain and returns when it listens.</summary>
    /// <exception cref="FileNotFoundException">There is no anvil; the message says how to get one.</exception>
    /// <exception cref="InvalidOperationException">It did not start; the message has its last words.</exception>
    public static async Task<AnvilProcess> StartAsync(
        AnvilOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        string program = AnvilProgram.Find(options.ProgramPath);
        if (options.StateFile is null)
            return await LaunchAsync(program, options, null, time, cancellationToken).ConfigureAwait(false);

        AnvilState state = new(options.StateFile);
        await state.WaitAsync(StopLimit, time, cancellationToken).ConfigureAwait(false);
        state.Prepare();
        try
        {
            return await LaunchAsync(program, options, state, time, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException) when (state.GoBack())
        {
            // The file passed our look at it and not anvil's; the copy before it is the best there is.
            return await LaunchAsync(program, options, state, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Lets the chain write its state and end; kills it if that takes too long.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.StandardInput.Close();
        using CancellationTokenSource late = new(StopLimit, time);
        try
        {
            await process.WaitForExitAsync(late.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        state?.Save();
        process.Dispose();
    }

    // Without pruning anvil keeps every block's state in the home folder for ever; a history of 64 still allows the
    // reorganisations that tests make.
    internal static List<string> Arguments(AnvilOptions options)
    {
        List<string> arguments =
        [
            "--port", "0", "--chain-id", options.Chain.ToString(), "--gas-limit", options.BlockGas.ToString(),
            "--block-base-fee-per-gas", options.BaseFee.ToString(), "--enable-tx-gas-limit", "--hardfork", "osaka",
            "--prune-history", "64", "--accounts", options.Wallets.ToString(CultureInfo.InvariantCulture),
            "--slots-in-an-epoch", options.SlotsInEpoch.ToString(CultureInfo.InvariantCulture),
        ];
        if (options.BlockTime is { } interval)
            arguments.AddRange(["--block-time", interval.TotalSeconds.ToString(CultureInfo.InvariantCulture)]);
        else
            arguments.Add("--no-mining");
        if (options.StateFile is { } file) arguments.AddRange(["--state", file, "--state-interval", "5"]);
        return arguments;
    }

    private static async Task<AnvilProcess> LaunchAsync(
        string program, AnvilOptions options, AnvilState? state, TimeProvider time, CancellationToken cancellationToken)
    {
        Process process = Process.Start(StartInfo(program, options))!;
        Queue<string> lastWords = new();
        TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) => Hear(line.Data, lastWords, listening);
        process.ErrorDataReceived += (_, line) => Hear(line.Data, lastWords, listening);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            Task exit = process.WaitForExitAsync(cancellationToken);
            await Task.WhenAny(listening.Task, exit).WaitAsync(StartLimit, time, cancellationToken).ConfigureAwait(false);
            if (listening.Task.IsCompletedSuccessfully)
            {
                state?.Confirm();
                return new AnvilProcess(process, state, await listening.Task.ConfigureAwait(false), time);
            }

            throw new InvalidOperationException($"The local chain ended at once: {Join(lastWords)}");
        }
        catch
        {
            // Whatever of the shell is still there ends with its standard input.
            process.StandardInput.Close();
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    private static ProcessStartInfo StartInfo(string program, AnvilOptions options) =>
        new("bash", ["-c", Guard, "anvil", program, .. Arguments(options)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["STATE_LOCK"] = options.StateFile is { } file ? AnvilState.LockOf(file) : null },
        };

    private static void Hear(string? line, Queue<string> lastWords, TaskCompletionSource<Uri> listening)
    {
        if (line is null) return;
        if (line.StartsWith(Listening, StringComparison.Ordinal))
            listening.TrySetResult(new Uri("http://" + line[Listening.Length..]));
        lock (lastWords)
        {
            lastWords.Enqueue(line);
            if (lastWords.Count > 10) lastWords.Dequeue();
        }
    }

    private static string Join(Queue<string> lastWords)
    {
        lock (lastWords) return string.Join(' ', lastWords);
    }
}
