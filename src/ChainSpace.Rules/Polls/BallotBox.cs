using System.Runtime.InteropServices;
using ChainSpace.Protocol;
using ChainSpace.Rules.Accounts;

namespace ChainSpace.Rules.Polls;

/// <summary>One vote as cast.</summary>
/// <param name="Voter">Who.</param>
/// <param name="Index">Its entry.</param>
/// <param name="Choice">Option counted from zero, or <see cref="Hidden"/> or <see cref="Spoiled"/>.</param>
/// <param name="Commitment">What a sealed vote commits to; zero for an open one.</param>
/// <param name="Weights">The voter's weights when the vote was cast, fixed so that no later poll can change them.</param>
public readonly record struct Ballot(Account Voter, EntryIndex Index, int Choice, Bytes32 Commitment, Weights Weights)
{
    /// <summary>A sealed vote nobody has opened.</summary>
    public const int Hidden = -1;

    /// <summary>A sealed vote that was opened and names no option.</summary>
    public const int Spoiled = -2;

    public bool IsCounted => Choice >= 0;
}

/// <summary>Log odds a vote adds to its option: by the voter's own record, and by the crowd's.</summary>
public readonly record struct Weights(double Skilled, double Plain);

/// <summary>The votes of one poll in the order they came. Owned by the writer.</summary>
public sealed class BallotBox
{
    private readonly Dictionary<Account, int> numbers = [];
    private List<Ballot> ballots = [];
    private Bytes32 full, opened;

    public int Count => ballots.Count;

    public ReadOnlySpan<Ballot> Ballots => CollectionsMarshal.AsSpan(ballots);

    /// <summary>The digest of all votes and openings so far; costs one run of votes to ask for.</summary>
    public VoteChain Chain => new(full, Tail is [] ? default : VoteChain.Link(default, Tail), opened);

    // The votes behind the last full run.
    private ReadOnlySpan<Ballot> Tail => Ballots[(Count - Count % VoteChain.Run)..];

    /// <summary>The vote's number, or null where this account has not voted.</summary>
    public int? NumberOf(Account voter) => numbers.TryGetValue(voter, out int number) ? number : null;

    internal void Add(Ballot ballot)
    {
        numbers.Add(ballot.Voter, ballots.Count);
        ballots.Add(ballot);
        if (Tail is []) full = VoteChain.Link(full, Ballots[^VoteChain.Run..]);
    }

    /// <summary>Choices that became known by one entry, of the votes from a number on.</summary>
    internal void Open(int first, ReadOnlySpan<int> choices)
    {
        for (int i = 0; i < choices.Length; i++)
            ballots[first + i] = ballots[first + i] with { Choice = choices[i] };
        opened = VoteChain.Link(opened, first, choices);
    }

    internal void Refill(List<Ballot> kept, VoteChain chain)
    {
        (ballots, full, opened) = (kept, chain.Full, chain.Opened);
        numbers.EnsureCapacity(kept.Count);
        for (int number = 0; number < kept.Count; number++) numbers.Add(kept[number].Voter, number);
    }

    /// <summary>Lets the votes go; the last run stays in the chain, however short.</summary>
    internal void Empty()
    {
        if (Tail is not []) full = VoteChain.Link(full, Tail);
        ballots.Clear();
        ballots.TrimExcess();
        numbers.Clear();
        numbers.TrimExcess();
    }
}
