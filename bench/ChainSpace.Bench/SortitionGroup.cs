using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using ChainSpace.Protocol;
using ChainSpace.Rules.Selection;

namespace ChainSpace.Bench;

/// <summary>
/// A draw of 1,000 seats among a million accounts on one thread, and its verification: the draw again, compared with the
/// seats that are shown, as whoever keeps the eligible set does it.
/// </summary>
internal sealed class SortitionGroup : IGroup
{
    private const int Accounts = 1_000_000, Seats = 1_000, Rounds = 9;

    public string Name => "sortition";

    public Task<IReadOnlyList<Result>> RunAsync()
    {
        Candidate[] pool = [.. Enumerable.Range(0, Accounts).Select(static i => new Candidate(new AccountId(Hash(i)), 1.0, 0))];
        Candidate[] weighted = [.. pool.Select(static (one, i) => one with { Weight = 1.0 + i % 4 })];
        ImmutableArray<AccountId>[] shown = [.. Enumerable.Range(0, Rounds + 2).Select(round => Draw(pool, round))];
        double draw = Median(round => Draw(pool, round));
        double verify = Median(round => Verify(Draw(pool, round), shown[round]));
        double uneven = Median(round => Draw(weighted, round));
        IReadOnlyList<Result> results =
        [
            new("sortition.ms_1e6", draw, "ms", "<= 300", "1,000 of 1,000,000, one thread"),
            new("sortition.verify_ms_1e6", verify, "ms", "<= 300", "the same draw again and compared"),
            new("sortition.weighted_ms_1e6", uneven, "ms", "", "weights 1 to 4"),
        ];
        return Task.FromResult(results);
    }

    private static ImmutableArray<AccountId> Draw(Candidate[] pool, int round) =>
        Seating.Draw((Hash(-1 - round), new TaskId(Hash(-100))), pool, [Seats], hasReserve: false).Seats;

    private static ImmutableArray<AccountId> Verify(ImmutableArray<AccountId> again, ImmutableArray<AccountId> shown) =>
        again.SequenceEqual(shown) ? again : throw new InvalidOperationException("The same draw has other seats.");

    private static double Median(Func<int, ImmutableArray<AccountId>> act)
    {
        double[] each = new double[Rounds + 2];
        for (int round = 0; round < each.Length; round++)
        {
            long begin = Stopwatch.GetTimestamp();
            act(round);
            each[round] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        }

        return each.Skip(2).Order().ElementAt(Rounds / 2);
    }

    private static Bytes32 Hash(int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return Bytes32.Read(SHA256.HashData(bytes));
    }
}
