namespace ChainSpace.Node.Sandbox;

/// <summary>One run of one program.</summary>
/// <param name="Language">How it is run.</param>
/// <param name="Folder">Its files.</param>
/// <param name="Arguments">Arguments of the run.</param>
/// <param name="Input">What it reads.</param>
/// <param name="Limits">What it may use.</param>
internal sealed record BoxJob(
    Language Language, string Folder, IReadOnlyList<string> Arguments, ReadOnlyMemory<byte> Input, BoxLimits Limits);

/// <summary>How a run ended.</summary>
internal enum BoxEnd
{
    /// <summary>By itself, or by a signal of the kernel's.</summary>
    Exited,

    /// <summary>It took too long.</summary>
    Timeout,

    /// <summary>It held too much memory.</summary>
    Memory,

    /// <summary>It wrote too much.</summary>
    Output,
}

/// <summary>What came of a run.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Status">Exit status; 128 and the signal's number where a signal ended it.</param>
/// <param name="Output">What it wrote, up to the limit.</param>
/// <param name="Errors">What it wrote to the error stream, up to the limit.</param>
/// <param name="Milliseconds">Time from its start to its end.</param>
internal sealed record BoxResult(BoxEnd End, int Status, byte[] Output, string Errors, long Milliseconds);
