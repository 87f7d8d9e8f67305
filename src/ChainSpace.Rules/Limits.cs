namespace ChainSpace.Rules;

/// <summary>Every bound the rules set, in one place. A change is a new rule set and starts at an entry.</summary>
public static class Limits
{
    /// <summary>Longest a message may stay valid; also how long nonces are remembered. Milliseconds.</summary>
    public const long ValidityMilliseconds = 24L * 60 * 60 * 1000;

    /// <summary>Longest life of a session. Milliseconds.</summary>
    public const long SessionMilliseconds = 30L * 24 * 60 * 60 * 1000;

    /// <summary>Most live sessions of one account.</summary>
    public const int Sessions = 20;

    /// <summary>Longest a poll may run. Milliseconds.</summary>
    public const long PollMilliseconds = 366L * 24 * 60 * 60 * 1000;

    /// <summary>
    /// How long after voting the operator may take to open sealed votes, an outage of the node included; voters may open
    /// their own meanwhile. Milliseconds.
    /// </summary>
    public const long OpeningMilliseconds = 24L * 60 * 60 * 1000;

    /// <summary>How long voters may still open what the operator could not, once it has been through all. Milliseconds.</summary>
    public const long GraceMilliseconds = 10L * 60 * 1000;

    /// <summary>How long an ended poll stays in the state, so that late votes learn that it is closed. Milliseconds.</summary>
    public const long RetentionMilliseconds = 7L * 24 * 60 * 60 * 1000;

    /// <summary>Most votes of one poll.</summary>
    public const uint Overlap = 1_000_000;

    /// <summary>
    /// Most votes of a poll that may close for confidence though its format is not counted by option: it is counted anew with
    /// each vote.
    /// </summary>
    public const uint RecountedVotes = 1_000;

    /// <summary>Most votes of which each is judged by the others alone where that takes a count of its own.</summary>
    public const int JudgedApart = 100;

    /// <summary>Most accounts drawn for a whole batch: 32 bytes are kept of each while something of it is voted on.</summary>
    public const uint Panel = 10_000;

    /// <summary>Most items of one batch.</summary>
    public const int BatchItems = 1_000_000;

    /// <summary>Most items that are settled together.</summary>
    public const uint GroupItems = 10_000;

    /// <summary>Most votes that are counted together, which is what the writer can do without keeping others waiting.</summary>
    public const uint GroupVotes = 100_000;

    /// <summary>Most votes of a group that pays by agreement across items: each voter is compared with each.</summary>
    public const uint ScoredVotes = 1_000;

    /// <summary>Most items of a batch that teach.</summary>
    public const uint TrainingItems = 100;

    /// <summary>Most seats of one draw.</summary>
    public const uint Sample = 100_000;

    /// <summary>Most seats of one draw whose seats have a lease: seats and reserve are kept, 170 bytes for each seat.</summary>
    public const uint LeasedSample = 10_000;

    /// <summary>Shortest lease of a drawn seat. Milliseconds.</summary>
    public const ulong ShortestLease = 60_000;

    /// <summary>Most groups of quotas in one draw.</summary>
    public const int Groups = 50;

    /// <summary>Most accounts that may be told to be one person's.</summary>
    public const int AccountsOfPerson = 20;

    /// <summary>
    /// Accounts looked at in the draws of one block, after which further polls wait for the next: whoever posts many
    /// drawn polls delays draws, not the space.
    /// </summary>
    public const long LooksPerBlock = 5_000_000;

    /// <summary>
    /// Accounts looked at in the draws of panels of one block; fewer than for polls, because a batch itself locks no money.
    /// </summary>
    public const long PanelLooksPerBlock = 1_000_000;

    /// <summary>Fewest votes before a poll may close for confidence.</summary>
    public const int ConfidentVotes = 2;

    /// <summary>Shortest time without a good root after which a space on a chain may be ended. Seconds.</summary>
    public const uint ExitSeconds = 60 * 60;

    /// <summary>Longest ahead that the moment of an early anchor may lie. Milliseconds.</summary>
    public const long ExpediteMilliseconds = 7L * 24 * 60 * 60 * 1000;

    /// <summary>Most accounts admitted to one poll.</summary>
    public const int Admissions = 100_000;

    /// <summary>Most open requests for an early anchor in one space.</summary>
    public const int PriorityRequests = 1_000;

    /// <summary>Most milestones of a job.</summary>
    public const int Milestones = 10;

    /// <summary>Most workers who may be paid for one job.</summary>
    public const uint Winners = 100;

    /// <summary>Most accounts that may ever take part in one job, applicants included.</summary>
    public const int Assignments = 200;

    /// <summary>Most revisions a job's terms may allow for each milestone.</summary>
    public const uint Revisions = 10;

    /// <summary>Most failed checks a job's terms may allow for each milestone.</summary>
    public const uint Tries = 100;

    /// <summary>Shortest lease and shortest review of a job. Milliseconds.</summary>
    public const ulong ShortestMilliseconds = 60 * 1000;

    /// <summary>Longest lease of a job. Milliseconds.</summary>
    public const ulong LeaseMilliseconds = 90UL * 24 * 60 * 60 * 1000;

    /// <summary>Longest review of a submission. Milliseconds.</summary>
    public const ulong ReviewMilliseconds = 30UL * 24 * 60 * 60 * 1000;

    /// <summary>How long after a contest's deadline its work can be shown. Milliseconds.</summary>
    public const long RevealMilliseconds = 24L * 60 * 60 * 1000;

    /// <summary>How long both sides may rate each other once a worker's part is over. Milliseconds.</summary>
    public const long RatingMilliseconds = 3L * 24 * 60 * 60 * 1000;

    /// <summary>How long a jury has for a declined submission. Milliseconds.</summary>
    public const long CaseMilliseconds = 3L * 24 * 60 * 60 * 1000;

    /// <summary>
    /// What a decline locks, in hundredths of a percent of the milestone: above (1 − π) / π for a jury that is right with
    /// π = 0.9, so declining good work costs more than it saves.
    /// </summary>
    public const uint JuryFee = 1_200;

    /// <summary>Votes that decide on a declined submission.</summary>
    public const uint Jurors = 3;

    /// <summary>Accounts drawn for it; the first of them to vote decide.</summary>
    public const uint JurySample = 9;

    /// <summary>Longest list of public attributes, in characters.</summary>
    public const int Attributes = 256;

    /// <summary>Most money a space can ever hold, so that no sum of balances can overflow.</summary>
    public static readonly UInt128 Supply = UInt128.One << 120;
}
