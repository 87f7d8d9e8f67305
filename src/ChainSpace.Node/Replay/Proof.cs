using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Receipts;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Replay;

/// <summary>Fetches receipts of some votes, drawn at random, and checks each without asking the node any more.</summary>
internal sealed class Proof(ChainSpaceClient client, SpaceView space, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>How many receipts hold; the first that does not ends the replay with what is wrong with it.</summary>
    public async Task<int> VerifyAsync(
        IReadOnlyList<long> entries, int sample, ReplayWatch watch, CancellationToken cancellationToken)
    {
        SpaceId id = new(Bytes32.Parse(space.Id));
        long[] drawn = Draw(entries, sample);
        for (int i = 0; i < drawn.Length; i++)
        {
            ReceiptDocument receipt = await FetchAsync(drawn[i], cancellationToken);
            ReceiptCheck check = ReceiptVerification.Verify(receipt, id);
            if (!check.IsValid || check.Proven.Index.Value != drawn[i])
            {
                string link = check.Failing ?? "another entry";
                throw new ReplayException($"The receipt of entry {drawn[i]} does not hold: {link}.");
            }

            watch(ReplayPhase.Verify, i + 1, drawn.Length);
        }

        return drawn.Length;
    }

    // The newest entries wait for the next checkpoint.
    private async Task<ReceiptDocument> FetchAsync(long index, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < Patience)
        {
            if (await client.ReceiptAsync(space.Id, index, cancellationToken) is { } receipt) return receipt;
            await Task.Delay(Pause, time, cancellationToken);
        }

        throw new ReplayException($"The node gives no receipt for entry {index}.");
    }

    private static long[] Draw(IReadOnlyList<long> entries, int sample)
    {
        long[] all = [.. entries];
        Random.Shared.Shuffle(all);
        return all.Length <= sample ? all : all[..sample];
    }
}
