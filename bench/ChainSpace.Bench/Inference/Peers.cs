using ChainSpace.Rules.Inference;

namespace ChainSpace.Bench.Inference;

/// <summary>
/// What the aggregators of Crowd-Kit 1.4.1 do, written anew and plainly: their accuracies on the public sets are those
/// published for it. Each returns item × classes + class chances; the lowest class of equals is the answer.
/// </summary>
internal static class Peers
{
    private const double Floor = 1e-10;
    private const double Tolerance = 1e-5;
    private const int Steps = 100;

    public static double[] MajorityVote(BatchVotes batch) => Weighted(batch, Filled(batch.Workers, 1));

    /// <summary>Votes weighted by how often their worker agrees with the majority.</summary>
    public static double[] Wawa(BatchVotes batch) => Weighted(batch, Agreement(batch, MajorityVote(batch)));

    /// <summary>The same with the weighted answer in the majority's place, again and again.</summary>
    public static double[] ZeroBasedSkill(BatchVotes batch)
    {
        double[] skills = Filled(batch.Workers, 1.0 / batch.Classes + 1e-5);
        double rate = 1;
        for (int step = 1; step <= Steps; step++)
        {
            if (step % 20 == 0) rate *= 0.5;
            double[] next = Agreement(batch, Weighted(batch, skills));
            double distance = 0;
            for (int worker = 0; worker < skills.Length; worker++)
            {
                distance = Math.Max(distance, Math.Abs(next[worker] - skills[worker]));
                skills[worker] += rate * (next[worker] - skills[worker]);
            }

            if (distance < Tolerance) break;
        }

        return Weighted(batch, skills);
    }

    /// <summary>Dawid and Skene, until the loss grows by less than 1e-5 per vote, or shrinks.</summary>
    public static double[] DawidSkene(BatchVotes batch) => Climb(batch, Errors);

    /// <summary>Dawid and Skene with one skill per worker and all errors alike.</summary>
    public static double[] OneCoin(BatchVotes batch) => Climb(batch, CoinErrors);

    private static double[] Climb(BatchVotes batch, Func<BatchVotes, double[], double[]> errorsOf)
    {
        double[] chances = MajorityVote(batch);
        double[] errors = errorsOf(batch, chances), priors = Priors(batch, chances);
        double loss = double.NegativeInfinity;
        for (int step = 0; step < Steps; step++)
        {
            chances = Expect(batch, errors, priors);
            (errors, priors) = (errorsOf(batch, chances), Priors(batch, chances));
            double next = Loss(batch, chances, errors, priors);
            if (next - loss < Tolerance) break;
            loss = next;
        }

        return chances;
    }

    public static int Best(double[] chances, int classes, int item)
    {
        int best = 0;
        for (int option = 1; option < classes; option++)
        {
            if (chances[item * classes + option] > chances[item * classes + best]) best = option;
        }

        return best;
    }

    private static double[] Filled(int length, double value)
    {
        double[] values = new double[length];
        Array.Fill(values, value);
        return values;
    }

    private static double[] Weighted(BatchVotes batch, double[] skills)
    {
        double[] chances = new double[batch.Items * batch.Classes];
        foreach (BatchVote vote in batch.Votes) chances[vote.Item * batch.Classes + vote.Label] += skills[vote.Worker];
        for (int first = 0; first < chances.Length; first += batch.Classes)
        {
            double sum = chances.AsSpan(first, batch.Classes).ToArray().Sum();
            for (int place = first; sum > 0 && place < first + batch.Classes; place++) chances[place] /= sum;
        }

        return chances;
    }

    private static double[] Agreement(BatchVotes batch, double[] chances)
    {
        double[] right = new double[batch.Workers], all = new double[batch.Workers];
        foreach (BatchVote vote in batch.Votes)
        {
            all[vote.Worker]++;
            if (Best(chances, batch.Classes, vote.Item) == vote.Label) right[vote.Worker]++;
        }

        for (int worker = 0; worker < right.Length; worker++) right[worker] /= Math.Max(1, all[worker]);
        return right;
    }

    private static double[] Priors(BatchVotes batch, double[] chances)
    {
        double[] priors = new double[batch.Classes];
        for (int place = 0; place < chances.Length; place++) priors[place % batch.Classes] += chances[place] / batch.Items;
        return priors;
    }

    // Only labels a worker ever gave have a row, as in a data frame.
    private static double[] Errors(BatchVotes batch, double[] chances)
    {
        int k = batch.Classes;
        double[] errors = new double[batch.Workers * k * k];
        bool[] isGiven = new bool[batch.Workers * k];
        foreach (BatchVote vote in batch.Votes)
        {
            isGiven[vote.Worker * k + vote.Label] = true;
            for (int option = 0; option < k; option++)
                errors[(vote.Worker * k + vote.Label) * k + option] += chances[vote.Item * k + option];
        }

        for (int column = 0; column < batch.Workers * k; column++)
        {
            (int worker, int option) = Math.DivRem(column, k);
            double sum = 0;
            for (int row = worker * k; row < (worker + 1) * k; row++)
            {
                if (isGiven[row]) sum += errors[row * k + option] = Math.Max(Floor, errors[row * k + option]);
            }

            for (int row = worker * k; row < (worker + 1) * k; row++) errors[row * k + option] /= sum;
        }

        return errors;
    }

    private static double[] CoinErrors(BatchVotes batch, double[] chances)
    {
        int k = batch.Classes;
        double[] right = new double[batch.Workers], all = new double[batch.Workers];
        foreach (BatchVote vote in batch.Votes)
        {
            all[vote.Worker]++;
            right[vote.Worker] += chances[vote.Item * k + vote.Label];
        }

        double[] errors = new double[batch.Workers * k * k];
        for (int place = 0; place < errors.Length; place++)
        {
            int row = place / k;
            double skill = right[row / k] / Math.Max(1, all[row / k]);
            errors[place] = Math.Max(Floor, row % k == place % k ? skill : (1 - skill) / (k - 1));
        }

        return errors;
    }

    private static double[] Expect(BatchVotes batch, double[] errors, double[] priors)
    {
        int k = batch.Classes;
        double[] chances = new double[batch.Items * k];
        for (int place = 0; place < chances.Length; place++) chances[place] = Math.Log(priors[place % k]);
        foreach (BatchVote vote in batch.Votes)
        {
            for (int option = 0; option < k; option++)
                chances[vote.Item * k + option] += Math.Log(errors[(vote.Worker * k + vote.Label) * k + option]);
        }

        for (int first = 0; first < chances.Length; first += k)
        {
            double most = chances.AsSpan(first, k).ToArray().Max(), sum = 0;
            for (int place = first; place < first + k; place++) sum += chances[place] = Math.Exp(chances[place] - most);
            for (int place = first; place < first + k; place++) chances[place] /= sum;
        }

        return chances;
    }

    // The prior is added once per vote, as the peer does it: that is what lets the loss shrink and stops it early.
    private static double Loss(BatchVotes batch, double[] chances, double[] errors, double[] priors)
    {
        int k = batch.Classes;
        double loss = 0;
        foreach (BatchVote vote in batch.Votes)
        {
            for (int option = 0; option < k; option++)
            {
                double chance = chances[vote.Item * k + option];
                double error = errors[(vote.Worker * k + vote.Label) * k + option];
                if (chance > 0) loss += chance * (Math.Log(error) + Math.Log(priors[option]));
            }
        }

        foreach (double chance in chances) loss -= chance > 0 ? chance * Math.Log(chance) : 0;
        return loss / batch.Votes.Length;
    }
}
