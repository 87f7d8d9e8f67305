using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ChainSpace.Tests.House;

/// <summary>The hard limits of docs/STYLE.md. Each failure names the place and says what to do.</summary>
public sealed partial class TidyTests
{
    private static readonly string[] _code = [".cs", ".razor", ".css", ".js", ".ts", ".sol", ".py", ".go", ".java", ".rs"];

    private static readonly string[] _documented = ["Protocol", "Rules", "Client", "Chains"];

    private static readonly HashSet<string> _extensions =
    [
        .. _code, "", ".csproj", ".editorconfig", ".gitattributes", ".gitignore", ".html", ".ico", ".json", ".lock",
        ".md", ".mjs", ".mod", ".png", ".props", ".sh", ".slnx", ".snap", ".sql", ".sum", ".svg", ".toml", ".txt",
        ".webmanifest", ".woff2", ".xml", ".yml",
    ];

    /// <summary>
    /// What is above its limit today, and by how much: "file PATH", "line PATH" (the longest), "method PATH NAME",
    /// "parameters PATH NAME". It may only shrink: a smaller size fails until its entry is lowered, or removed.
    /// </summary>
    private static readonly Dictionary<string, int> _ratchet = [];

    private static IEnumerable<string> CodeFiles => Repository.Under("", _code);

    private static IEnumerable<string> CSharpFiles => Repository.Under("", ".cs");

    private sealed record Size(string What, int Value, int Limit);

    [Fact]
    public void Sizes_stay_within_their_limits()
    {
        IEnumerable<Size> sizes = [.. CodeFiles.SelectMany(TextSizes), .. CSharpFiles.SelectMany(SyntaxSizes), .. OtherSizes()];
        Dictionary<string, Size> largest = sizes.OrderBy(each => each.Value).GroupBy(each => each.What)
            .ToDictionary(each => each.Key, each => each.Last());

        IEnumerable<string> grown =
            from size in largest.Values
            let allowed = _ratchet.GetValueOrDefault(size.What, size.Limit)
            where size.Value > allowed
            select $"{size.What}: {size.Value} is above {allowed}";
        IEnumerable<string> shrunk =
            from entry in _ratchet
            let size = largest.GetValueOrDefault(entry.Key)
            where size is null || size.Value < entry.Value
            let isFine = size is null || size.Value <= size.Limit
            select $"{entry.Key} has shrunk; {(isFine ? "remove its entry" : $"lower its entry to {size.Value}")}";

        Complaints.None([.. grown, .. shrunk]);
    }

    [Fact]
    public void Names_of_types_say_what_they_are() => Complaints.None(
        from path in Repository.Under("src/", ".cs")
        from type in Repository.Syntax(path).DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
        where BannedName().IsMatch(type.Identifier.Text)
        select $"{path}: {type.Identifier.Text}");

    [Fact]
    public void Nothing_in_the_source_is_left_for_later() => Complaints.None(
        from path in Repository.Under("src/", _code)
        from found in BannedText().Matches(Repository.Read(path))
        select $"{path}: {found.Value}");

    [Fact]
    public void Files_are_of_known_kinds_and_small() => Complaints.None(
        from path in Repository.Files
        where !_extensions.Contains(Path.GetExtension(path)) || new FileInfo(Repository.Full(path)).Length > 500_000
        select $"{path} is of an unknown kind, or larger than 500 kB");

    [Fact]
    public void Links_in_documents_lead_somewhere() => Complaints.None(
        from page in Repository.Under("", ".md")
        from found in Link().Matches(CodeBlock().Replace(Repository.Read(page), ""))
        let target = found.Groups[1].Value.Split('#')[0]
        where target.Length > 0 && !target.Contains(':', StringComparison.Ordinal)
        where !Path.Exists(Path.Combine(Path.GetDirectoryName(Repository.Full(page))!, Uri.UnescapeDataString(target)))
        select $"{page} links to {target}");

    [Fact]
    public void Source_files_named_in_documents_exist()
    {
        HashSet<string> names = [.. Repository.Files.Select(path => Path.GetFileName(path))];
        Complaints.None(
            from page in Repository.Under("", ".md")
            where page != "CHANGELOG.md"
            from found in SourceName().Matches(CodeBlock().Replace(Repository.Read(page), ""))
            where !names.Contains(found.Groups[1].Value)
            select $"{page} speaks of {found.Groups[1].Value}");
    }

    [Fact]
    public void Public_types_of_the_shipped_projects_have_a_summary() => Complaints.None(
        from path in Repository.Under("src/", ".cs")
        where _documented.Any(each => path.StartsWith($"src/ChainSpace.{each}/", StringComparison.Ordinal))
        from parts in Repository.Syntax(path).DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
            .Where(type => type.Parent is not TypeDeclarationSyntax && type.Modifiers.Any(SyntaxKind.PublicKeyword))
            .GroupBy(type => type.Identifier.Text)
        where !parts.Any(each => each.GetLeadingTrivia().ToString().Contains("<summary>", StringComparison.Ordinal))
        select $"{path}: {parts.Key}");

    private static IEnumerable<Size> TextSizes(string path)
    {
        string[] lines = TextLines(path);
        yield return new Size($"file {path}", lines.Length, path.EndsWith(".sol", StringComparison.Ordinal) ? 600 : 400);

        // A line that is one long word, such as a test vector, cannot be broken.
        IEnumerable<string> breakable = lines.Where(line => line.Trim().Contains(' '));
        yield return new Size($"line {path}", breakable.Select(line => line.Length).Append(0).Max(), 130);
    }

    private static IEnumerable<Size> SyntaxSizes(string path)
    {
        foreach (SyntaxNode node in Repository.Syntax(path).DescendantNodes())
        {
            if (node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax)
                yield return new Size($"method {path} {Name(node)}", Lines(node), 60);

            // The parameters of a record are its data, and those of a native function are not ours to choose.
            if (node is not ParameterListSyntax list || list.Parent is RecordDeclarationSyntax || IsNative(list.Parent)) continue;
            int limit = list.Parent is TypeDeclarationSyntax ? 7 : 5;
            yield return new Size($"parameters {path} {Name(list.Parent)}", list.Parameters.Count, limit);
        }
    }

    private static IEnumerable<Size> OtherSizes() =>
    [
        .. Repository.Under("", ".csproj").Select(path => new Size($"file {path}", TextLines(path).Length, 25)),
        .. Repository.Under("docs/adr/", ".md").Select(path => new Size($"file {path}", TextLines(path).Length, 40)),
    ];

    private static string[] TextLines(string path) => Repository.Read(path).TrimEnd('\n').Split('\n');

    private static int Lines(SyntaxNode node)
    {
        FileLinePositionSpan span = node.SyntaxTree.GetLineSpan(node.Span);
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static string Name(SyntaxNode? node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        LocalFunctionStatementSyntax function => function.Identifier.Text,
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax declaration => declaration.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        { Parent: { } parent } => Name(parent),
        _ => "?",
    };

    private static bool IsNative(SyntaxNode? node) => node is MethodDeclarationSyntax method
        && method.AttributeLists.ToString().Contains("Import", StringComparison.Ordinal);

    [GeneratedRegex("(Manager|Helper|Utils?|Utility|Utilities)(?![a-z])")]
    private static partial Regex BannedName();

    [GeneratedRegex(@"\bTODO\b|#region\b|\bThread\.Sleep\b|\bNotImplementedException\b")]
    private static partial Regex BannedText();

    [GeneratedRegex("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?:[\w./-]*/)?(\w+\.(?:cs|sol|razor))`")]
    private static partial Regex SourceName();
}
