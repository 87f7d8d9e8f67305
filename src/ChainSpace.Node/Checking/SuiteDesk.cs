using ChainSpace.Client.Reading;
using ChainSpace.Node.Sandbox;
using ChainSpace.Node.Sandbox.Suites;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Checking;

/// <summary>
/// Takes hidden tests in. Whoever has a suite of the hash that a job names may hand it in: no others know it.
/// </summary>
internal static class SuiteDesk
{
    /// <summary>Most bytes of a suite's JSON.</summary>
    public const int Limit = 4 * 1_048_576;

    /// <summary>
    /// Longest that all tests of a suite may take together, by its own limits; each of them twice where a checker judges.
    /// One submission is checked at a time, so this is what the next has to wait.
    /// </summary>
    public const int Seconds = 600;

    /// <summary>Hash of the tests a job names. Of a job that has just been posted, too: views may not know it yet.</summary>
    public static async Task<NamedTests> NamedAsync(SpaceHost space, TaskId job)
    {
        Bytes32? content = null;
        await space.Sequencer.RunAsync(engine => content = engine.State.Jobs.Find(job)?.Terms.Message.Content);
        if (content is { } hash) return new NamedTests(true, HashOf(PollContentBytes.TryRead(space.Contents.Find(hash))?.Tests));
        JobView? ended = space.Jobs.Find(job);
        return new NamedTests(ended is not null, HashOf(ended?.Content?.Tests));
    }

    /// <summary>Keeps a suite; what is wrong with it in a sentence, null where nothing is.</summary>
    public static string? Keep(SpaceHost space, Bytes32 named, ReadOnlySpan<byte> json)
    {
        TestSuite suite;
        try
        {
            suite = TestSuite.Read(json);
        }
        catch (SandboxException exception)
        {
            return exception.Message;
        }

        if (suite.Hash != named) return $"The job names other tests: their hash is {named}, that of these is {suite.Hash}.";
        if (Fault(suite) is { } fault) return fault;
        space.Suites.Put(suite);
        return null;
    }

    /// <summary>Why a node does not run a suite that is one, in a sentence; null where it does.</summary>
    public static string? Fault(TestSuite suite)
    {
        int programs = suite.Checker is null ? 1 : 2;
        long longest = (long)suite.Tests.Count * suite.Limits.WallMilliseconds * programs / 1_000;
        return longest > Seconds
            ? $"The tests could take {longest} seconds together; a node allows {Seconds}. Have fewer, or a lower limit."
            : suite.Limits.Beyond(new CheckOptions().Ceiling);
    }

    public static Bytes32? HashOf(string? tests) => Bytes32.TryParse(tests, out Bytes32 hash) ? hash : null;
}

/// <summary>What a job says of tests.</summary>
/// <param name="IsKnown">Whether there is such a job.</param>
/// <param name="Hash">Hash of its tests; null where it names none.</param>
internal readonly record struct NamedTests(bool IsKnown, Bytes32? Hash);
