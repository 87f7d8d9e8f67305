using System.Runtime.CompilerServices;

namespace ChainSpace.Tests;

/// <summary>Compares what a person will read with the file beside the test; UPDATE_SNAPSHOTS=1 writes that file anew.</summary>
internal static class Snapshot
{
    public static void Matches(string text, [CallerFilePath] string source = "", [CallerMemberName] string test = "")
    {
        string testClass = TestContext.Current.TestClass?.TestClassSimpleName ?? Path.GetFileNameWithoutExtension(source);
        string file = Path.Combine(Path.GetDirectoryName(source)!, $"{testClass}.{test}.snap");
        string found = text.ReplaceLineEndings("\n").TrimEnd() + "\n";

        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1") File.WriteAllText(file, found);
        Assert.True(File.Exists(file), $"{file} is missing; read this, then run with UPDATE_SNAPSHOTS=1:\n{found}");
        Assert.Equal(File.ReadAllText(file), found);
    }
}
