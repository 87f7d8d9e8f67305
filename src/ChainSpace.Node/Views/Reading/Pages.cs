using ChainSpace.Client.Reading;

namespace ChainSpace.Node.Views.Reading;

// Queries ask for one item more than fits, to know whether there is more.
internal static class Pages
{
    public static Page<T> Cut<T>(List<T> found, int limit, Func<Cursor> next)
    {
        if (found.Count <= limit) return new Page<T>(found, null);
        found.RemoveRange(limit, found.Count - limit);
        return new Page<T>(found, next().ToString());
    }
}
