using ChainSpace.Protocol;
using ChainSpace.Rules;

namespace ChainSpace.Node.Sequencing;

/// <summary>What became of a message; final, and durable before anyone is told.</summary>
public abstract record Verdict
{
    private Verdict() { }

    /// <summary>It is this entry: just now, or since an earlier delivery of the very same message.</summary>
    public sealed record Entered(MessageId Id, EntryIndex Index, Moment Moment) : Verdict;

    /// <summary>The rules said no; nothing of it was kept.</summary>
    public sealed record Refused(Refusal Refusal) : Verdict;
}
