using System.Security.Cryptography;
using ChainSpace.Journal.Check;
using ChainSpace.Node.Spaces;
using ChainSpace.Node.Views;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Rules;
using ChainSpace.Rules.State;
using static ChainSpace.Node.Simulation.BrokenInvariantException;

namespace ChainSpace.Node.Simulation;

/// <summary>
/// The dear checks: reads the disk from the first entry, folds it anew, and compares with all the world was told and with
/// what the machine holds in memory.
/// </summary>
internal static class Audit
{
    public static void Run(Machine machine, Ledger ledger)
    {
        SpaceState replayed = Replay(machine, ledger);
        CompareStates(replayed, machine.State);
        Unless(machine.Store.Root == machine.Disk.ReadExtent().Head.Root, Invariant.ReplayAgrees, "The store's root is not the disk's.");
        JournalReport report = JournalCheck.Run(machine.Disk, machine.Keys.Checkpoints.Verifier);
        Unless(report.IsWhole, Invariant.CheckpointsAgree, $"The journal does not hold together: {report.Fault}.");
        CompareCheckpoints(machine, ledger);
    }

    /// <summary>Hash and snapshot, which also holds what the hash leaves out.</summary>
    public static void CompareStates(SpaceState one, SpaceState other)
    {
        (Bytes32 first, Bytes32 second) = (StateHash.Of(one), StateHash.Of(other));
        Unless(first == second, Invariant.ReplayAgrees, $"The replay gives state {first} after {one.Size} entries, the machine has {second}.");
        Unless(Digest(one) == Digest(other), Invariant.ReplayAgrees, "The replay gives another snapshot than the machine, with equal state hash.");
    }

    private static SpaceState Replay(Machine machine, Ledger ledger)
    {
        Rulebook rulebook = new(new SpaceState());
        StateHash stateHash = new();
        MerkleFrontier tree = new();
        HashSet<MessageId> ids = [];
        Moment last = default;
        ILookup<long, Checkpoint> checkpoints = ledger.Checkpoints.ToLookup(static each => each.Size);
        machine.Disk.ReadEntries(0, int.MaxValue, (index, leaf) =>
        {
            Bytes32 hash = MerkleHash.Leaf(leaf);
            bool isKept = index < ledger.Count && ledger.LeafAt(index) == hash;
            Unless(isKept, Invariant.AcknowledgedIsKept, $"Entry {index} is not what the world was told.");
            tree.Append(hash);
            CommittedEntry entry = Fold(rulebook, leaf.ToArray());
            Unless(ids.Add(entry.Id), Invariant.ExactlyOnce, $"Entry {index} repeats a message.");
            Unless(entry.Entry.Moment >= last, Invariant.TimeNeverGoesBack, $"Entry {index} is before the one before it.");
            last = entry.Entry.Moment;
            foreach (Checkpoint checkpoint in checkpoints[tree.Size])
            {
                bool isTrue = checkpoint.Root == tree.Root() && checkpoint.StateHash == stateHash.Compute(rulebook.State);
                Unless(isTrue, Invariant.CheckpointsAgree, $"The checkpoint of size {tree.Size} speaks of another journal or state.");
            }
        });
        Unless(tree.Size == ledger.Count, Invariant.AcknowledgedIsKept, $"The disk has {tree.Size} entries, {ledger.Count} were published.");
        return rulebook.State;
    }

    private static CommittedEntry Fold(Rulebook rulebook, byte[] leaf)
    {
        try
        {
            return Recovery.Fold(rulebook, leaf);
        }
        catch (InvalidDataException exception)
        {
            throw new BrokenInvariantException(Invariant.ReplayAgrees, exception.Message, exception);
        }
    }

    private static void CompareCheckpoints(Machine machine, Ledger ledger)
    {
        Checkpoint? before = null;
        foreach (Checkpoint checkpoint in ledger.Checkpoints.OrderBy(static each => each.Size))
        {
            bool isAhead = checkpoint.Size > machine.Store.Size;
            Unless(!isAhead, Invariant.CheckpointsAgree, $"A checkpoint speaks of {checkpoint.Size} entries of {machine.Store.Size}.");
            bool isExtended = before is null
                || machine.Store.ProveConsistency(before.Size, checkpoint.Size).Proves(before.Root, checkpoint.Root);
            Unless(isExtended, Invariant.CheckpointsAgree, $"The checkpoints of sizes {before?.Size} and {checkpoint.Size} fork.");
            before = checkpoint;
        }
    }

    private static Bytes32 Digest(SpaceState state)
    {
        using MemoryStream stream = new();
        Snapshot.Write(state, stream);
        return Bytes32.Read(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
    }
}
