using System.Diagnostics;
using ChainSpace.Journal.Check;
using ChainSpace.Node.Sequencing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Audit;

/// <summary>
/// Checks a journal from its bytes alone: tree, checkpoints, spelling, signatures, moments, rules, blocks, state, money.
/// Batches are examined on all cores ahead of the one thread that folds them. The first fault in the order of entries is
/// reported; a tree that contradicts itself comes first, for then the entries are not those that were signed for.
/// </summary>
public sealed class Auditor
{
    // A multiple of a bundle's 256 entries; large enough that handing over costs nothing.
    private const int BatchSize = 2048;

    private readonly IJournalSource source;
    private readonly AuditOptions options;
    private readonly IProgress<long>? progress;
    private readonly Stopwatch watch = Stopwatch.StartNew();

    private Auditor(IJournalSource source, AuditOptions options, IProgress<long>? progress) =>
        (this.source, this.options, this.progress) = (source, options, progress);

    /// <summary>Audits all of a journal as it is now. Progress is told in entries.</summary>
    /// <exception cref="UnreadableJournalException">There is no journal, or it cannot be reached.</exception>
    public static async Task<AuditReport> RunAsync(
        IJournalSource source, AuditOptions options, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        Auditor auditor = new(source, options, progress);
        AuditReport report = await auditor.RunAsync(cancellationToken);
        return report with { Elapsed = auditor.watch.Elapsed };
    }

    private async Task<AuditReport> RunAsync(CancellationToken cancellationToken)
    {
        long size = await source.OpenAsync(cancellationToken);
        if (size == 0) throw new UnreadableJournalException("The journal is empty.");
        EntryBatch first = await source.ReadAsync(0, (int)Math.Min(BatchSize, size), cancellationToken);
        if (first.Count == 0) return Failed(null, new AuditFault.WrongTree(new JournalFault.EntryMissing(0)));
        if (first.Hashes.Count > 0 && first.Hashes[0] != MerkleHash.Leaf(first[0]))
            return Failed(null, new AuditFault.WrongTree(new JournalFault.EntryChanged(0)));
        if (!Entry.TryRead(first[0], out Entry? entry, out _) || entry.Message is not CreateSpace genesis)
            return Failed(null, new AuditFault.NotCanonical(new EntryIndex(0)));

        SpaceId space = TypedData.SpaceOf(genesis);
        if (options.Space is { } expected && expected != space)
            return Failed(genesis, new AuditFault.WrongSpace(space, expected));
        if (VerifierOf(space, genesis) is not { } verifier) return Failed(genesis, new AuditFault.WrongCheckpoint(0));
        CheckpointTrail trail = new(source, verifier, options.Since);
        if (trail.CheckNewest(size) is { } wrong) return Failed(genesis, wrong);
        return await RunAsync(genesis, size, new Parts(trail, verifier), cancellationToken);
    }

    private sealed record Parts(CheckpointTrail Trail, NoteVerifier Verifier);

    private async Task<AuditReport> RunAsync(CreateSpace genesis, long size, Parts parts, CancellationToken cancellationToken)
    {
        Examiner examiner = new(Domain.Of(genesis), options.HasSignatures);
        GrowingTree tree = new(source.BeginTreeCheck(parts.Verifier));
        EntryFold fold = new(examiner);
        Stages stages = new(examiner, parts.Trail, tree, new AuditMarker(options.MarkAt)) { Kept = options.Kept };
        AuditFault? fault = await FoldAsync(fold, size, stages, cancellationToken);
        fault ??= parts.Trail.CheckEnd(size) ?? fold.CheckSum();
        if (fault is null && options.Kept?.Size > size) fault = new AuditFault.HistoryChanged(options.Kept.Value.Size);

        // Once something is wrong, all of the tree is read for what contradicts itself there, for that comes first.
        bool isSuspect = fault is not null || !tree.EndsWhole();
        if (isSuspect && source.CheckTree(parts.Verifier) is { } broken) fault = FaultOf(broken);
        return new AuditReport(TypedData.SpaceOf(genesis), genesis)
        {
            Entries = fold.Size,
            Checkpoints = parts.Trail.Count,
            Checkpoint = parts.Trail.Latest,
            Fault = fault,
            StateHash = fault is null ? fold.HashState() : null,
            Mark = fault is null ? stages.Marker.Mark : null,
            Reports = fault is null ? fold.Reports : new ChainReports(),
            Deposits = fault is null && fold.State.IsOnChain ? [.. AuditMarker.DepositsOf(fold.State)] : [],
        };
    }

    // What goes beside the fold.
    private sealed record Stages(Examiner Examiner, CheckpointTrail Trail, GrowingTree Tree, AuditMarker Marker)
    {
        public (long Size, Bytes32 Root)? Kept { get; init; }
    }

    private async Task<AuditFault?> FoldAsync(
        EntryFold fold, long size, Stages stages, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Queue<Task<Examined[]>> ahead = [];
        Task<AuditFault?> grown = Task.FromResult<AuditFault?>(null);
        AuditFault? fault = null;
        for (long asked = 0; fault is null && fold.Size < size;)
        {
            for (; asked < size && ahead.Count <= Environment.ProcessorCount; asked += BatchSize)
                ahead.Enqueue(ExamineAsync(stages.Examiner, asked, (int)Math.Min(BatchSize, size - asked), stopping.Token));

            long wanted = Math.Min(fold.Size + BatchSize, size);
            Examined[] batch = await ahead.Dequeue();
            fault = Fold(fold, batch, stages);
            if (fault is null && fold.Size < wanted) fault = new AuditFault.WrongTree(new JournalFault.EntryMissing(fold.Size));

            // What the tree says of a batch is about entries before any fault that the next one has.
            AuditFault? before = await grown;
            grown = GrowAsync(stages.Tree, batch, [.. fold.Claims], cancellationToken);
            fold.Claims.Clear();
            fault = before ?? fault;
            progress?.Report(fold.Size);
        }

        // What was begun must end before the source is closed.
        await stopping.CancelAsync();
        await Task.WhenAll(ahead).ContinueWith(static _ => { }, TaskScheduler.Default);
        return await grown ?? fault;
    }

    private static Task<AuditFault?> GrowAsync(
        GrowingTree tree, Examined[] batch, RootClaim[] claims, CancellationToken cancellationToken) =>
        Task.Run(() => tree.Grow(batch, claims), cancellationToken);

    private Task<Examined[]> ExamineAsync(Examiner examiner, long from, int count, CancellationToken cancellationToken) =>
        Task.Run(async () => examiner.Examine(await source.ReadAsync(from, count, cancellationToken)), cancellationToken);

    private static AuditFault? Fold(EntryFold fold, Examined[] batch, Stages stages)
    {
        foreach (ref readonly Examined examined in batch.AsSpan())
        {
            if (fold.Take(examined) is { } fault) return fault;
            stages.Marker.Follow(examined.Leaf, fold);
            if (stages.Kept is { } kept && kept.Size == fold.Size)
                fold.Claims.Add(new RootClaim(kept.Size, kept.Size, kept.Root, new AuditFault.HistoryChanged(kept.Size)));
            if (stages.Trail.IsAt(fold.Size) && stages.Trail.Compare(fold) is { } wrong) return wrong;
        }

        return null;
    }

    // Something is wrong before the fold begins: perhaps because the first entry is not the one that was entered.
    private AuditReport Failed(CreateSpace? genesis, AuditFault fault) =>
        new(genesis is null ? default : TypedData.SpaceOf(genesis), genesis)
        {
            Fault = source.CheckTree(verifier: null) is { } broken ? new AuditFault.WrongTree(broken) : fault,
        };

    private static AuditFault FaultOf(JournalFault fault) =>
        fault is JournalFault.CheckpointUnsigned unsigned
            ? new AuditFault.WrongCheckpoint(unsigned.Size)
            : new AuditFault.WrongTree(fault);

    /// <summary>Null where the first entry names no Ed25519 key, so that nobody can have signed a checkpoint.</summary>
    internal static NoteVerifier? VerifierOf(SpaceId space, CreateSpace genesis)
    {
        try
        {
            return new NoteVerifier(SpaceKeys.OriginOf(space), genesis.CheckpointKey.ToArray());
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
