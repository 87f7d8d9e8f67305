namespace ChainSpace.Node.Replay;

/// <summary>How the polls of a replay are posted, and how much of it is proved.</summary>
internal sealed record ReplayTerms
{
    /// <summary>Confidence at which polls close, in hundredths of a percent; 0: by majority of all votes.</summary>
    public uint Confidence { get; init; }

    /// <summary><c>majority</c>, <c>lottery</c> or <c>equal</c>.</summary>
    public string Payout { get; init; } = "majority";

    /// <summary><c>open</c> or <c>sealed</c>.</summary>
    public string Voting { get; init; } = "open";

    /// <summary>How many receipts of votes, drawn at random, are fetched and checked. Default 200.</summary>
    public int Receipts { get; init; } = 200;

    /// <summary>Messages sent at once. Default 4,096.</summary>
    public int BatchSize { get; init; } = 4_096;
}

/// <summary>What a replay does, in order; signing and casting run side by side.</summary>
internal enum ReplayPhase
{
    Sign,
    Post,
    Cast,
    Settle,
    Verify,
    Audit,
}

/// <summary>Told how far a phase has come.</summary>
internal delegate void ReplayWatch(ReplayPhase phase, long done, long total);
