using ChainSpace.Rules.Inference;

namespace ChainSpace.Bench.Inference;

/// <summary>
/// MACE (D. Hovy, T. Berg-Kirkpatrick, A. Vaswani and E. Hovy, "Learning whom to trust with MACE", 2013): a worker either knows
/// the answer or guesses from a distribution of his own. Variational EM of 50 steps, the best of ten random starts by the
/// likelihood of the votes. A lottery: other starts give other answers on small or sparse sets.
/// </summary>
internal static class MacePeer
{
    private const int Starts = 10;
    private const int Steps = 50;
    private const double KnowsPrior = 0.5;
    private const double GuessPrior = 10;

    public static double[] Fit(BatchVotes batch)
    {
        Random random = new(0);
        double[] best = [];
        double most = double.NegativeInfinity;
        for (int start = 0; start < Starts; start++)
        {
            (double[] chances, double likelihood) = FitOnce(batch, random);
            if (likelihood <= most) continue;
            (best, most) = (chances, likelihood);
        }

        return best;
    }

    private static (double[] Chances, double Likelihood) FitOnce(BatchVotes batch, Random random)
    {
        int k = batch.Classes;
        double[] knows = [.. Enumerable.Range(0, batch.Workers).Select(_ => 0.5 + 0.1 * (random.NextDouble() - 0.5))];
        double[] guesses = [.. Enumerable.Range(0, batch.Workers * k).Select(_ => random.NextDouble())];
        for (int worker = 0; worker < batch.Workers; worker++) Normalise(guesses.AsSpan(worker * k, k));
        double[] chances = [];
        double likelihood = 0;
        for (int step = 0; step < Steps; step++)
        {
            (chances, likelihood) = Expect(batch, knows, guesses);
            Learn(batch, chances, knows, guesses);
        }

        return (chances, likelihood);
    }

    private static (double[] Chances, double Likelihood) Expect(BatchVotes batch, double[] knows, double[] guesses)
    {
        int k = batch.Classes;
        double[] chances = new double[batch.Items * k];
        foreach (BatchVote vote in batch.Votes)
        {
            double guess = (1 - knows[vote.Worker]) * guesses[vote.Worker * k + vote.Label];
            for (int option = 0; option < k; option++)
                chances[vote.Item * k + option] += Math.Log(guess + (option == vote.Label ? knows[vote.Worker] : 0) + 1e-300);
        }

        double likelihood = 0;
        for (int item = 0; item < batch.Items; item++)
        {
            Span<double> own = chances.AsSpan(item * k, k);
            double most = double.NegativeInfinity;
            foreach (double chance in own) most = Math.Max(most, chance);
            for (int option = 0; option < k; option++) own[option] = Math.Exp(own[option] - most);
            likelihood += most + Math.Log(Normalise(own));
        }

        return (chances, likelihood);
    }

    private static void Learn(BatchVotes batch, double[] chances, double[] knows, double[] guesses)
    {
        int k = batch.Classes;
        double[] knew = new double[batch.Workers], all = new double[batch.Workers], guessed = new double[guesses.Length];
        foreach (BatchVote vote in batch.Votes)
        {
            double guess = (1 - knows[vote.Worker]) * guesses[vote.Worker * k + vote.Label];
            double known = knows[vote.Worker] / (knows[vote.Worker] + guess + 1e-300) * chances[vote.Item * k + vote.Label];
            knew[vote.Worker] += known;
            all[vote.Worker]++;
            guessed[vote.Worker * k + vote.Label] += 1 - known;
        }

        for (int worker = 0; worker < knows.Length; worker++)
        {
            double yes = ExpDigamma(knew[worker] + KnowsPrior), no = ExpDigamma(all[worker] - knew[worker] + KnowsPrior);
            knows[worker] = yes / (yes + no);
            double sum = 0;
            for (int label = 0; label < k; label++) sum += guessed[worker * k + label] + GuessPrior;
            for (int label = 0; label < k; label++)
                guesses[worker * k + label] = ExpDigamma(guessed[worker * k + label] + GuessPrior) / ExpDigamma(sum);
        }
    }

    private static double ExpDigamma(double x)
    {
        double shift = 0;
        for (; x < 7; x++) shift -= 1 / x;
        double square = 1 / (x * x);
        return Math.Exp(shift + Math.Log(x) - 0.5 / x - square * (1.0 / 12 - square * (1.0 / 120 - square / 252)));
    }

    private static double Normalise(Span<double> values)
    {
        double sum = 0;
        foreach (double value in values) sum += value;
        for (int place = 0; place < values.Length; place++) values[place] /= sum;
        return sum;
    }
}
