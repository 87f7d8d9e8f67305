using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ChainSpace.Analyzers;

/// <summary>
/// Lifts "not exhaustive" from a switch expression that names every case of a closed hierarchy. The compiler cannot know
/// that an abstract type with a private constructor has no other cases; without this, every such switch would need a
/// discard arm, and that arm would hide the case somebody adds later. Obsolete once the language can say `closed`.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ClosedHierarchySuppressor : DiagnosticSuppressor
{
    private const string Reason = "Every case of the closed hierarchy is named";

    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } =
    [
        new("CHAIN001", "CS8509", Reason),
        new("CHAIN002", "IDE0072", Reason),
    ];

    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree) continue;
            SyntaxNode root = tree.GetRoot(context.CancellationToken);
            SyntaxNode place = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (place.FirstAncestorOrSelf<SwitchExpressionSyntax>() is not { } syntax) continue;

            SemanticModel model = context.GetSemanticModel(tree);
            if (model.GetOperation(syntax, context.CancellationToken) is not ISwitchExpressionOperation found) continue;
            if (!NamesEveryCase(found, model.GetTypeInfo(syntax.GoverningExpression))) continue;

            SuppressionDescriptor suppression = SupportedSuppressions.First(each => each.SuppressedDiagnosticId == diagnostic.Id);
            context.ReportSuppression(Suppression.Create(suppression, diagnostic));
        }
    }

    private static bool NamesEveryCase(ISwitchExpressionOperation found, TypeInfo subject)
    {
        if (subject.Type is not INamedTypeSymbol { TypeKind: TypeKind.Class } type) return false;
        IPatternOperation[] patterns =
            [.. found.Arms.Where(arm => arm.Guard is null).SelectMany(arm => Alternatives(arm.Pattern))];

        // Having reported CS8509 the compiler does not look for a missing null any more, so we must.
        bool maybeNull = subject.Nullability.FlowState == NullableFlowState.MaybeNull;
        if (maybeNull && !patterns.Any(MatchesNull)) return false;

        HashSet<ISymbol> named = new(patterns.Select(WholeType).OfType<ISymbol>(), SymbolEqualityComparer.Default);
        return IsCovered(type.OriginalDefinition, named);
    }

    private static IEnumerable<IPatternOperation> Alternatives(IPatternOperation pattern) =>
        pattern is IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either
            ? Alternatives(either.LeftPattern).Concat(Alternatives(either.RightPattern))
            : [pattern];

    private static bool MatchesNull(IPatternOperation pattern) =>
        pattern is IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } };

    /// <summary>The type of which the pattern takes every value, or null where it is pickier than that.</summary>
    private static ITypeSymbol? WholeType(IPatternOperation pattern) => pattern switch
    {
        IDeclarationPatternOperation declaration => declaration.MatchedType?.OriginalDefinition,
        ITypePatternOperation type => type.MatchedType.OriginalDefinition,
        IRecursivePatternOperation parts when parts.DeconstructionSubpatterns.All(TakesAnything)
            && parts.PropertySubpatterns.All(part => TakesAnything(part.Pattern)) => parts.MatchedType.OriginalDefinition,
        _ => null,
    };

    private static bool TakesAnything(IPatternOperation pattern) => pattern switch
    {
        IDiscardPatternOperation => true,
        IDeclarationPatternOperation { MatchesNull: true } => true,
        IDeclarationPatternOperation { MatchedType.IsValueType: true } declaration =>
            SymbolEqualityComparer.Default.Equals(declaration.MatchedType, declaration.InputType),
        _ => false,
    };

    private static bool IsCovered(INamedTypeSymbol type, HashSet<ISymbol> named) =>
        named.Contains(type) || (type.IsAbstract && IsClosed(type) && Cases(type).All(each => IsCovered(each, named)));

    private static bool IsClosed(INamedTypeSymbol type) => OwnConstructors(type)
        .All(each => each.DeclaredAccessibility is Accessibility.Private or Accessibility.ProtectedAndInternal);

    private static IEnumerable<INamedTypeSymbol> Cases(INamedTypeSymbol type)
    {
        bool isNestedOnly = OwnConstructors(type).All(each => each.DeclaredAccessibility == Accessibility.Private);
        INamespaceOrTypeSymbol home = isNestedOnly ? type : type.ContainingAssembly.GlobalNamespace;
        return Inside(home).Where(each => SymbolEqualityComparer.Default.Equals(each.BaseType?.OriginalDefinition, type));
    }

    /// <summary>
    /// All but the copy constructor of a record, which is protected though nobody can start a new case from it. Of a type
    /// in another assembly the compiler does not show private constructors, so a closed one seems to have none.
    /// </summary>
    private static IEnumerable<IMethodSymbol> OwnConstructors(INamedTypeSymbol type) => type.InstanceConstructors.Where(each =>
        !(type.IsRecord && each.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(each.Parameters[0].Type, type)));

    private static IEnumerable<INamedTypeSymbol> Inside(INamespaceOrTypeSymbol container) =>
        container.GetMembers().OfType<INamespaceOrTypeSymbol>()
            .SelectMany(each => each is INamedTypeSymbol type ? Inside(each).Prepend(type) : Inside(each));
}
