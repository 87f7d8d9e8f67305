using System.Collections.Immutable;
using System.Numerics;

namespace ChainSpace.Rules.Inference;

/// <summary>
/// The votes sorted by item and then worker, cut into chunks of whole items. Order and cuts follow from the votes alone, not
/// from the order they came in nor from the number of threads, and so do all sums that are made along them.
/// </summary>
internal sealed class VoteTable
{
    /// <summary>Whoever adds up over workers does so in at most this many groups.</summary>
    private const int MostGroups = 16;

    private const int MostChunks = 8;
    private const int VotesPerChunk = 1 << 14;

    // The chunks' own tables together take at most about this much beside a vote's other 40 bytes.
    private const long TableBytesPerVote = 16;

    private VoteTable(BatchVotes batch, Gold? gold, int[] starts, int[] rows)
    {
        Items = batch.Items;
        Workers = batch.Workers;
        Classes = batch.Classes;
        Starts = starts;
        Rows = rows;
        GoldAnswers = gold is null || gold.Answers.IsEmpty ? null : new int[Items];
        if (GoldAnswers is null) return;
        Array.Fill(GoldAnswers, -1);
        foreach ((int item, int answer) in gold!.Answers) GoldAnswers[item] = answer;
    }

    public int Items { get; }

    public int Workers { get; }

    public int Classes { get; }

    /// <summary>Where each item's votes begin in <see cref="Rows"/>; one more at the end.</summary>
    public int[] Starts { get; }

    /// <summary>Worker × classes + label of each vote.</summary>
    public int[] Rows { get; }

    /// <summary>What each vote counts, where not 1.</summary>
    public double[]? Weights { get; private set; }

    /// <summary>The known class of each item, or −1; null where there is no gold.</summary>
    public int[]? GoldAnswers { get; }

    /// <exception cref="ArgumentException">A number is out of range, or a worker votes twice on an item.</exception>
    public static VoteTable Of(BatchVotes batch, Gold? gold)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Classes is < 2 or > BatchVotes.MostClasses) throw new ArgumentException("Classes: 2 to 256.", nameof(batch));
        foreach (BatchVote vote in batch.Votes)
        {
            if (!IsOf(vote.Item, batch.Items) || !IsOf(vote.Worker, batch.Workers) || !IsOf(vote.Label, batch.Classes))
                throw new ArgumentException($"{vote} is out of range.", nameof(batch));
        }

        foreach ((int item, int answer) in gold?.Answers ?? ImmutableSortedDictionary<int, int>.Empty)
        {
            if (!IsOf(item, batch.Items) || !IsOf(answer, batch.Classes))
                throw new ArgumentException($"The gold item {item} or its answer is out of range.", nameof(gold));
        }

        (int[] starts, int[] order) = Sort(batch);
        VoteTable table = new(batch, gold, starts, RowsOf(batch, order));
        table.RefuseSecondVotes();
        if (!batch.Clusters.IsDefaultOrEmpty) table.Weights = table.SharedWeights(batch.Clusters);
        return table;
    }

    /// <summary>For each vote of the table its place in the batch.</summary>
    public static int[] OrderOf(BatchVotes batch) => Sort(batch).Order;

    /// <summary>First item of each chunk and of the one after the last, when a chunk's table takes so many bytes.</summary>
    public int[] Chunks(long tableBytes)
    {
        long affordable = Rows.Length * TableBytesPerVote / Math.Max(tableBytes, 1);
        int wanted = (int)Math.Clamp(Math.Min(affordable, Rows.Length / VotesPerChunk), 2, MostChunks);
        int chunks = 1 << BitOperations.Log2((uint)wanted);
        int[] firsts = new int[chunks + 1];
        for (int chunk = 1; chunk <= chunks; chunk++)
        {
            int found = Array.BinarySearch(Starts, (int)((long)Rows.Length * chunk / chunks));
            firsts[chunk] = Math.Max(firsts[chunk - 1], Math.Min(found < 0 ? ~found : found, Items));
        }

        firsts[chunks] = Items;
        return firsts;
    }

    /// <summary>First worker of each group and of the one after the last.</summary>
    public int[] Groups()
    {
        int groups = Math.Min(Workers, MostGroups);
        int[] firsts = new int[groups + 1];
        for (int group = 0; group <= groups; group++) firsts[group] = (int)((long)Workers * group / Math.Max(groups, 1));
        return firsts;
    }

    private static bool IsOf(int number, int count) => number >= 0 && number < count;

    private static int[] RowsOf(BatchVotes batch, int[] order)
    {
        if ((long)batch.Workers * batch.Classes > int.MaxValue) throw new ArgumentException("Too many workers.", nameof(batch));
        for (int place = 0; place < order.Length; place++)
        {
            BatchVote vote = batch.Votes[order[place]];
            order[place] = vote.Worker * batch.Classes + vote.Label;
        }

        return order;
    }

    // Two counting sorts: by worker, then, keeping that order, by item.
    private static (int[] Starts, int[] Order) Sort(BatchVotes batch)
    {
        ReadOnlySpan<BatchVote> votes = batch.Votes.AsSpan();
        int[] perWorker = new int[batch.Workers + 1];
        int[] starts = new int[batch.Items + 1];
        foreach (BatchVote vote in votes)
        {
            perWorker[vote.Worker + 1]++;
            starts[vote.Item + 1]++;
        }

        for (int worker = 0; worker < batch.Workers; worker++) perWorker[worker + 1] += perWorker[worker];
        for (int item = 0; item < batch.Items; item++) starts[item + 1] += starts[item];
        int[] byWorker = new int[votes.Length];
        for (int place = 0; place < votes.Length; place++) byWorker[perWorker[votes[place].Worker]++] = place;
        int[] next = starts[..^1];
        int[] order = new int[votes.Length];
        foreach (int place in byWorker) order[next[votes[place].Item]++] = place;
        return (starts, order);
    }

    private void RefuseSecondVotes()
    {
        for (int item = 0; item < Items; item++)
        {
            for (int vote = Starts[item] + 1; vote < Starts[item + 1]; vote++)
            {
                int worker = Rows[vote] / Classes;
                if (worker == Rows[vote - 1] / Classes)
                    throw new ArgumentException($"Worker {worker} votes twice on item {item}.", nameof(BatchVotes.Votes));
            }
        }
    }

    private double[] SharedWeights(ImmutableArray<int> clusters)
    {
        if (clusters.Length != Workers) throw new ArgumentException("One cluster per worker.", nameof(clusters));
        double[] weights = new double[Rows.Length];
        for (int item = 0; item < Items; item++)
        {
            ReadOnlySpan<int> rows = Rows.AsSpan()[Starts[item]..Starts[item + 1]];
            for (int vote = 0; vote < rows.Length; vote++)
            {
                int members = 0;
                foreach (int row in rows) members += clusters[row / Classes] == clusters[rows[vote] / Classes] ? 1 : 0;
                weights[Starts[item] + vote] = 1.0 / members;
            }
        }

        return weights;
    }
}
