using ChainSpace.Rules.Inference;

namespace ChainSpace.Bench.Inference;

/// <summary>
/// Dawid and Skene as one writes it at first: dictionaries keyed by worker and label. The measure of how fast is fast.
/// </summary>
internal sealed class DictionaryPeer
{
    private readonly BatchVotes batch;
    private readonly Dictionary<int, double[]> chances = [];
    private Dictionary<(int Worker, int Label), double[]> errors = [];
    private double[] priors = [];

    public DictionaryPeer(BatchVotes batch)
    {
        this.batch = batch;
        foreach (BatchVote vote in batch.Votes)
        {
            if (!chances.TryGetValue(vote.Item, out double[]? shares)) chances[vote.Item] = shares = new double[batch.Classes];
            shares[vote.Label]++;
        }

        foreach (double[] shares in chances.Values) Normalise(shares);
        Maximise();
    }

    public void Step()
    {
        Dictionary<int, double[]> logs = [];
        foreach (BatchVote vote in batch.Votes)
        {
            if (!logs.TryGetValue(vote.Item, out double[]? sums))
                logs[vote.Item] = sums = [.. priors.Select(static p => Math.Log(p))];
            double[] error = errors[(vote.Worker, vote.Label)];
            for (int option = 0; option < sums.Length; option++) sums[option] += Math.Log(error[option]);
        }

        foreach ((int item, double[] sums) in logs)
        {
            double most = sums.Max();
            for (int option = 0; option < sums.Length; option++) sums[option] = Math.Exp(sums[option] - most);
            Normalise(sums);
            chances[item] = sums;
        }

        Maximise();
    }

    private void Maximise()
    {
        priors = new double[batch.Classes];
        foreach (double[] shares in chances.Values)
        {
            for (int option = 0; option < shares.Length; option++) priors[option] += shares[option] / chances.Count;
        }

        errors = [];
        Dictionary<int, double[]> totals = [];
        foreach (BatchVote vote in batch.Votes)
        {
            if (!errors.TryGetValue((vote.Worker, vote.Label), out double[]? error))
                errors[(vote.Worker, vote.Label)] = error = new double[batch.Classes];
            if (!totals.TryGetValue(vote.Worker, out double[]? total)) totals[vote.Worker] = total = new double[batch.Classes];
            for (int option = 0; option < error.Length; option++)
            {
                error[option] += chances[vote.Item][option];
                total[option] += chances[vote.Item][option];
            }
        }

        foreach (((int worker, _), double[] error) in errors)
        {
            for (int option = 0; option < error.Length; option++)
                error[option] = Math.Max(1e-10, error[option]) / Math.Max(1e-10, totals[worker][option]);
        }
    }

    private static void Normalise(double[] shares)
    {
        double sum = shares.Sum();
        for (int option = 0; option < shares.Length; option++) shares[option] /= sum;
    }
}
