namespace ChainSpace.Chains.Local;

/// <summary>Finds the chain's program.</summary>
internal static class AnvilProgram
{
    private const string Place = "contracts/node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil";

    public static string Find(string? given)
    {
        if (given is not null)
            return File.Exists(given) ? given : throw new FileNotFoundException($"There is no anvil at '{given}'.");
        IEnumerable<string> places =
            from start in (string[])[AppContext.BaseDirectory, Directory.GetCurrentDirectory()]
            from folder in Upwards(new DirectoryInfo(start))
            select Path.Combine(folder, Place);
        return places.FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException(
                "There is no anvil here, the program of the local chain: run 'npm ci --ignore-scripts' in contracts/ to get it.");
    }

    private static IEnumerable<string> Upwards(DirectoryInfo? folder)
    {
        for (; folder is not null; folder = folder.Parent) yield return folder.FullName;
    }
}
