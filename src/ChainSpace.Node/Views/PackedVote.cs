using System.Buffers.Binary;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Views;

// A vote as the views keep it: 32 bytes, some of them in one row, because a row of its own for each would cost most of
// what a vote may cost.
internal readonly record struct PackedVote(EntryIndex Index, int Voter, int? Choice, Amount Paid)
{
    public const int Size = 32;

    // Votes of one row at most.
    public const int RowLimit = 64;

    private const int NoChoice = -1;

    public static PackedVote Read(ReadOnlySpan<byte> source)
    {
        int choice = BinaryPrimitives.ReadInt32LittleEndian(source[12..]);
        return new PackedVote(
            new EntryIndex(BinaryPrimitives.ReadInt64LittleEndian(source)),
            BinaryPrimitives.ReadInt32LittleEndian(source[8..]),
            choice == NoChoice ? null : choice,
            new Amount(BinaryPrimitives.ReadUInt128LittleEndian(source[16..])));
    }

    public void CopyTo(Span<byte> target)
    {
        BinaryPrimitives.WriteInt64LittleEndian(target, Index.Value);
        BinaryPrimitives.WriteInt32LittleEndian(target[8..], Voter);
        BinaryPrimitives.WriteInt32LittleEndian(target[12..], Choice ?? NoChoice);
        BinaryPrimitives.WriteUInt128LittleEndian(target[16..], Paid.Units);
    }
}
