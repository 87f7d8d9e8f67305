using System.Buffers.Binary;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Views;

// A vote as the views keep it: 32 bytes, some of them in one row, because a row of its own for each would cost most of
// what a vote may cost.
internal readonly record struct PackedVote(EntryIndex Index, int Voter, int? Choice, Amount Paid)
{
    // No amount is so large; the bit says that the vote lost its deposit.
    private static readonly UInt128 _lostBit = UInt128.One << 127;

    public const int Size = 32;

    // Votes of one row at most: four such rows fill a page. SQLite lets a row have at most a quarter of a page, and puts what a
    // longer one has beyond that into a page of its own, however little it is.
    public const int RowLimit = 30;

    private const int NoChoice = -1;

    public bool HasLostDeposit { get; init; }

    public static PackedVote Read(ReadOnlySpan<byte> source)
    {
        int choice = BinaryPrimitives.ReadInt32LittleEndian(source[12..]);
        UInt128 paid = BinaryPrimitives.ReadUInt128LittleEndian(source[16..]);
        return new PackedVote(
            new EntryIndex(BinaryPrimitives.ReadInt64LittleEndian(source)),
            BinaryPrimitives.ReadInt32LittleEndian(source[8..]),
            choice == NoChoice ? null : choice,
            new Amount(paid & ~_lostBit))
        {
            HasLostDeposit = (paid & _lostBit) != 0,
        };
    }

    public void CopyTo(Span<byte> target)
    {
        BinaryPrimitives.WriteInt64LittleEndian(target, Index.Value);
        BinaryPrimitives.WriteInt32LittleEndian(target[8..], Voter);
        BinaryPrimitives.WriteInt32LittleEndian(target[12..], Choice ?? NoChoice);
        BinaryPrimitives.WriteUInt128LittleEndian(target[16..], HasLostDeposit ? Paid.Units | _lostBit : Paid.Units);
    }
}
