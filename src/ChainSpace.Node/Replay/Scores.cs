namespace ChainSpace.Node.Replay;

/// <summary>What the recorded truth says about answers and people.</summary>
internal static class Scores
{
    private const int FewestVotes = 5;

    /// <summary>The share of true answers among the tasks of known truth that are asked for; null where there are none.</summary>
    public static double? Accuracy(CrowdData data, Func<int, int?> answer, Func<int, bool> isAsked)
    {
        int asked = 0, right = 0;
        for (int task = 0; task < data.Tasks.Count; task++)
        {
            if (data.Truth[task] is not { } truth || !isAsked(task)) continue;
            asked++;
            if (answer(task) == truth) right++;
        }

        return asked == 0 ? null : (double)right / asked;
    }

    /// <summary>Per task the label most workers gave in the file, the lowest of equals.</summary>
    public static int[] Pluralities(CrowdData data)
    {
        int[] counts = new int[data.Tasks.Count * data.Labels.Count];
        foreach (CrowdVote vote in data.Votes)
        {
            if (!vote.IsRepeat) counts[vote.Task * data.Labels.Count + vote.Choice]++;
        }

        int[] answers = new int[data.Tasks.Count];
        for (int task = 0; task < answers.Length; task++)
        {
            ReadOnlySpan<int> own = counts.AsSpan(task * data.Labels.Count, data.Labels.Count);
            for (int label = 1; label < own.Length; label++)
            {
                if (own[label] > own[answers[task]]) answers[task] = label;
            }
        }

        return answers;
    }

    /// <summary>
    /// How well reputation orders workers as their true accuracy does, among those with enough votes on tasks of known
    /// truth to have one; null where that cannot be said.
    /// </summary>
    public static double? RankCorrelation(CrowdData data, IReadOnlyList<double?> reputations)
    {
        int[] votes = new int[data.Workers.Count], right = new int[data.Workers.Count];
        foreach (CrowdVote vote in data.Votes)
        {
            if (vote.IsRepeat || data.Truth[vote.Task] is not { } truth) continue;
            votes[vote.Worker]++;
            if (vote.Choice == truth) right[vote.Worker]++;
        }

        List<double> accuracies = [], means = [];
        for (int worker = 0; worker < votes.Length; worker++)
        {
            if (votes[worker] < FewestVotes || reputations[worker] is not { } mean) continue;
            accuracies.Add((double)right[worker] / votes[worker]);
            means.Add(mean);
        }

        return Spearman.Correlation(means, accuracies);
    }
}
