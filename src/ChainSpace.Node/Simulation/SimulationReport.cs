using System.Text.Json.Serialization;

namespace ChainSpace.Node.Simulation;

/// <summary>An invariant that broke, and how to see it break again.</summary>
public sealed record SimulationFault(Invariant Invariant, long Step, string Message, string Repeat);

/// <summary>What happened in a simulation. Equal plans give equal reports, on every machine.</summary>
public sealed record SimulationReport(ulong Seed, long Steps, int Actors)
{
    /// <summary>Null where every invariant held.</summary>
    public SimulationFault? Fault { get; init; }

    /// <summary>Hash of the state at the end.</summary>
    public required string StateHash { get; init; }

    /// <summary>Hash over the ids of all entries in order.</summary>
    public required string History { get; init; }

    public required long Entries { get; init; }

    public required int Accounts { get; init; }

    /// <summary>Messages sent, by type; forgeries are not among them.</summary>
    public required SortedDictionary<string, long> Sent { get; init; }

    /// <summary>Entries by type, the operator's among them.</summary>
    public required SortedDictionary<string, long> Entered { get; init; }

    /// <summary>Times a message was answered with the entry it already was.</summary>
    public required long Repeats { get; init; }

    /// <summary>Refusals by code.</summary>
    public required SortedDictionary<string, long> Refused { get; init; }

    public required SortedDictionary<string, long> Forged { get; init; }

    public required SortedDictionary<string, long> Faults { get; init; }

    /// <summary>Restarts by cause.</summary>
    public required SortedDictionary<string, long> Restarts { get; init; }

    /// <summary>Starts by what the state was restored from.</summary>
    public required SortedDictionary<string, long> Starts { get; init; }

    /// <summary>Ended polls by outcome.</summary>
    public required SortedDictionary<string, long> Polls { get; init; }

    public required long Checkpoints { get; init; }

    /// <summary>Times the whole journal was replayed and compared.</summary>
    public required long Audits { get; init; }

    internal static SimulationReport Of(SimulationPlan plan, long steps, Scene scene, SimulationFault? fault) =>
        new(plan.Seed, steps, plan.Actors)
        {
            Fault = fault,
            StateHash = Rules.State.StateHash.Of(scene.Machine.State).ToString(),
            History = scene.Ledger.ChainAt(scene.Ledger.Count).ToString(),
            Entries = scene.Ledger.Count,
            Accounts = scene.Machine.State.Accounts.Count,
            Sent = scene.Counts.Sent.Copy(),
            Entered = scene.Counts.Entered.Copy(),
            Repeats = scene.Counts.Repeats,
            Refused = scene.Counts.Refused.Copy(),
            Forged = scene.Counts.Forged.Copy(),
            Faults = scene.Counts.Faults.Copy(),
            Restarts = scene.Counts.Restarts.Copy(),
            Starts = scene.Counts.Starts.Copy(),
            Polls = scene.Counts.Polls.Copy(),
            Checkpoints = scene.Counts.Checkpoints,
            Audits = scene.Counts.Audits,
        };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(SimulationReport))]
internal sealed partial class SimulationJson : JsonSerializerContext;
