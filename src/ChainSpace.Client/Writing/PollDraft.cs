using System.Collections.Immutable;
using System.Text.Json;
using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Client.Writing;

/// <summary>A poll as its requester thinks of it. What is not said gets the plainest meaning: open to all, by majority.</summary>
public sealed record PollDraft
{
    public required string Title { get; init; }

    public string Description { get; init; } = "";

    /// <summary>2 to 100 answers to choose from.</summary>
    public required ImmutableArray<string> Options { get; init; }

    /// <summary>Money locked at once and shared at the end.</summary>
    public required Amount Reward { get; init; }

    /// <summary>When voting ends in any case.</summary>
    public required Moment Deadline { get; init; }

    /// <summary>Votes at which the poll closes.</summary>
    public uint Maximum { get; init; } = 100;

    /// <summary>Fewer votes at the end and the reward goes back.</summary>
    public uint Minimum { get; init; } = 1;

    /// <summary>Field of knowledge in which reputation counts and is earned.</summary>
    public string Category { get; init; } = "general";

    /// <summary><c>majority</c> or <c>weighted</c>.</summary>
    public string Aggregation { get; init; } = "majority";

    /// <summary><c>majority</c>, <c>lottery</c>, <c>equal</c>, <c>quality</c> or <c>truth-serum</c>.</summary>
    public string Payout { get; init; } = "majority";

    /// <summary><c>sealed</c> or <c>open</c>.</summary>
    public string Voting { get; init; } = "sealed";

    /// <summary><c>equal</c> or <c>refund</c>.</summary>
    public string Inconclusive { get; init; } = "equal";

    /// <summary>Hundredths of a percent at which the poll closes; 0: never for confidence.</summary>
    public uint Confidence { get; init; }

    /// <summary>The batch of which this is the next item; null where it stands alone.</summary>
    public TaskId? Batch { get; init; }

    /// <summary>What an answer looks like (spec/formats.md).</summary>
    public string Format { get; init; } = "single";

    /// <summary>JSON Schema that answers of the format <c>json</c> must fit; null: any JSON.</summary>
    public JsonElement? Schema { get; init; }

    /// <summary>What every voter locks with a vote.</summary>
    public Amount Deposit { get; init; }

    /// <summary>Until when accounts apply to a draw among those the node admits; 0 where there is none.</summary>
    public Moment Gather { get; init; }

    /// <summary>Commitment to the known answer of a gold item; zero where there is none.</summary>
    public Bytes32 Gold { get; init; }

    /// <summary>Milliseconds a drawn seat is kept for its voter; 0: to the end.</summary>
    public ulong Lease { get; init; }

    /// <summary><c>fixed</c>, <c>response</c> or <c>quality</c>.</summary>
    public string Pricing { get; init; } = "fixed";

    /// <summary>Seats by group, <c>country=DE:10,country=AT:5</c>.</summary>
    public string Quotas { get; init; } = "";

    /// <summary>Block of the settlement network at which voting ends; 0: none.</summary>
    public ulong Height { get; init; }

    /// <summary>Seats drawn at random; 0: all eligible may vote.</summary>
    public uint Sample { get; init; }

    /// <summary>A filter such as <c>country=DE</c>, or <c>open</c>; not looked at where accounts are named.</summary>
    public string Voters { get; init; } = "open";

    /// <summary>The only accounts that may vote, in any order; empty: whoever the filter lets.</summary>
    public ImmutableArray<AccountId> Named { get; init; } = [];

    /// <summary>
    /// An eligibility filter (spec/filters.md) for <see cref="Voters"/> <c>admitted</c>: it stands in the content, and the node
    /// decides by it whom to admit.
    /// </summary>
    public JsonElement? Filter { get; init; }

    /// <summary>Why the filter asks for what it asks for; needed where that is sensitive.</summary>
    public string? Purpose { get; init; }

    /// <summary>How long an answer takes, in seconds; null: not stated.</summary>
    public int? Seconds { get; init; }

    /// <summary>Salt ‖ JSON (spec/messages.md, "Content of a poll"), which travels beside the message.</summary>
    public ImmutableArray<byte> Attachment(Bytes32 salt)
    {
        PollContent content = new(Title, Description, Options)
        {
            Schema = Schema,
            Filter = Filter,
            Purpose = Purpose,
            Seconds = Seconds,
        };
        return PollContentBytes.Write(content, salt);
    }

    /// <summary>The message that posts this poll with that attachment.</summary>
    public PostPoll ToMessage(Header header, ImmutableArray<byte> attachment) => new(header)
    {
        Aggregation = Aggregation,
        Batch = Batch?.Value ?? default,
        Category = Category,
        Confidence = Confidence,
        Content = SaltedContent.HashOf(attachment.AsSpan()),
        Deadline = Deadline,
        Deposit = Deposit,
        Format = Format,
        Gather = Gather,
        Gold = Gold,
        Height = Height,
        Inconclusive = Inconclusive,
        Lease = Lease,
        Maximum = Maximum,
        Minimum = Minimum,
        Named = [.. Named.Order()],
        Options = (uint)Options.Length,
        Payout = Payout,
        Pricing = Pricing,
        Quotas = Quotas,
        Reward = Reward,
        Sample = Sample,
        Voters = Named.IsEmpty ? Voters : "named",
        Voting = Voting,
    };
}
