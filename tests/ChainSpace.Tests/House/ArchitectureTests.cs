using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ChainSpace.Tests.House;

public sealed partial class ArchitectureTests
{
    private const string NodeFolder = "src/ChainSpace.Node/";
    private const string RulesFolder = "src/ChainSpace.Rules/";

    /// <summary>Every project under src and all it refers to: the whole drawing, so an arrow more or less is a failure.</summary>
    private static readonly SortedDictionary<string, string[]> _arrows = new()
    {
        ["Protocol"] = [],
        ["Rules"] = ["Protocol"],
        ["Journal"] = ["Protocol"],
        ["Client"] = ["Protocol"],
        ["Chains"] = ["Protocol"],
        ["Web"] = ["Client"],
        ["Node"] = ["Chains", "Client", "Journal", "Rules", "Web"],
    };

    /// <summary>A folder of the node may use those after it, never those before it.</summary>
    private static readonly string[] _line = ["Api", "Intake", "Sequencing", "Views"];

    /// <summary>What would let two replays of one journal differ, or make a page of bytes depend on the machine.</summary>
    private static readonly string[] _impure =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow", "System.TimeProvider.",
        "System.Diagnostics.Stopwatch.", "System.Environment.get_TickCount", "System.Environment.GetEnvironmentVariable",
        "System.Random.", "System.Threading.Timer.", "System.Threading.Tasks.Task.Delay", "System.Threading.Thread.Sleep",
        "System.IO.File.", "System.IO.FileStream.", "System.IO.Directory.", "System.Net.",
    ];

    [Fact]
    public void Projects_refer_to_each_other_as_drawn()
    {
        SortedDictionary<string, string[]> found = [];
        foreach (string path in Repository.Under("src/", ".csproj")) found[ProjectName(path)] = References(path);

        Assert.Equal(_arrows.Select(Arrow), found.Select(Arrow));
    }

    [Fact]
    public void Rules_stand_on_nothing_but_the_runtime_and_the_protocol() =>
        Assert.All(
            Assembly.Load("ChainSpace.Rules").GetReferencedAssemblies().Select(each => each.Name!),
            name => Assert.Matches(@"^(System\.|ChainSpace\.Protocol$)", name));

    [Theory]
    [InlineData("ChainSpace.Protocol")]
    [InlineData("ChainSpace.Rules")]
    public void No_clock_no_chance_no_disk_no_network(string assembly) => Complaints.None(
        UsedMembers(assembly).Where(member => _impure.Any(each => member.StartsWith(each, StringComparison.Ordinal)))
            .Select(member => $"{assembly} uses {member}"));

    [Fact]
    public void Folders_of_the_node_form_a_line() => Complaints.None(
        from path in Repository.Under(NodeFolder, ".cs")
        let folder = Folder(path, NodeFolder)
        where folder is not null
        from used in NodeFoldersUsedBy(path)
        where !MayUse(folder, used)
        select $"{path} uses {used}");

    [Fact]
    public void Namespaces_of_the_node_are_its_folders() => Complaints.None(
        from path in Repository.Under(NodeFolder, ".cs")
        let folder = Folder(path, NodeFolder)
        where folder is not null
        from space in Repository.Syntax(path).DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
        where !$"{space.Name}.".StartsWith($"ChainSpace.Node.{folder}.", StringComparison.Ordinal)
        select $"{path} declares {space.Name}");

    [Fact]
    public void Only_the_rulebook_calls_the_rules_of_another_folder()
    {
        string[] files = [.. Repository.Under(RulesFolder, ".cs")];
        Dictionary<string, string?> homes = files.SelectMany(RuleClasses).DistinctBy(each => each.Name)
            .ToDictionary(each => each.Name, each => each.Folder);

        Complaints.None(
            from path in files
            where !Path.GetFileName(path).StartsWith("Rulebook", StringComparison.Ordinal)
            from call in Repository.Syntax(path).DescendantNodes().OfType<IdentifierNameSyntax>()
            let name = call.Identifier.Text
            where homes.ContainsKey(name) && homes[name] != Folder(path, RulesFolder)
            select $"{path} calls {name} of {homes[name]}");
    }

    private static string ProjectName(string path) => Path.GetFileNameWithoutExtension(path)["ChainSpace.".Length..];

    private static string Arrow(KeyValuePair<string, string[]> each) => $"{each.Key} -> {string.Join(' ', each.Value)}";

    private static string[] References(string path) =>
        [.. XDocument.Load(Repository.Full(path)).Descendants("ProjectReference")
            .Select(each => ProjectName(each.Attribute("Include")!.Value)).Order(StringComparer.Ordinal)];

    private static List<string> UsedMembers(string assembly)
    {
        using PEReader file = new(File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly + ".dll")));
        MetadataReader metadata = file.GetMetadataReader();
        List<string> members = [];
        foreach (MemberReferenceHandle handle in metadata.MemberReferences)
        {
            MemberReference member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference) continue;
            TypeReference type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
            string[] parts = [metadata.GetString(type.Namespace), metadata.GetString(type.Name), metadata.GetString(member.Name)];
            members.Add(string.Join('.', parts));
        }

        return members;
    }

    /// <summary>The first folder below the project, or null for a file at its root: there the node is put together.</summary>
    private static string? Folder(string path, string project) =>
        path[project.Length..].Split('/') is [string folder, _, ..] ? folder : null;

    private static bool MayUse(string folder, string used)
    {
        if (folder == used) return true;
        int user = Array.IndexOf(_line, folder);
        return user < 0 ? used != "Api" : user < Array.IndexOf(_line, used) || !_line.Contains(used);
    }

    /// <summary>Looks at tokens only, so that a comment or a text may speak of any folder.</summary>
    private static IEnumerable<string> NodeFoldersUsedBy(string path)
    {
        IEnumerable<SyntaxToken> tokens = Repository.Syntax(path).DescendantTokens();
        IEnumerable<SyntaxToken> code = tokens.Where(each => !each.IsKind(SyntaxKind.StringLiteralToken));
        return NodeName().Matches(string.Join(' ', code)).Select(each => each.Groups[1].Value).Distinct();
    }

    private static IEnumerable<(string Name, string? Folder)> RuleClasses(string path) =>
        Repository.Syntax(path).DescendantNodes().OfType<ClassDeclarationSyntax>()
            .Where(each => each.Modifiers.Any(SyntaxKind.StaticKeyword))
            .Where(each => each.Identifier.Text.EndsWith("Rules", StringComparison.Ordinal))
            .Select(each => (each.Identifier.Text, Folder(path, RulesFolder)));

    [GeneratedRegex(@"\bNode \. (\w+)")]
    private static partial Regex NodeName();
}
