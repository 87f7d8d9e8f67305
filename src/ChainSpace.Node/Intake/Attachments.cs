using ChainSpace.Protocol;

namespace ChainSpace.Node.Intake;

/// <summary>
/// Keeps attachments while their messages are being ruled on. One that no message entered with is dropped again; one that
/// was there before belongs to another poll and is left alone, whoever else sends it. Thread-safe.
/// </summary>
/// <param name="put">Keeps contents durably; returns the hashes that are new.</param>
/// <param name="erase">Forgets a content.</param>
public sealed class Attachments(
    Func<IReadOnlyList<(Bytes32 Hash, byte[] Bytes)>, IReadOnlyList<Bytes32>> put, Action<Bytes32> erase)
{
    private readonly Lock gate = new();

    // How many messages in hand name a content that none has entered with. Guarded by the gate.
    private readonly Dictionary<Bytes32, int> held = [];

    /// <summary>Before the messages are ruled on.</summary>
    public void Hold(IReadOnlyList<(Bytes32 Hash, byte[] Bytes)> contents)
    {
        lock (gate)
        {
            HashSet<Bytes32> added = [.. put(contents)];
            foreach ((Bytes32 hash, _) in contents)
            {
                int count = held.GetValueOrDefault(hash);
                if (count > 0 || added.Contains(hash)) held[hash] = count + 1;
            }
        }
    }

    /// <summary>A message has entered with it.</summary>
    public void Keep(Bytes32 hash)
    {
        lock (gate) held.Remove(hash);
    }

    /// <summary>A message has not; the last of them takes the content along.</summary>
    public void Drop(Bytes32 hash)
    {
        lock (gate)
        {
            if (!held.TryGetValue(hash, out int count)) return;
            held[hash] = count - 1;
            if (count > 1) return;
            held.Remove(hash);
            erase(hash);
        }
    }
}
