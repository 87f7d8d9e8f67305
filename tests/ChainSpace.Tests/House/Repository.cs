using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ChainSpace.Tests.House;

/// <summary>The files of this repository, as git sees them; paths are relative to its root and use `/`.</summary>
internal static class Repository
{
    private static readonly ConcurrentDictionary<string, SyntaxNode> _trees = new();

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<string> Files { get; } =
        [.. FindFiles().Where(path => File.Exists(Full(path))).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> Under(string folder, params string[] extensions) =>
        Files.Where(path => path.StartsWith(folder, StringComparison.Ordinal) && extensions.Contains(Path.GetExtension(path)));

    public static string Full(string path) => Path.Combine(Root, path);

    public static string Read(string path) => File.ReadAllText(Full(path));

    public static SyntaxNode Syntax(string path) =>
        _trees.GetOrAdd(path, static each => CSharpSyntaxTree.ParseText(Read(each)).GetRoot());

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ChainSpace.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests must run inside the repository.");
    }

    /// <summary>Without git (an unpacked archive), everything but what is built or fetched.</summary>
    private static IEnumerable<string> FindFiles()
    {
        string[] skipped = [".git", "artifacts", "node_modules", "data"];
        if (Path.Exists(Path.Combine(Root, ".git"))) return ListByGit();
        return Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Intersect(skipped).Any());
    }

    private static string[] ListByGit()
    {
        string[] arguments = ["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"];
        using Process git = Process.Start(new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        })!;
        string listed = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return [.. listed.Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct()];
    }
}
