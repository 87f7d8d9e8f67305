using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Client.Writing;

/// <summary>Gold items: polls whose answer the requester knows, commits to, and shows when they have ended.</summary>
public static class GoldAuthor
{
    /// <summary>
    /// Posts a poll that commits to a known answer. Keep the opening: who loses its salt can never show the answer. The poll's id
    /// is <see cref="Author.IdOf"/> of the message.
    /// </summary>
    /// <param name="author">The requester.</param>
    /// <param name="draft">Of a format that is counted by option.</param>
    /// <param name="choice">Code of the known answer.</param>
    public static GoldPost PostGold(this Author author, PollDraft draft, uint choice)
    {
        ArgumentNullException.ThrowIfNull(author);
        ArgumentNullException.ThrowIfNull(draft);
        ImmutableArray<byte> attachment = draft.Attachment(JobAuthor.Salt());
        TaskId content = new(SaltedContent.HashOf(attachment.AsSpan()));
        Opening opening = new(choice, JobAuthor.Salt());
        PollDraft gold = draft with { Gold = author.Domain.Commitment(content, author.Account, opening) };
        Envelope message = author.Sign(header => gold.ToMessage(header, attachment)) with { Attachment = attachment };
        return new GoldPost(message, opening);
    }

    /// <summary>
    /// The same poll as it looks with a known answer, without one. Every poll among which gold items are to hide must be posted
    /// so; nobody can tell them apart before an answer is shown.
    /// </summary>
    public static PollDraft LikeGold(this PollDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return draft with { Gold = JobAuthor.Salt() };
    }
}

/// <summary>A gold item to send, and what shows its answer later.</summary>
public sealed record GoldPost(Envelope Message, Opening Opening)
{
    // A record would print the answer, which is the requester's secret until the poll has ended.
    public override string ToString() => nameof(GoldPost);
}
