using System.Diagnostics;
using ChainSpace.Tests.House;

namespace ChainSpace.Tests.EndToEnd;

/// <summary>The examples, run as a newcomer runs them; each checks what it tells and fails where it is not so.</summary>
public sealed class ExamplesTests
{
    // How an example ends that needs something of the machine which is not there.
    private const int CannotRun = 77;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData("moderation", "The town paid 7.20 PLAY, the moderators got 7.20.")]
    [InlineData("labelling", "money out              200")]
    [InlineData("job-market", "Lena has 80.00 PLAY more")]
    [InlineData("provable-tasks", "The jury, drawn at random, says: Pay nothing.")]
    public async Task An_example_tells_its_story_and_its_claims_hold(string name, string line)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The examples are written for bash.");
        ProcessStartInfo start = new("bash", [Repository.Full($"examples/{name}/run")]);
        (int Code, string Output, string Errors)? ended = await Tool.RunAsync(start, Patience);
        Assert.SkipWhen(ended is null, "bash is not on this machine.");
        Assert.SkipWhen(ended.Value.Code == CannotRun, ended.Value.Errors);
        Assert.True(ended.Value.Code == 0, ended.Value.Output + ended.Value.Errors);
        Assert.Contains(line, ended.Value.Output, StringComparison.Ordinal);
        Assert.Contains("checked offline", ended.Value.Output, StringComparison.Ordinal);
        Assert.Contains("recomputed by an audit", ended.Value.Output, StringComparison.Ordinal);
    }
}
