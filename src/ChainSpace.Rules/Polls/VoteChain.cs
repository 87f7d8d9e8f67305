using System.Buffers.Binary;
using System.Security.Cryptography;
using ChainSpace.Protocol;

namespace ChainSpace.Rules.Polls;

/// <summary>
/// What stands for a poll's votes in the state hash, and stays when they go. Votes are hashed in runs, for hashing each
/// by itself costs more than ruling on it: <paramref name="Full"/> links the full runs, <paramref name="Tail"/> is over
/// those behind the last, <paramref name="Opened"/> links the openings. See spec/state.md.
/// </summary>
public readonly record struct VoteChain(Bytes32 Full, Bytes32 Tail, Bytes32 Opened)
{
    /// <summary>Votes of a full run.</summary>
    public const int Run = 32;

    private const int VoteSize = 32 + 8 + 4 + 32 + 8 + 8;

    /// <summary>The next link over votes as they were cast: SHA-256 of the one before and their records.</summary>
    internal static Bytes32 Link(Bytes32 before, ReadOnlySpan<Ballot> votes)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Size + Run * VoteSize];
        before.CopyTo(bytes);
        int length = Bytes32.Size;
        foreach (ref readonly Ballot vote in votes)
        {
            Write(vote, bytes[length..]);
            length += VoteSize;
        }

        return Hash(bytes[..length]);
    }

    /// <summary>The next link over choices that became known by one entry, of the votes from a number on.</summary>
    internal static Bytes32 Link(Bytes32 before, int first, ReadOnlySpan<int> choices)
    {
        byte[] bytes = new byte[Bytes32.Size + sizeof(int) * (1 + choices.Length)];
        before.CopyTo(bytes);
        Span<byte> numbers = bytes.AsSpan(Bytes32.Size);
        BinaryPrimitives.WriteInt32BigEndian(numbers, first);
        for (int i = 0; i < choices.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(numbers[(sizeof(int) * (1 + i))..], choices[i]);
        return Hash(bytes);
    }

    // A vote with a commitment was cast without a choice, whatever is known of it now.
    private static void Write(in Ballot vote, Span<byte> target)
    {
        vote.Voter.Id.Value.CopyTo(target);
        BinaryPrimitives.WriteInt64BigEndian(target[32..], vote.Index.Value);
        BinaryPrimitives.WriteInt32BigEndian(target[40..], vote.Commitment.IsZero ? vote.Choice : Ballot.Hidden);
        vote.Commitment.CopyTo(target[44..]);
        BinaryPrimitives.WriteDoubleBigEndian(target[76..], vote.Weights.Skilled);
        BinaryPrimitives.WriteDoubleBigEndian(target[84..], vote.Weights.Plain);
    }

    private static Bytes32 Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Bytes32.Size];
        SHA256.HashData(bytes, hash);
        return Bytes32.Read(hash);
    }
}
