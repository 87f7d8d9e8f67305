using ChainSpace.Client.Reading;

namespace ChainSpace.Web.Serving;

/// <summary>Addresses of pages, and of the API paths that pages link to.</summary>
internal static class Addresses
{
    public static string Space(SpaceView space) => $"/s/{Escape(space.Name)}";

    public static string Poll(SpaceView space, string poll) => $"{Space(space)}/polls/{Escape(poll)}";

    public static string Batches(SpaceView space) => $"{Space(space)}/batches";

    public static string Batch(SpaceView space, string batch) => $"{Batches(space)}/{Escape(batch)}";

    /// <summary>All items of a batch as CSV.</summary>
    public static string BatchFile(SpaceView space, string batch) => $"{Batch(space, batch)}/results.csv";

    public static string Jobs(SpaceView space) => $"{Space(space)}/jobs";

    public static string Job(SpaceView space, string job) => $"{Jobs(space)}/{Escape(job)}";

    public static string People(SpaceView space) => $"{Space(space)}/people";

    public static string Account(SpaceView space, string account) => $"{Space(space)}/accounts/{Escape(account)}";

    public static string Receipt(SpaceView space, string index) => $"{Space(space)}/receipts/{Escape(index)}";

    public static string Api(SpaceView space, string path) => $"/v1/spaces/{Escape(space.Name)}/{path}";

    /// <summary>An address with those of the arguments that have a value.</summary>
    public static string WithQuery(string address, params (string Name, string? Value)[] arguments)
    {
        string query = string.Join(
            '&',
            from argument in arguments
            where !string.IsNullOrEmpty(argument.Value)
            select $"{argument.Name}={Escape(argument.Value)}");
        return query.Length == 0 ? address : $"{address}?{query}";
    }

    private static string Escape(string text) => Uri.EscapeDataString(text);
}
