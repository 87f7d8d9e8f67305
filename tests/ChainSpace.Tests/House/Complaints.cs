namespace ChainSpace.Tests.House;

internal static class Complaints
{
    /// <summary>Fails with every complaint on a line of its own; the runner's own message would show the first five.</summary>
    public static void None(params IEnumerable<string> complaints)
    {
        string[] lines = [.. complaints.Distinct()];
        Assert.True(lines.Length == 0, string.Join('\n', lines));
    }
}
