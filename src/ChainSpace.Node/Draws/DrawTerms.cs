using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Selection;

namespace ChainSpace.Node.Draws;

/// <summary>What a poll or a batch says of its draw.</summary>
/// <param name="IsOfBatch">Whether it is the panel of a batch.</param>
/// <param name="Sample">Seats; 0: nobody is drawn.</param>
/// <param name="Voters">Who stands in the draw.</param>
/// <param name="Quotas">Seats by group; empty: none.</param>
/// <param name="Lease">Milliseconds a seat waits for its vote; 0: for ever.</param>
public sealed record DrawTerms(bool IsOfBatch, uint Sample, string Voters, string Quotas, ulong Lease)
{
    /// <summary>Until when accounts could apply; zero where nobody applies.</summary>
    public Moment Gather { get; init; }

    /// <summary>Word for the task.</summary>
    public string Kind => IsOfBatch ? "batch" : "poll";

    /// <summary>Seats of each group.</summary>
    internal ImmutableArray<int> Seats =>
        Rules.Selection.Quotas.TryRead(Quotas)?.SeatsOf((int)Sample) ?? throw new InvalidOperationException("No quotas.");

    /// <summary>Accounts drawn for each seat, reserve included.</summary>
    internal int Each => Lease > 0 ? 1 + Seating.ReservePerSeat : 1;

    /// <summary>Null for a message that draws nobody.</summary>
    internal static DrawTerms? Of(Message message) => message switch
    {
        PostPoll poll => new DrawTerms(false, poll.Sample, poll.Voters, poll.Quotas, poll.Lease) { Gather = poll.Gather },
        PostBatch batch => new DrawTerms(true, batch.Sample, batch.Voters, batch.Quotas, 0),
        _ => null,
    };
}
