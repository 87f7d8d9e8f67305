using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using ChainSpace.Chains;
using ChainSpace.Protocol;

namespace ChainSpace.Bench;

/// <summary>How long after a deposit is final the space shows it: one at a time, and very many at once.</summary>
internal sealed class SettlementGroup : IGroup
{
    private const int Deposits = 60;
    private const int Burst = 10_000;

    // Each block shows something, and deposits come at moments that have nothing to do with it.
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(1.2);
    private static readonly TimeSpan Blink = TimeSpan.FromMilliseconds(5);

    public string Name => "settlement";

    public async Task<IReadOnlyList<Result>> RunAsync()
    {
        List<Result> results = [];
        await using (PaidTown quick = await PaidTown.FoundAsync(TimeSpan.FromSeconds(2), confirmations: 2))
            results.AddRange(Figures(await SeenAsync(quick), "deposit_seen", "2 s blocks, final two later"));
        await using PaidTown slow = await PaidTown.FoundAsync(TimeSpan.FromSeconds(12), confirmations: 1);
        results.AddRange(Figures(await SeenAsync(slow), "deposit_seen_slow", "12 s blocks, final one later"));
        results.AddRange(await BurstAsync(slow));
        return results;
    }

    // Milliseconds from being final to being shown, of each deposit.
    private static async Task<double[]> SeenAsync(PaidTown town)
    {
        List<Task<double>> seen = [];
        for (int sent = 0; sent < Deposits; sent++)
        {
            AccountId account = Somebody();
            Wei money = new((UInt128)(sent + 1));
            TransactionHash transaction = (await town.PayAsync([account], money))[0];
            seen.Add(DelayAsync(town, account, money, transaction));
            await Task.Delay(Random.Shared.NextDouble() * PauseMax);
        }

        return await Task.WhenAll(seen);
    }

    private static async Task<double> DelayAsync(PaidTown town, AccountId account, Wei money, TransactionHash transaction)
    {
        long final = await town.FinalAsync(await town.BlockOfAsync(transaction));
        while (await town.ReceivedAsync(account) < money.Units) await Task.Delay(Blink);
        return Stopwatch.GetElapsedTime(final).TotalMilliseconds;
    }

    private static IEnumerable<Result> Figures(double[] delays, string name, string note)
    {
        double[] sorted = [.. delays.Order()];
        double tail = sorted[(int)Math.Ceiling(0.99 * sorted.Length) - 1];
        note = $"{note}; {sorted.Length.ToString(CultureInfo.InvariantCulture)} deposits at random moments";
        yield return new($"settlement.{name}_ms", tail, "ms", "<= 1000", $"p99 from final to shown by the API; {note}");
        yield return new($"settlement.{name}_p50_ms", sorted[sorted.Length / 2], "ms", "", note);
    }

    private static async Task<IReadOnlyList<Result>> BurstAsync(PaidTown town)
    {
        AccountId[] accounts = [.. Enumerable.Range(0, Burst).Select(static _ => Somebody())];
        Wei money = new(7);
        IReadOnlyList<TransactionHash> transactions = await town.PayAsync(accounts, money);
        BlockNumber first = await town.BlockOfAsync(transactions[0]), last = await town.BlockOfAsync(transactions[^1]);
        long final = await town.FinalAsync(first);
        await town.FinalAsync(last);
        while (await town.ReceivedAsync(accounts[^1]) == 0) await Task.Delay(Blink);
        double seconds = Stopwatch.GetElapsedTime(final).TotalSeconds;

        // Each once, and with nobody left out.
        foreach (AccountId account in accounts)
        {
            UInt128 received = await town.ReceivedAsync(account);
            if (received != money.Units) throw new InvalidOperationException($"{account} was credited {received}.");
        }

        string blocks = (last.Value - first.Value + 1).ToString(CultureInfo.InvariantCulture);
        string note = $"from the first being final to the last being shown; blocks: {blocks}; each credited once";
        return [new($"settlement.burst_{Burst.ToString(CultureInfo.InvariantCulture)}_s", seconds, "s", "", note)];
    }

    private static AccountId Somebody() => Address.Read(RandomNumberGenerator.GetBytes(Address.Size)).Account;
}
