using System.Buffers;
using System.Security.Cryptography;
using ChainSpace.Protocol;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Batches;
using ChainSpace.Rules.Jobs;
using ChainSpace.Rules.Polls;

namespace ChainSpace.Rules.State;

/// <summary>
/// One hash over everything the rules know, which a checkpoint vouches for: whoever replays the journal must come to
/// the same. Kept up to date in time proportional to what has changed; owned by the writer that owns the state. Nonces
/// are left out: they decide only what is refused, and follow from the entries of the last two days. See spec/state.md.
/// </summary>
public sealed class StateHash
{
    private readonly ArrayBufferWriter<byte> buffer = new(1024);
    private HashBuckets buckets = new();
    private SpaceState? hashed;

    private static ReadOnlySpan<byte> Domain => "chainspace-state/v2"u8;

    /// <summary>The hash of a state from scratch; leaves alone what another instance knows of it.</summary>
    public static Bytes32 Of(SpaceState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        StateHash hash = new();
        hash.Rebuild(state);
        return hash.Seal(state);
    }

    /// <summary>
    /// The hash of the state as it is now. The first time it reads all of the state, later only what changed since; so
    /// for each state there can be but one instance that computes.
    /// </summary>
    public Bytes32 Compute(SpaceState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (hashed == state) Update(state);
        else Rebuild(state);
        hashed = state;
        state.ChangedAccounts.Clear();
        state.ChangedPolls.Clear();
        state.ChangedBatches.Clear();
        state.Jobs.Changed.Clear();
        state.Jobs.ChangedRecords.Clear();
        return Seal(state);
    }

    private void Rebuild(SpaceState state)
    {
        buckets = new HashBuckets();
        foreach (Account account in state.Accounts) Put(account);
        foreach (Poll poll in state.Polls) Put(poll);
        foreach (Batch batch in state.Batches) Put(batch);
        foreach (Job job in state.Jobs.All) Put(job);
        foreach ((AccountId id, PartyRecord record) in state.Jobs.Records) Put(id, record);
    }

    private void Update(SpaceState state)
    {
        foreach (Account account in state.ChangedAccounts) Put(account);
        foreach (TaskId id in state.ChangedPolls)
        {
            if (state.FindPoll(id) is { } poll) Put(poll);
            else buckets.Put(HashBuckets.Kind.Poll, id.Value, null);
        }

        foreach (TaskId id in state.ChangedBatches)
        {
            if (state.FindBatch(id) is { } batch) Put(batch);
            else buckets.Put(HashBuckets.Kind.Batch, id.Value, null);
        }

        foreach (TaskId id in state.Jobs.Changed)
        {
            if (state.Jobs.Find(id) is { } job) Put(job);
            else buckets.Put(HashBuckets.Kind.Job, id.Value, null);
        }

        foreach (AccountId id in state.Jobs.ChangedRecords) Put(id, state.Jobs.RecordOf(id));
    }

    private void Put(Account account)
    {
        buffer.ResetWrittenCount();
        StateEncoding.WriteAccount(new FieldWriter(buffer), account);
        buckets.Put(HashBuckets.Kind.Account, account.Id.Value, Hash(buffer.WrittenSpan));
    }

    private void Put(Poll poll)
    {
        buffer.ResetWrittenCount();
        StateEncoding.WritePoll(new FieldWriter(buffer), poll);
        buckets.Put(HashBuckets.Kind.Poll, poll.Terms.Id.Value, Hash(buffer.WrittenSpan));
    }

    private void Put(Batch batch)
    {
        buffer.ResetWrittenCount();
        StateEncoding.WriteBatch(new FieldWriter(buffer), batch);
        buckets.Put(HashBuckets.Kind.Batch, batch.Terms.Id.Value, Hash(buffer.WrittenSpan));
    }

    private void Put(Job job)
    {
        buffer.ResetWrittenCount();
        JobEncoding.WriteJob(new FieldWriter(buffer), job);
        buckets.Put(HashBuckets.Kind.Job, job.Terms.Id.Value, Hash(buffer.WrittenSpan));
    }

    private void Put(AccountId account, PartyRecord record)
    {
        buffer.ResetWrittenCount();
        JobEncoding.WriteRecord(new FieldWriter(buffer), account, record);
        buckets.Put(HashBuckets.Kind.Party, account.Value, Hash(buffer.WrittenSpan));
    }

    private Bytes32 Seal(SpaceState state)
    {
        buffer.ResetWrittenCount();
        StateEncoding.WriteHeader(new FieldWriter(buffer), state);
        // Where there is none, nothing stands for it: the hash is that of a time without requests.
        if (state.Priorities.Count > 0) StateEncoding.WritePriorities(new FieldWriter(buffer), state.Priorities);
        if (state.Admissions.Count > 0) AdmissionRecords.WriteHashed(new FieldWriter(buffer), state.Admissions);
        if (state.Calibrations.Count > 0) CalibrationEncoding.Write(new FieldWriter(buffer), state);
        Bytes32 header = Hash(buffer.WrittenSpan);

        buffer.ResetWrittenCount();
        buffer.Write(Domain);
        FieldWriter fields = new(buffer);
        fields.Id(header);
        fields.Id(buckets.Root());
        return Hash(buffer.WrittenSpan);
    }

    private static Bytes32 Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Bytes32.Size];
        SHA256.HashData(bytes, hash);
        return Bytes32.Read(hash);
    }
}
