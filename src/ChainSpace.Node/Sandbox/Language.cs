using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChainSpace.Node.Sandbox;

/// <summary>How programs of a language are run. Paths are those inside the box: the submission is in /code, read-only.</summary>
public sealed record Language
{
    /// <summary>Word for it, such as <c>python3</c>.</summary>
    public required string Name { get; init; }

    /// <summary>File that a submission begins with, such as <c>main.py</c>; it is how the language is recognised.</summary>
    public required string File { get; init; }

    /// <summary>Program and arguments; those of the test follow.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>What to run before, in the same box and within the same limits; it may write to /tmp. Default nothing.</summary>
    public IReadOnlyList<string> Compile { get; set; } = [];

    /// <summary>Words on the error stream by which a failing program says that memory was short. Default none.</summary>
    public IReadOnlyList<string> MemoryMarks { get; set; } = [];

    /// <summary>The languages that need no configuration.</summary>
    public static IReadOnlyList<Language> BuiltIn { get; } =
    [
        new()
        {
            Name = "python3", File = "main.py", Command = ["/usr/bin/python3", "-I", "-B", "/code/main.py"],
            MemoryMarks = ["MemoryError"],
        },
        new()
        {
            Name = "node", File = "main.js", Command = ["/usr/bin/node", "/code/main.js"],
            MemoryMarks = ["heap out of memory", "Array buffer allocation failed", "Fatal process out of memory"],
        },
        new() { Name = "sh", File = "main.sh", Command = ["/bin/sh", "/code/main.sh"], MemoryMarks = ["Out of space"] },
    ];

    /// <summary>The built-in languages and those of the file <c>sandbox.json</c> in a folder, which win over them.</summary>
    /// <exception cref="SandboxException">The file cannot be used.</exception>
    public static IReadOnlyList<Language> In(string folder)
    {
        string file = Path.Combine(folder, "sandbox.json");
        return System.IO.File.Exists(file) ? From(file) : BuiltIn;
    }

    /// <summary>The built-in languages and those of a file, which win over them.</summary>
    /// <exception cref="SandboxException">The file cannot be used.</exception>
    public static IReadOnlyList<Language> From(string file)
    {
        IReadOnlyList<Language> own = Read(file);
        foreach (Language language in own)
        {
            bool isUsable = language.Command.Count > 0 && language.Name.Length > 0 && Suites.Submission.IsName(language.File);
            if (!isUsable) throw new SandboxException($"{file}: a language has a name, a file such as main.py, and a command.");
        }

        return [.. own, .. BuiltIn.Where(each => own.All(mine => mine.Name != each.Name && mine.File != each.File))];
    }

    private static IReadOnlyList<Language> Read(string file)
    {
        try
        {
            byte[] json = System.IO.File.ReadAllBytes(file);
            return JsonSerializer.Deserialize(json, LanguageJson.Default.LanguageFile)?.Languages ?? [];
        }
        catch (JsonException exception)
        {
            throw new SandboxException($"{file} is no list of languages: {exception.Message}");
        }
    }
}

/// <summary>The file <c>sandbox.json</c>.</summary>
internal sealed record LanguageFile(IReadOnlyList<Language> Languages);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(LanguageFile))]
internal sealed partial class LanguageJson : JsonSerializerContext;
