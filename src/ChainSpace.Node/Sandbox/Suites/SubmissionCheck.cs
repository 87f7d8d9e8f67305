namespace ChainSpace.Node.Sandbox.Suites;

/// <summary>How much checking of submissions a node takes on.</summary>
public sealed record CheckOptions
{
    /// <summary>Submissions checked at once, 1 to 64. Default 1.</summary>
    public int AtOnce { get; init; } = 1;

    /// <summary>Submissions that wait, 0 to 10,000; more are told to come back. Default 64.</summary>
    public int QueueLimit { get; init; } = 64;

    /// <summary>
    /// Most that a suite may allow its runs. Default 60 seconds, 1 GiB, 64 processes, 256 MiB of files, 16 MiB of output.
    /// </summary>
    public BoxLimits Ceiling { get; init; } = new()
    {
        WallMilliseconds = 60_000,
        CpuSeconds = 60,
        MemoryMebibytes = 1_024,
        Processes = 64,
        FileMebibytes = 256,
        OutputKibibytes = 16_384,
    };

    /// <summary>What is out of range, in a sentence; null where nothing is.</summary>
    public string? Fault()
    {
        if (AtOnce is < 1 or > 64) return $"AtOnce must be 1 to 64, not {AtOnce}.";
        return QueueLimit is < 0 or > 10_000 ? $"QueueLimit must be 0 to 10000, not {QueueLimit}." : Ceiling.Fault();
    }
}

/// <summary>What came of asking for a check.</summary>
public abstract record CheckOutcome
{
    private CheckOutcome()
    {
    }

    /// <summary>The tests ran.</summary>
    public sealed record Checked(SuiteVerdict Verdict) : CheckOutcome;

    /// <summary>The submission is no program that the suite can be run on; it is the contributor's to mend.</summary>
    public sealed record Unfit(string Sentence) : CheckOutcome;

    /// <summary>This node cannot run the suite; nothing is said about the submission.</summary>
    public sealed record Unable(string Sentence) : CheckOutcome;

    /// <summary>Too many wait already.</summary>
    public sealed record Busy : CheckOutcome;
}

/// <summary>Checks submissions against suites, few at a time. Its callers may be many.</summary>
public sealed class SubmissionCheck : IDisposable
{
    private readonly CheckOptions options;
    private readonly IReadOnlyList<Language> languages;
    private readonly SemaphoreSlim turns;

    // Those that wait and those that run.
    private int present;

    /// <exception cref="ArgumentException">The options are out of range.</exception>
    public SubmissionCheck(CheckOptions options, IReadOnlyList<Language> languages)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Fault() is { } fault) throw new ArgumentException(fault, nameof(options));
        (this.options, this.languages, turns) = (options, languages, new SemaphoreSlim(options.AtOnce));
    }

    /// <summary>Waits for its turn and runs all tests.</summary>
    public async Task<CheckOutcome> RunAsync(TestSuite suite, Submission submission, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(suite);
        if ((suite.Fault() ?? suite.Limits.Beyond(options.Ceiling)) is { } fault) return new CheckOutcome.Unable(fault);
        try
        {
            if (Interlocked.Increment(ref present) > options.AtOnce + options.QueueLimit) return new CheckOutcome.Busy();
            await turns.WaitAsync(cancellationToken);
            try
            {
                return new CheckOutcome.Checked(await SuiteRun.RunAsync(suite, submission, languages, cancellationToken));
            }
            finally
            {
                turns.Release();
            }
        }
        catch (SubmissionException exception)
        {
            return new CheckOutcome.Unfit(exception.Message);
        }
        catch (SandboxException exception)
        {
            return new CheckOutcome.Unable(exception.Message);
        }
        finally
        {
            Interlocked.Decrement(ref present);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turns.Dispose();
}
