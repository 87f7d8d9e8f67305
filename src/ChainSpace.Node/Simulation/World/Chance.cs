using System.Buffers.Binary;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Simulation.World;

/// <summary>
/// All chance of a simulation, from one seed: SplitMix64 (Steele, Lea and Flood 2014), written out because the platform
/// promises no algorithm for its own, and a seed must tell the same story on every machine and version.
/// </summary>
internal sealed class Chance(ulong seed)
{
    private ulong state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            ulong mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }

    /// <summary>Zero to one below the limit; the bias of the remainder is far below what a simulation could notice.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    public long Between(long first, long last) => first + (long)(Next() % (ulong)(last - first + 1));

    public bool OneIn(int odds) => Below(odds) == 0;

    public T Pick<T>(IReadOnlyList<T> things) => things[Below(things.Count)];

    public void Shuffle<T>(IList<T> things)
    {
        for (int last = things.Count - 1; last > 0; last--)
        {
            int other = Below(last + 1);
            (things[last], things[other]) = (things[other], things[last]);
        }
    }

    public Bytes32 Bytes()
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Size];
        for (int at = 0; at < bytes.Length; at += sizeof(ulong)) BinaryPrimitives.WriteUInt64BigEndian(bytes[at..], Next());
        return Bytes32.Read(bytes);
    }
}
