using System.Security.Cryptography;
using ChainSpace.Protocol;

namespace ChainSpace.Rules.Eligibility;

/// <summary>
/// Who has been admitted to the polls that take votes now, or will draw their seats. A poll's list goes when its voting ends, or
/// with the draw: from then on its seats say who may vote.
/// </summary>
public sealed class Admissions
{
    private readonly SortedDictionary<TaskId, AdmissionList> byPoll = [];

    /// <summary>Polls with somebody admitted.</summary>
    public int Count => byPoll.Count;

    /// <summary>In order of the polls' ids.</summary>
    public IReadOnlyDictionary<TaskId, AdmissionList> Lists => byPoll;

    public bool Has(TaskId poll, AccountId voter) =>
        byPoll.TryGetValue(poll, out AdmissionList? list) && list.Voters.Contains(voter);

    /// <summary>Sorted; empty where nobody is.</summary>
    public IReadOnlyCollection<AccountId> VotersOf(TaskId poll) =>
        byPoll.TryGetValue(poll, out AdmissionList? list) ? list.Voters : [];

    public int CountIn(TaskId poll) => byPoll.TryGetValue(poll, out AdmissionList? list) ? list.Voters.Count : 0;

    internal void Add(TaskId poll, AccountId voter, Bytes32 presentation)
    {
        if (!byPoll.TryGetValue(poll, out AdmissionList? list)) byPoll.Add(poll, list = new AdmissionList(default, []));
        list.Add(voter, presentation);
    }

    internal void Restore(TaskId poll, AdmissionList list) => byPoll.Add(poll, list);

    internal void Forget(TaskId poll) => byPoll.Remove(poll);
}

/// <summary>Admitted accounts of one poll, and the chain of hashes that stands for them and what they showed.</summary>
public sealed class AdmissionList
{
    private readonly SortedSet<AccountId> voters;

    internal AdmissionList(Bytes32 chain, SortedSet<AccountId> voters) => (Chain, this.voters) = (chain, voters);

    /// <summary>SHA-256(chain ‖ voter ‖ presentation), from 32 zero bytes on: each admission costs the same to hash.</summary>
    public Bytes32 Chain { get; private set; }

    /// <summary>Sorted.</summary>
    public IReadOnlySet<AccountId> Voters => voters;

    internal void Add(AccountId voter, Bytes32 presentation)
    {
        Span<byte> link = stackalloc byte[3 * Bytes32.Size];
        Chain.CopyTo(link);
        voter.Value.CopyTo(link[Bytes32.Size..]);
        presentation.CopyTo(link[(2 * Bytes32.Size)..]);
        Span<byte> hash = stackalloc byte[Bytes32.Size];
        SHA256.HashData(link, hash);
        Chain = Bytes32.Read(hash);
        voters.Add(voter);
    }
}
