using System.Buffers.Binary;
using System.Buffers.Text;
using ChainSpace.Client.Reading;

namespace ChainSpace.Node.Views.Reading;

// Where a page ended, as text that means nothing to its reader: the list's kind and a number, in base64url.
internal readonly record struct Cursor(char List, long Place)
{
    public const char Batches = 'b';
    public const char Jobs = 'j';
    public const char Polls = 'p';
    public const char Votes = 'v';
    public const char History = 'h';
    public const char Seats = 's';

    private const int LargestPage = 200;
    private const int Size = 1 + sizeof(long);

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        bytes[0] = (byte)List;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], Place);
        return Base64Url.EncodeToString(bytes);
    }

    // The place to go on from, the given one where the query starts at the beginning.
    public static QueryRefusal? TryRead(PageQuery query, char list, ref long place)
    {
        if (query.Limit is < 1 or > LargestPage) return new QueryRefusal.BadLimit(query.Limit);
        if (query.Cursor is not { } text) return null;
        if (text.Length != Base64Url.GetEncodedLength(Size) || !Base64Url.IsValid(text, out int length) || length != Size)
            return new QueryRefusal.BadCursor();

        byte[] bytes = Base64Url.DecodeFromChars(text);
        Cursor cursor = new((char)bytes[0], BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(1)));
        if (cursor.List != list || cursor.Place < 0) return new QueryRefusal.BadCursor();
        place = cursor.Place;
        return null;
    }
}
