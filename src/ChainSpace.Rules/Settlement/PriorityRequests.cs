using ChainSpace.Protocol;
using ChainSpace.Rules.Accounts;

namespace ChainSpace.Rules.Settlement;

/// <summary>The open requests of a space, by what they wait for: a size, or a moment. Each account has one at most.</summary>
public sealed class PriorityRequests
{
    private readonly SortedDictionary<EntryIndex, PriorityRequest> byIndex = [];
    private readonly SortedSet<(Moment Due, EntryIndex Index)> byMoment = [];
    private readonly Dictionary<Account, PriorityRequest> byPayer = [];

    public int Count => byIndex.Count;

    /// <summary>What all of them have locked.</summary>
    public Amount Amount { get; private set; }

    /// <summary>The one whose moment comes first; of those with the same, the oldest.</summary>
    public PriorityRequest? Next => byMoment.Count > 0 ? byIndex[byMoment.Min.Index] : null;

    /// <summary>All, oldest first.</summary>
    public IReadOnlyCollection<PriorityRequest> Oldest => byIndex.Values;

    public PriorityRequest? Find(Account payer) => byPayer.GetValueOrDefault(payer);

    internal void Add(PriorityRequest request)
    {
        byIndex.Add(request.Index, request);
        byMoment.Add((request.Due, request.Index));
        byPayer.Add(request.Payer, request);
        Amount += request.Amount;
    }

    /// <summary>Takes out the oldest that an anchor of this size covers; null where none is left.</summary>
    internal PriorityRequest? TakeCovered(ulong size)
    {
        PriorityRequest? oldest = byIndex.Values.FirstOrDefault();
        return oldest is not null && (ulong)oldest.Index.Value < size ? Take(oldest) : null;
    }

    /// <summary>Takes out the next whose moment has passed; null where none is left.</summary>
    internal PriorityRequest? TakeLate(Moment now) => Next is { } next && next.Due <= now ? Take(next) : null;

    private PriorityRequest Take(PriorityRequest request)
    {
        byIndex.Remove(request.Index);
        byMoment.Remove((request.Due, request.Index));
        byPayer.Remove(request.Payer);
        Amount -= request.Amount;
        return request;
    }
}
