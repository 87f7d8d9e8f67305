using System.Text.Json.Serialization;

namespace ChainSpace.Node.Sandbox.Suites;

/// <summary>How one test went.</summary>
public enum TestVerdict
{
    /// <summary>The output is right.</summary>
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>It is not.</summary>
    [JsonStringEnumMemberName("wrong")]
    Wrong,

    /// <summary>The program took too long, by the clock or of the processor.</summary>
    [JsonStringEnumMemberName("timeout")]
    Timeout,

    /// <summary>It wanted more memory than it may have.</summary>
    [JsonStringEnumMemberName("memory")]
    Memory,

    /// <summary>It wrote more than it may.</summary>
    [JsonStringEnumMemberName("output")]
    Output,

    /// <summary>It ended with another status than 0.</summary>
    [JsonStringEnumMemberName("crash")]
    Crash,
}

/// <summary>How much of its time a run took, coarse enough to be the same on most machines.</summary>
public enum TimeClass
{
    /// <summary>Less than a tenth.</summary>
    [JsonStringEnumMemberName("quick")]
    Quick,

    /// <summary>Less than half.</summary>
    [JsonStringEnumMemberName("fair")]
    Fair,

    /// <summary>More.</summary>
    [JsonStringEnumMemberName("slow")]
    Slow,
}

/// <summary>What a suite says of a submission.</summary>
public sealed record SuiteVerdict
{
    /// <summary>Hash of the suite.</summary>
    public required string Suite { get; init; }

    /// <summary>Hash of the submission.</summary>
    public required string Submission { get; init; }

    /// <summary>Name of the language.</summary>
    public required string Language { get; init; }

    /// <summary>Tests that went well.</summary>
    public required int Passed { get; init; }

    /// <summary>All others.</summary>
    public required int Failed { get; init; }

    /// <summary>Each test, in the suite's order.</summary>
    public required IReadOnlyList<TestLine> Tests { get; init; }

    /// <summary>SHA-256 of all but the times: two machines agree on it where a program does the same on both.</summary>
    public string Hash
    {
        get
        {
            CanonicalBytes bytes = new CanonicalBytes("chainspace-verdict/v1").Text(Suite).Text(Submission).Text(Language);
            bytes.Number(Tests.Count);
            foreach (TestLine test in Tests) bytes.Text(test.Name).Number((int)test.Verdict);
            return bytes.Hash.ToString();
        }
    }
}

/// <summary>One test's line.</summary>
/// <param name="Name">Name of the test.</param>
/// <param name="Verdict">How it went.</param>
/// <param name="Time">How much of its time it took.</param>
public sealed record TestLine(string Name, TestVerdict Verdict, TimeClass Time);
