using ChainSpace.Node.Views;
using ChainSpace.Protocol;
using ChainSpace.Rules;

namespace ChainSpace.Node.Simulation;

/// <summary>What has happened so far, for the table at the end.</summary>
internal sealed class Counts
{
    private readonly HashSet<MessageId> heard = [];

    public Tallies Sent { get; } = new();

    public Tallies Entered { get; } = new();

    public Tallies Refused { get; } = new();

    public Tallies Forged { get; } = new();

    public Tallies Faults { get; } = new();

    public Tallies Restarts { get; } = new();

    public Tallies Starts { get; } = new();

    public Tallies Polls { get; } = new();

    public long Repeats { get; set; }

    public long Checkpoints { get; set; }

    public long Audits { get; set; }

    /// <summary>True from the second time on.</summary>
    public bool Heard(MessageId id) => !heard.Add(id);

    public void See(CommittedEntry entry)
    {
        Entered[entry.Entry.Message.Type]++;
        foreach (Fact fact in entry.Facts)
        {
            if (fact is Fact.Ended ended) Polls[$"{ended.Outcome.Kind} ({ended.Outcome.Reason})"]++;
        }
    }
}

/// <summary>Numbers by name, sorted; a name that was never counted is zero.</summary>
internal sealed class Tallies
{
    private readonly SortedDictionary<string, long> numbers = new(StringComparer.Ordinal);

    public long Total => numbers.Values.Sum();

    public long this[string name]
    {
        get => numbers.GetValueOrDefault(name);
        set => numbers[name] = value;
    }

    public SortedDictionary<string, long> Copy() => new(numbers, StringComparer.Ordinal);
}
