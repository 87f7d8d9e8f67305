using System.Text.Json;

namespace ChainSpace.Client.Reading;

/// <summary>One page of a longer list; ask again with <paramref name="NextCursor"/> until it is null.</summary>
public sealed record Page<T>(IReadOnlyList<T> Data, string? NextCursor);

/// <summary>A space as the node shows it. Amounts are minor units; <see cref="Decimals"/> places the point.</summary>
public sealed record SpaceView
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Network { get; init; }

    /// <summary>Chain id (EIP-155) of the settlement network; 0 on Sovereign.</summary>
    public required string ChainId { get; init; }

    /// <summary>The vault factory as a wallet account, zero on Sovereign; part of the domain of signatures.</summary>
    public required string Factory { get; init; }
    public required string Currency { get; init; }
    public required int Decimals { get; init; }
    public required string Operator { get; init; }
    public required string Grant { get; init; }

    /// <summary>Origin line of the checkpoints.</summary>
    public required string Origin { get; init; }

    /// <summary>Verifier key of the checkpoints in the text form of C2SP signed-note.</summary>
    public required string CheckpointKey { get; init; }

    /// <summary>P-256 key (x ‖ y) that openings are encrypted to.</summary>
    public required string SealingKey { get; init; }

    /// <summary>Entries in the journal.</summary>
    public required string Size { get; init; }
    public required string Polls { get; init; }
    public required string Accounts { get; init; }

    /// <summary>The least that work must pay an hour for this node to take it, minor units; null: it asks for none.</summary>
    public string? MinimumPay { get; init; }
}

/// <summary>A poll: its terms, where it stands, and its outcome once it has one.</summary>
public sealed record PollView
{
    public required string Id { get; init; }
    public required string Index { get; init; }
    public required string Requester { get; init; }
    public required string Category { get; init; }

    /// <summary>Title, description and options; null once erased.</summary>
    public PollContent? Content { get; init; }
    public required string ContentHash { get; init; }
    public required int Options { get; init; }

    /// <summary>What an answer looks like (spec/formats.md).</summary>
    public string Format { get; init; } = "single";
    public required string Reward { get; init; }

    /// <summary>What every voter locks with a vote.</summary>
    public string Deposit { get; init; } = "0";

    /// <summary><c>fixed</c>, <c>response</c> or <c>quality</c>: how much of the reward the votes share.</summary>
    public string Pricing { get; init; } = "fixed";
    public required string Payout { get; init; }
    public required string Aggregation { get; init; }
    public required string Voting { get; init; }
    public required string Voters { get; init; }
    public required int Sample { get; init; }

    /// <summary>Seats of the sample by group, <c>country=DE:10,country=AT:5</c>; empty: no groups.</summary>
    public string Quotas { get; init; } = "";

    /// <summary>Milliseconds that a drawn seat waits for its vote; 0: to the end.</summary>
    public string Lease { get; init; } = "0";

    /// <summary>
    /// What happens where the deadline finds no answer: <c>equal</c>, <c>refund</c>, or first once more time, such as
    /// <c>extend:86400000,equal</c> (milliseconds).
    /// </summary>
    public string Inconclusive { get; init; } = "equal";

    /// <summary>Moment until which accounts can apply to the draw; null where nobody applies.</summary>
    public string? Gather { get; init; }
    public required int Minimum { get; init; }
    public required int Maximum { get; init; }

    /// <summary>Target in hundredths of a percent; 0: none.</summary>
    public required int Confidence { get; init; }
    public required string Posted { get; init; }
    public required string Deadline { get; init; }

    /// <summary>
    /// Commitment to an answer that the requester knows, or a random value that cannot be told from one; null where there is
    /// none.
    /// </summary>
    public string? Gold { get; init; }

    /// <summary>The known answer, counted in options from zero; null before the requester has shown it.</summary>
    public int? GoldAnswer { get; init; }

    /// <summary>The batch of which it is an item; null where it stands alone.</summary>
    public string? Batch { get; init; }

    /// <summary>Items of the batch before it; null where it stands alone.</summary>
    public int? Number { get; init; }

    /// <summary>Accounts its batch draws, which alone may vote on it; null where the batch draws none.</summary>
    public int? Panel { get; init; }

    /// <summary>The job on whose declined submission it decides; null for other polls.</summary>
    public string? Job { get; init; }

    /// <summary>
    /// <c>gathering</c> (accounts apply to the draw), <c>drawing</c>, <c>voting</c>, <c>opening</c>, <c>waiting</c> (for the
    /// other items of its group), <c>raffle</c>, <c>closed</c>, <c>inconclusive</c>, <c>expired</c>, <c>cancelled</c>.
    /// </summary>
    public required string State { get; init; }
    public required int Votes { get; init; }
    public PollOutcome? Outcome { get; init; }

    /// <summary>
    /// How often the requester's gold items of the category that came to the outcome's belief were right; null before the end,
    /// where no gold item came so far, and in formats not counted by option.
    /// </summary>
    public ReliabilityLevel? Reliability { get; init; }
}

/// <summary>What people read of a poll; lives beside the journal and can be erased.</summary>
public sealed record PollContent(string Title, string Description, IReadOnlyList<string> Options)
{
    /// <summary>JSON Schema (draft 2020-12) that answers must fit, where the format is <c>json</c>; null: any JSON.</summary>
    public JsonElement? Schema { get; init; }

    /// <summary>Who is admitted, where the poll's voters are: an eligibility filter (spec/filters.md).</summary>
    public JsonElement? Filter { get; init; }

    /// <summary>Why the requester asks for it; always there where something sensitive is asked for.</summary>
    public string? Purpose { get; init; }

    /// <summary>Of a job: hash of the hidden tests that work is checked by (docs/guides/sandbox.md).</summary>
    public string? Tests { get; init; }

    /// <summary>Seconds that an answer, or the job, takes, as the requester states: 1 to 31,622,400; null: not stated.</summary>
    public int? Seconds { get; init; }
}

/// <summary>How a poll ended.</summary>
public sealed record PollOutcome
{
    /// <summary>Entry that ended it.</summary>
    public required string Index { get; init; }
    public required string Moment { get; init; }

    /// <summary>
    /// Why voting ended: <c>maximum</c>, <c>confidence</c>, <c>deadline</c>, <c>height</c>, <c>hand</c>, <c>cancelled</c>.
    /// </summary>
    public required string Reason { get; init; }

    /// <summary>Code of the consensus answer, where options are counted from zero; null where there is none.</summary>
    public int? Answer { get; init; }

    /// <summary>The answer as a voter wrote it, where the format leaves that to voters; null where there is none.</summary>
    public string? Words { get; init; }

    /// <summary>Probability of the consensus answer, 0 to 1.</summary>
    public double Confidence { get; init; }

    /// <summary>What the votes alone made it, before gold items were asked how far that is to be believed.</summary>
    public double Belief { get; init; }

    /// <summary>Gold items the confidence rests on; 0: it is the belief, or a first guess where the poll may be gold.</summary>
    public int GoldItems { get; init; }

    /// <summary>Option with most votes (lowest of equals); null without votes.</summary>
    public int? Plurality { get; init; }

    /// <summary>Votes for each option; of numbers, in each tenth of the range; of orders, that put it first.</summary>
    public required IReadOnlyList<int> Counts { get; init; }
    public required string Paid { get; init; }
    public required string Refunded { get; init; }
}

/// <summary>One vote of a poll.</summary>
/// <param name="Index">Its entry.</param>
/// <param name="Voter">Who voted.</param>
/// <param name="Choice">
/// Code of the answer, of options their number from zero; null while sealed, or where it could not be opened.
/// </param>
/// <param name="Paid">Minor units this vote earned.</param>
public sealed record VoteView(string Index, string Voter, int? Choice, string Paid)
{
    /// <summary>The answer as the voter wrote it, where the format leaves that to voters; null while sealed, or erased.</summary>
    public string? Words { get; init; }

    /// <summary>Salted hash of that answer; <c>…/content/{hash}</c> has it.</summary>
    public string? Content { get; init; }

    /// <summary>True where the vote has lost its deposit; else that went back.</summary>
    public bool HasLostDeposit { get; init; }
}

/// <summary>An account in one space.</summary>
public sealed record AccountView
{
    public required string Id { get; init; }

    /// <summary>Attributes the account published itself.</summary>
    public required string Attributes { get; init; }

    /// <summary>Free to lock in rewards.</summary>
    public required string Available { get; init; }

    /// <summary>Locked in tasks this account posted.</summary>
    public required string Escrowed { get; init; }

    /// <summary>Taken out of the space, claimed from the vault or not.</summary>
    public required string Withdrawn { get; init; }

    /// <summary>Everything ever earned; it became available.</summary>
    public required string Earned { get; init; }

    /// <summary>Everything ever received from outside, by grant, credit or deposit.</summary>
    public required string Received { get; init; }
    public required string Entries { get; init; }
    public required IReadOnlyList<ReputationView> Reputation { get; init; }

    /// <summary>What is on its way to or from the chain; where somebody has asked <c>…/money</c> for it, else null.</summary>
    public MoneyView? Money { get; init; }
}

/// <summary>Reputation in one category: evidence for and against, its mean and the 5 % lower bound, all 0 to 1.</summary>
public sealed record ReputationView(string Category, double For, double Against, double Mean, double LowerBound);

/// <summary>An entry in an account's history. Poll is null where the entry concerns none.</summary>
public sealed record HistoryItem(string Index, string Moment, string Type, string? Poll)
{
    /// <summary>The job that the entry concerns; null where it concerns none.</summary>
    public string? Job { get; init; }

    /// <summary>The batch that the entry posted or closed; null for all others.</summary>
    public string? Batch { get; init; }
}

/// <summary>The answer to an accepted message.</summary>
public sealed record Accepted(string Id, string Index, string Moment);

/// <summary>A refusal: HTTP status, stable code (spec/refusals.md), and a sentence.</summary>
public sealed record Refused(int Status, string Code, string Detail);

/// <summary>One line of the feed.</summary>
public sealed record FeedItem(string Index, string Moment, string Type, string Account, string? Poll, string? State);

/// <summary>Content by its salted hash: salt ‖ text, base64.</summary>
public sealed record ContentView(string Hash, string Bytes);

/// <summary>A consistency proof between two sizes of the journal (RFC 9162 §2.1.4).</summary>
public sealed record ConsistencyView(string From, string To, IReadOnlyList<string> Proof);
