using System.Numerics;
using ChainSpace.Chains;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Watching;

/// <summary>How one look of a watcher at a vault ended.</summary>
internal abstract record WatchOutcome
{
    private WatchOutcome() { }

    /// <summary>Nothing waits that could be objected to.</summary>
    public sealed record Idle(string Because) : WatchOutcome;

    /// <summary>The proposal is what the journal says.</summary>
    public sealed record Right(ulong Size, Bytes32 PayoutRoot) : WatchOutcome;

    /// <summary>The proposal could not be judged yet, and there is time.</summary>
    public sealed record Waiting(ulong Size, string Sentence) : WatchOutcome;

    /// <summary>This watcher has just killed the proposal; one sentence says why.</summary>
    public sealed record Challenged(ulong Size, string Because, BigInteger Bond, TransactionHash Transaction) : WatchOutcome;

    /// <summary>The proposal ought to be challenged or judged, and this watcher does not do it; one sentence says why.</summary>
    public sealed record Refused(ulong Size, string Sentence) : WatchOutcome;

    /// <summary>Bonds of earlier challenges have come back, in wei.</summary>
    public sealed record BondsBack(BigInteger Amount) : WatchOutcome;

    /// <summary>The chain does not answer.</summary>
    public sealed record Blind(string Sentence) : WatchOutcome;
}
