using ChainSpace.Client.Writing;

namespace ChainSpace.Node.Demo;

/// <summary>One poll of the demo and what simulated people do with it.</summary>
/// <param name="Draft">Its terms.</param>
/// <param name="Choices">Answers of the voters, in the order in which they are let vote.</param>
internal sealed record DemoPoll(PollDraft Draft, int[] Choices)
{
    /// <summary>What the requester does in the end.</summary>
    public DemoEnd End { get; init; } = DemoEnd.Nothing;
}

/// <summary>What a requester does after the votes.</summary>
internal enum DemoEnd
{
    Nothing,
    Close,
    Cancel,
}
