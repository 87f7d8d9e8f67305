using System.Collections.Immutable;
using System.Globalization;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.State;

namespace ChainSpace.Node.Replay;

/// <summary>Folds the journal again from what the node serves, and compares root and state with its checkpoint.</summary>
internal sealed class JournalAudit(ChainSpaceClient client, SpaceView space, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly MerkleFrontier tree = new();
    private readonly Rulebook rulebook = new(new SpaceState());

    /// <summary><c>ok</c>, or what is wrong.</summary>
    public async Task<string> RunAsync(long entries, ReplayWatch watch, CancellationToken cancellationToken)
    {
        if (!NoteVerifier.TryParse(space.CheckpointKey, out NoteVerifier? verifier)) return "the checkpoint key cannot be read";
        Checkpoint? checkpoint = null;
        while (checkpoint is null || checkpoint.Size < entries)
        {
            if (checkpoint is not null) await Task.Delay(Pause, time, cancellationToken);
            byte[]? note = await client.CheckpointAsync(space.Id, cancellationToken);
            if (!Checkpoint.TryRead(note, space.Origin, verifier, out checkpoint)) return "the checkpoint is not signed by the space";
        }

        for (long bundle = 0; tree.Size < checkpoint.Size; bundle++)
        {
            int width = (int)Math.Min(Tile.FullWidth, checkpoint.Size - tree.Size);
            byte[]? body = await client.BundleAsync(space.Id, new EntryBundle(bundle, width), cancellationToken);
            if (body is null || !EntryBundle.TryRead(body, out ImmutableArray<ReadOnlyMemory<byte>> leaves) || leaves.Length != width)
                return string.Create(CultureInfo.InvariantCulture, $"bundle {bundle} cannot be read");
            foreach (ReadOnlyMemory<byte> leaf in leaves)
            {
                if (Fold(leaf) is { } fault) return string.Create(CultureInfo.InvariantCulture, $"entry {tree.Size}: {fault}");
            }

            watch(ReplayPhase.Audit, tree.Size, checkpoint.Size);
        }

        if (tree.Root() != checkpoint.Root) return "the root differs from the checkpoint's";
        return new StateHash().Compute(rulebook.State) == checkpoint.StateHash ? "ok" : "the state differs from the checkpoint's";
    }

    private string? Fold(ReadOnlyMemory<byte> leaf)
    {
        if (!Entry.TryRead(leaf.Span, out Entry? entry, out _)) return "no entry";
        if (rulebook.State.Domain is null && entry.Message is not CreateSpace) return "no space";
        Domain domain = rulebook.State.Domain ?? new Domain(TypedData.SpaceOf((CreateSpace)entry.Message));
        if (rulebook.Apply(entry.Signed, TypedData.Digest(domain, entry.Message), entry.Moment) is { } refusal)
            return $"refused by the rules: {Explain.Code(refusal)}";
        tree.Append(MerkleHash.Leaf(leaf.Span));
        return null;
    }
}
