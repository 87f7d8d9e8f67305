using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
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
    private List<Ballot> ballots = [];
    private readonly Dictionary<Account, int> numbers = [];

    public int Count => ballots.Count;

    public ReadOnlySpan<Ballot> Ballots => CollectionsMarshal.AsSpan(ballots);

    /// <summary>
    /// Hash over all votes as they were cast and then as they were opened, each linked to what came before; stands for
    /// the votes in the state hash, and stays when they go.
    /// </summary>
    public Bytes32 Chain { get; private set; }

    /// <summary>The vote's number, or null where this account has not voted.</summary>
    public int? NumberOf(Account voter) => numbers.TryGetValue(voter, out int number) ? number : null;

    internal void Add(Ballot ballot)
    {
        numbers.Add(ballot.Voter, ballots.Count);
        ballots.Add(ballot);
        Chain = Link(Chain, ballot);
    }

    internal void Open(int number, int choice)
    {
        ballots[number] = ballots[number] with { Choice = choice };
        Chain = Link(Chain, number, choice);
    }

    internal void Refill(List<Ballot> kept, Bytes32 chain)
    {
        (ballots, Chain) = (kept, chain);
        numbers.EnsureCapacity(kept.Count);
        for (int number = 0; number < kept.Count; number++) numbers.Add(kept[number].Voter, number);
    }

    internal void Empty()
    {
        ballots.Clear();
        ballots.TrimExcess();
        numbers.Clear();
        numbers.TrimExcess();
    }

    // The two kinds of link differ in length, so none can be taken for the other.
    private static Bytes32 Link(Bytes32 before, Ballot ballot)
    {
        Span<byte> bytes = stackalloc byte[32 + 32 + 8 + 4 + 32 + 8 + 8];
        before.CopyTo(bytes);
        ballot.Voter.Id.Value.CopyTo(bytes[32..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes[64..], ballot.Index.Value);
        BinaryPrimitives.WriteInt32BigEndian(bytes[72..], ballot.Choice);
        ballot.Commitment.CopyTo(bytes[76..]);
        BinaryPrimitives.WriteDoubleBigEndian(bytes[108..], ballot.Weights.Skilled);
        BinaryPrimitives.WriteDoubleBigEndian(bytes[116..], ballot.Weights.Plain);
        return Hash(bytes);
    }

    private static Bytes32 Link(Bytes32 before, int number, int choice)
    {
        Span<byte> bytes = stackalloc byte[32 + 4 + 4];
        before.CopyTo(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes[32..], number);
        BinaryPrimitives.WriteInt32BigEndian(bytes[36..], choice);
        return Hash(bytes);
    }

    private static Bytes32 Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(bytes, hash);
        return Bytes32.Read(hash);
    }
}
