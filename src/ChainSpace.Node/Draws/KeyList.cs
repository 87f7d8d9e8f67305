using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Numbers;
using ChainSpace.Rules.Selection;

namespace ChainSpace.Node.Draws;

/// <summary>
/// The draw as spec and paper say it, with nothing made fast: one hash and one logarithm for each account, all keys sorted.
/// It shares no code with <see cref="Sortition"/>, so that a mistake there is not repeated here.
/// </summary>
internal static class KeyList
{
    private const int Bits = 53;

    /// <summary>Seats and reserve in the order of their keys.</summary>
    public static ImmutableArray<DrawnPlace> Of(
        (Bytes32 Beacon, TaskId Task) draw, DrawTerms terms, IReadOnlyCollection<Candidate> eligible)
    {
        ImmutableArray<int> seats = terms.Seats;
        List<DrawnPlace> places = [];
        for (int group = 0; group < seats.Length; group++)
        {
            places.AddRange(eligible.Where(one => one.Group == group)
                .Select(one => (one.Account, Key: KeyOf(draw.Beacon, draw.Task, one)))
                .OrderBy(static one => one.Key).ThenBy(static one => one.Account)
                .Take(seats[group] * terms.Each)
                .Select((one, place) => new DrawnPlace(one.Account, one.Key, group, place < seats[group])));
        }

        return [.. places.OrderBy(static one => one.Key).ThenBy(static one => one.Account)];
    }

    private static double KeyOf(Bytes32 beacon, TaskId task, Candidate one)
    {
        byte[] hash = SHA256.HashData(
            [.. "chainspace-sortition/v1"u8, .. beacon.ToArray(), .. task.Value.ToArray(), .. one.Account.Value.ToArray()]);
        ulong bits = BinaryPrimitives.ReadUInt64BigEndian(hash) >> (64 - Bits);
        return -DeterministicMath.Log((bits + 1) / (double)(1UL << Bits)) / one.Weight;
    }
}
