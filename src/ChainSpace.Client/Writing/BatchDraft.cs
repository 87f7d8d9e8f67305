using System.Collections.Immutable;
using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Client.Writing;

/// <summary>A batch as its requester thinks of it; its items are polls that name it.</summary>
public sealed record BatchDraft
{
    public required string Title { get; init; }

    public string Description { get; init; } = "";

    /// <summary>2 to 100 answers that every item has.</summary>
    public required ImmutableArray<string> Options { get; init; }

    /// <summary>When no more items join; every item ends by then.</summary>
    public required Moment Deadline { get; init; }

    public string Category { get; init; } = "general";

    /// <summary>A format whose answers are counted by option.</summary>
    public string Format { get; init; } = "single";

    /// <summary>Items that are counted and paid together.</summary>
    public uint Group { get; init; } = 100;

    /// <summary><c>each</c>, <c>correlated</c>, <c>determinant</c>, <c>lottery</c> or <c>exact-lottery</c>.</summary>
    public string Payout { get; init; } = "each";

    /// <summary>Items at the beginning that everybody must answer first.</summary>
    public uint Training { get; init; }

    /// <summary>Accounts drawn once, who alone answer all items; 0: each item says who may vote on it.</summary>
    public uint Sample { get; init; }

    /// <summary>Who stands in that draw: <c>open</c>, or a filter.</summary>
    public string Voters { get; init; } = "open";

    /// <summary>Seats of the panel by group; empty: none.</summary>
    public string Quotas { get; init; } = "";

    /// <summary>Salt ‖ JSON (spec/messages.md, "Content of a poll"), which travels beside the message.</summary>
    public ImmutableArray<byte> Attachment(Bytes32 salt) =>
        PollContentBytes.Write(new PollContent(Title, Description, Options), salt);

    /// <summary>The message that announces this batch with that attachment.</summary>
    public PostBatch ToMessage(Header header, ImmutableArray<byte> attachment) => new(header)
    {
        Category = Category,
        Content = SaltedContent.HashOf(attachment.AsSpan()),
        Deadline = Deadline,
        Format = Format,
        Group = Group,
        Options = (uint)Options.Length,
        Payout = Payout,
        Quotas = Quotas,
        Sample = Sample,
        Training = Training,
        Voters = Voters,
    };
}
