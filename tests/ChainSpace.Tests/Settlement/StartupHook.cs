using ChainSpace.Tests.Settlement;

#pragma warning disable CA1050 // The runtime looks for this name, outside of any namespace.
/// <summary>
/// Runs before the program that a story has started (DOTNET_STARTUP_HOOKS), and in its place. Everywhere else nothing
/// calls it.
/// </summary>
internal static class StartupHook
{
    // The runtime knows no asynchronous hook.
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(StoryNode.Variable) is not { } told) return;
        StoryNode.RunAsync(told).GetAwaiter().GetResult();
        Environment.Exit(1);
    }
}
