using System.Collections.Immutable;
using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Client.Writing;

/// <summary>A job before it is posted. Times are milliseconds.</summary>
public sealed record JobDraft
{
    /// <summary>What a jury says of declined work, in the order of its options.</summary>
    public static ImmutableArray<string> Verdicts { get; } = ["Pay the worker", "Pay nothing", "Pay half"];

    public required string Title { get; init; }

    public string Description { get; init; } = "";

    public string Category { get; init; } = "general";

    /// <summary>Minor units for each winner.</summary>
    public required Amount Reward { get; init; }

    public uint Winners { get; init; } = 1;

    /// <summary><c>open, apply, direct</c> or <c>contest</c>.</summary>
    public string Mode { get; init; } = "open";

    /// <summary>The account of a <c>direct</c> offer; else zero.</summary>
    public AccountId To { get; init; }

    public string Milestones { get; init; } = "100";

    /// <summary>Hundredths of a percent of the reward that a worker locks.</summary>
    public uint Bond { get; init; } = 1_200;

    /// <summary>Hundredths of a percent; jurors' least lower bound of reputation.</summary>
    public uint Jury { get; init; }

    public ulong Lease { get; init; } = 24UL * 60 * 60 * 1000;

    public ulong Review { get; init; } = 3UL * 24 * 60 * 60 * 1000;

    public uint Revisions { get; init; } = 1;

    /// <summary>Failed checks that end the lease; 0: as many as the lease allows.</summary>
    public uint Tries { get; init; }

    public string Workers { get; init; } = "open";

    public AccountId Checker { get; init; }

    /// <summary>Hash of hidden tests; the node runs them where the checker is its operator. Null: none.</summary>
    public Bytes32? Tests { get; init; }

    /// <summary>How long it takes, in seconds; null: not stated.</summary>
    public int? Seconds { get; init; }

    public required Moment Deadline { get; init; }

    /// <summary>Salt ‖ JSON, which travels beside the message.</summary>
    public ImmutableArray<byte> Attachment(Bytes32 salt)
    {
        PollContent content = new(Title, Description, Verdicts)
        {
            Tests = Tests?.ToString(),
            Seconds = Seconds,
        };
        return PollContentBytes.Write(content, salt);
    }

    /// <summary>The message that posts this job with that attachment.</summary>
    public PostJob ToMessage(Header header, ImmutableArray<byte> attachment) => new(header)
    {
        Bond = Mode == "contest" ? 0 : Bond,
        Category = Category,
        Checker = Checker,
        Content = SaltedContent.HashOf(attachment.AsSpan()),
        Deadline = Deadline,
        Jury = Jury,
        Lease = Lease,
        Milestones = Milestones,
        Mode = Mode,
        Review = Review,
        Revisions = Mode == "contest" ? 0 : Revisions,
        Reward = Reward,
        To = To,
        Tries = Tries,
        Winners = Winners,
        Workers = Workers,
    };
}
