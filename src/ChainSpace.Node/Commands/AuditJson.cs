using System.Text.Json.Serialization;
using ChainSpace.Journal.Check;
using ChainSpace.Node.Audit;

namespace ChainSpace.Node.Commands;

/// <summary>The outcome of <c>audit --json</c>.</summary>
internal sealed record AuditJson(string Space, long Entries, long? Checkpoint, string? StateHash)
{
    public double Seconds { get; init; }

    public double EntriesPerSecond { get; init; }

    /// <summary><c>ok</c>, or the fault in words.</summary>
    public required string Audit { get; init; }

    public FaultJson? Fault { get; init; }

    public static AuditJson Of(AuditReport report) => new(
        report.Space.ToString(), report.Entries, report.Checkpoint, report.StateHash?.ToString())
    {
        Seconds = Math.Round(report.Elapsed.TotalSeconds, 3),
        EntriesPerSecond = Math.Round(report.EntriesPerSecond),
        Audit = report.Fault is { } fault ? AuditWords.Sentence(fault) : "ok",
        Fault = report.Fault is { } found ? new FaultJson(AuditWords.Code(found), AuditWords.Index(found)) : null,
    };
}

/// <summary>The outcome of <c>check --json</c>.</summary>
internal sealed record CheckJson(string Folder, long Entries, long Tiles, long Checkpoints)
{
    /// <summary><c>ok</c>, or the fault in words.</summary>
    public required string Check { get; init; }

    public FaultJson? Fault { get; init; }

    public static CheckJson Of(string folder, JournalReport report) =>
        new(folder, report.Entries, report.Tiles, report.Checkpoints)
        {
            Check = report.Fault is { } fault ? AuditWords.Sentence(fault) : "ok",
            Fault = report.Fault is { } found ? new FaultJson(AuditWords.Code(found), AuditWords.Index(found)) : null,
        };
}

/// <summary>What is wrong, for programs, and the entry or size it is at.</summary>
internal sealed record FaultJson(string Code, long? Index);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AuditJson))]
[JsonSerializable(typeof(CheckJson))]
internal sealed partial class AuditJsonContext : JsonSerializerContext;
