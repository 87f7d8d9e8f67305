using ChainSpace.Protocol;

namespace ChainSpace.Node.Views;

// An account's number and one of its entries in a single number, which SQLite keeps in order without any index: room for
// 134 million accounts and 68 thousand million entries.
internal readonly record struct HistoryKey(int Account, EntryIndex Index)
{
    // Every index is smaller.
    public const long Beyond = 1L << IndexBits;

    private const int IndexBits = 36;
    private const int AccountLimit = 1 << (63 - IndexBits);

    public static HistoryKey Read(long value) =>
        new((int)(value >> IndexBits), new EntryIndex(value & (Beyond - 1)));

    public long Write()
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Account, AccountLimit, nameof(Account));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Index.Value, Beyond, nameof(Index));
        return First(Account) | Index.Value;
    }

    // The smallest key of an account.
    public static long First(int account) => (long)account << IndexBits;
}
