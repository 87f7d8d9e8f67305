using System.Collections.Immutable;
using ChainSpace.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ChainSpace.Tests.House;

public sealed class ClosedHierarchyTests
{
    private const string Hierarchy = """
        #nullable enable
        abstract record Ballot
        {
            private Ballot() { }
            public sealed record Open(int Seats, string Name) : Ballot;
            public abstract record Closed : Ballot
            {
                private protected Closed() { }
                public sealed record Counted(int Result) : Closed;
                public sealed record Void : Closed;
            }
        }
        abstract record Door { public sealed record Left : Door; public sealed record Right : Door; }
        """;

    [Theory]
    [InlineData("Ballot", "Ballot.Open => 1, Ballot.Closed => 2")]
    [InlineData("Ballot", "Ballot.Open open => open.Seats, Ballot.Closed.Counted or Ballot.Closed.Void => 2")]
    [InlineData("Ballot", "Ballot.Open(var a, _) => a, Ballot.Closed.Counted(int b) => b, Ballot.Closed.Void => 3")]
    [InlineData("Ballot", "Ballot.Open { Seats: 1 } => 1, Ballot.Open { Seats: var many } => many, Ballot.Closed { } => 2")]
    [InlineData("Ballot?", "Ballot.Open => 1, Ballot.Closed => 2, null => 3")]
    [InlineData("Ballot", "Ballot.Open open when open.Seats > 1 => 1, Ballot.Open => 2, Ballot.Closed => 3")]
    public Task All_cases_named_needs_no_discard_arm(string subject, string arms) => Reports(subject, arms, []);

    [Theory]
    [InlineData("Ballot", "Ballot.Open => 1")]
    [InlineData("Ballot", "Ballot.Open => 1, Ballot.Closed.Counted => 2")]
    [InlineData("Ballot", "Ballot.Open { Seats: 1 } => 1, Ballot.Closed => 2")]
    [InlineData("Ballot", "Ballot.Open(1, _) => 1, Ballot.Closed => 2")]
    [InlineData("Ballot?", "Ballot.Open => 1, Ballot.Closed => 2")]
    [InlineData("Door", "Door.Left => 1, Door.Right => 2")]
    public Task A_case_left_out_is_reported(string subject, string arms) => Reports(subject, arms, ["CS8509"]);

    [Fact]
    public Task A_condition_does_not_cover_a_case() =>
        Reports("Ballot", "Ballot.Open open when open.Seats > 1 => 1, Ballot.Closed => 2", ["CS8509"]);

    private static async Task Reports(string subject, string arms, string[] expected)
    {
        string method = $"static int Read({subject} subject) => subject switch {{ {arms} }};";
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Sample",
            [CSharpSyntaxTree.ParseText($"{Hierarchy}\nstatic class Reader {{ {method} }}")],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

        CompilationWithAnalyzers analyzed = compilation.WithAnalyzers([new ClosedHierarchySuppressor()]);
        ImmutableArray<Diagnostic> found = await analyzed.GetAllDiagnosticsAsync();

        Assert.Equal(expected, found.Select(each => each.Id));
    }
}
