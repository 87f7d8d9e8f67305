using System.Text.Json;
using System.Text.Json.Serialization;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Sandbox.Suites;

/// <summary>
/// A problem with hidden tests. It stays with the requester until the task has ended; its hash is in the task's content
/// from the start, so nobody can change a test afterwards, and the salt keeps anybody from guessing them by the hash.
/// </summary>
public sealed record TestSuite
{
    private const int MostTests = 1_000;

    /// <summary>What is asked, in a line.</summary>
    public required string Title { get; init; }

    /// <summary>What a program must do; contributors see it.</summary>
    public string Statement { get; set; } = "";

    /// <summary>Thirty-two random bytes, such as <c>0x00…</c>, unknown to contributors until the task has ended.</summary>
    public string Salt { get; set; } = "";

    /// <summary>Names of the languages that may be used. Default all that the node runs.</summary>
    public IReadOnlyList<string> Languages { get; set; } = [];

    /// <summary>What each test's run may use.</summary>
    public BoxLimits Limits { get; set; } = new();

    /// <summary>How output is compared with what is expected. Default by lines.</summary>
    public Comparison Compare { get; set; } = Comparison.Lines;

    /// <summary>A program that judges instead; see <see cref="Suites.Checker"/>. Default none.</summary>
    public Checker? Checker { get; set; }

    /// <summary>The tests, 1 to 1,000.</summary>
    public required IReadOnlyList<SuiteTest> Tests { get; init; }

    /// <summary>SHA-256 of the canonical bytes; the commitment of a task.</summary>
    [JsonIgnore]
    public Bytes32 Hash => Canonical.Hash;

    private CanonicalBytes Canonical
    {
        get
        {
            CanonicalBytes bytes = new("chainspace-suite/v1");
            bytes.Text(Title).Text(Statement).Text(Salt).Texts(Languages);
            bytes.Number(Limits.WallMilliseconds).Number(Limits.CpuSeconds).Number(Limits.MemoryMebibytes);
            bytes.Number(Limits.Processes).Number(Limits.FileMebibytes).Number(Limits.OutputKibibytes);
            bytes.Number((int)Compare).Text(Checker?.Language ?? "").Text(Checker?.Source ?? "").Number(Tests.Count);
            foreach (SuiteTest test in Tests) bytes.Text(test.Name).Texts(test.Arguments).Text(test.Input).Text(test.Expected);
            return bytes;
        }
    }

    /// <summary>The bytes that are hashed.</summary>
    public byte[] ToBytes() => Canonical.Written.ToArray();

    /// <summary>What is wrong with it, in a sentence; null where nothing is.</summary>
    public string? Fault()
    {
        // A reader of JSON does not look for null inside of lists.
        bool isWhole = Languages.All(static each => each is not null)
            && Tests.All(static test => test is not null && test.Arguments.All(static each => each is not null));
        if (!isWhole) return "A list in it has null for an element.";
        if (!Bytes32.TryParse(Salt, out _)) return "The salt must be 0x and 64 lower-case hexadecimal digits, at random.";
        if (Tests.Count is 0 or > MostTests) return $"A suite has 1 to {MostTests} tests, not {Tests.Count}.";
        if (Tests.DistinctBy(static test => test.Name).Count() != Tests.Count) return "Two tests have the same name.";
        return Tests.SelectMany(static test => test.Arguments).Any(static each => each.Contains('\0', StringComparison.Ordinal))
            ? "An argument cannot have a zero byte."
            : Limits.Fault();
    }

    /// <summary>Reads a suite's JSON.</summary>
    /// <exception cref="SandboxException">It is none.</exception>
    public static TestSuite Read(ReadOnlySpan<byte> json)
    {
        try
        {
            TestSuite? suite = JsonSerializer.Deserialize(json, SuiteJson.Default.TestSuite);
            string? fault = suite is null ? "It is null." : suite.Fault();
            return fault is null ? suite! : throw new SandboxException($"This is no suite of tests: {fault}");
        }
        catch (JsonException exception)
        {
            throw new SandboxException($"This is no suite of tests: {exception.Message}");
        }
    }
}

/// <summary>One hidden test.</summary>
public sealed record SuiteTest
{
    /// <summary>Name, once in a suite.</summary>
    public required string Name { get; init; }

    /// <summary>Arguments of the program. Default none.</summary>
    public IReadOnlyList<string> Arguments { get; set; } = [];

    /// <summary>What it reads. Default nothing.</summary>
    public string Input { get; set; } = "";

    /// <summary>What it must write, or what the checker is told. Default nothing.</summary>
    public string Expected { get; set; } = "";
}

/// <summary>
/// A program that judges outputs, confined like a submission. It reads a JSON object with the strings <c>input</c>,
/// <c>expected</c> and <c>output</c>, and ends with status 0 where the output is right, 43 where it is wrong
/// (interpreters end with 1 when a program of theirs fails).
/// </summary>
/// <param name="Language">Name of its language.</param>
/// <param name="Source">Its text.</param>
public sealed record Checker(string Language, string Source);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(TestSuite))]
[JsonSerializable(typeof(SuiteVerdict))]
[JsonSerializable(typeof(CheckerInput))]
internal sealed partial class SuiteJson : JsonSerializerContext;

/// <summary>What a checker reads.</summary>
internal sealed record CheckerInput(string Input, string Expected, string Output);
