using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Views.Reading;

internal static class MessageWords
{
    // The poll that a message names; a post names none, for it makes one.
    public static TaskId? PollOf(Message message) => message switch
    {
        Vote vote => vote.Poll,
        SealedVote vote => vote.Poll,
        OpenVote vote => vote.Poll,
        CancelPoll cancel => cancel.Poll,
        ClosePoll close => close.Poll,
        ExtendPoll extend => extend.Poll,
        RevealGold reveal => reveal.Poll,
        EraseContent erase => erase.Poll,
        Openings openings => openings.Poll,
        Conclude conclude => conclude.Poll,
        Bonus bonus => bonus.Task,
        Admit admit => admit.Poll,
        _ => null,
    };

    // The same of jobs.
    public static TaskId? JobOf(Message message) => (message as JobMessage)?.Job;

    // The same of batches; the items of one name it as polls do.
    public static TaskId? BatchOf(Message message) => (message as CloseBatch)?.Batch;

    public static Entry Read(ReadOnlyMemory<byte> leaf) => Entry.TryRead(leaf.Span, out Entry? entry, out WireFault? fault)
        ? entry
        : throw new InvalidOperationException($"The journal holds an entry that cannot be read: {fault}.");
}
