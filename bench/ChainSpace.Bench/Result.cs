namespace ChainSpace.Bench;

/// <summary>One figure. The goal is text such as <c>&gt;= 0.72</c>; empty where there is none.</summary>
internal sealed record Result(string Name, double Value, string Unit, string Goal = "", string Note = "");

/// <summary>A set of figures that are measured together.</summary>
internal interface IGroup
{
    string Name { get; }

    Task<IReadOnlyList<Result>> RunAsync();
}
