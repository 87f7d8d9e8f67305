using ChainSpace.Node.Replay;

namespace ChainSpace.Tests.Replay;

public sealed class ScoresTests
{
    [Fact]
    public void The_plurality_is_the_lowest_of_equals_and_repeats_do_not_count()
    {
        using CrowdFiles files = new("task,worker,label\nt,a,2\nt,b,1\nt,b,2\nu,a,0\nu,b,2\nu,c,2\n", "task,label\n");
        Assert.Equal([1, 2], Scores.Pluralities(files.Read()));
    }

    [Fact]
    public void Accuracy_is_over_tasks_of_known_truth()
    {
        using CrowdFiles files = new("task,worker,label\nt,a,0\nu,a,1\nv,a,1\n", "task,label\nt,0\nu,0\n");
        CrowdData data = files.Read();
        Assert.Equal(1, Scores.Accuracy(data, static _ => 0, static _ => true));
        Assert.Equal(0.5, Scores.Accuracy(data, static task => task == 0 ? 0 : null, static _ => true));
        Assert.Equal(1, Scores.Accuracy(data, static _ => 0, static task => task == 0));
        Assert.Null(Scores.Accuracy(data, static _ => 0, static task => task == 2));
    }

    [Fact]
    public void Reputation_is_compared_with_accuracy_where_both_are_known()
    {
        // Worker w is right on its first w of five tasks; the one with four tasks is left out whatever it did.
        IEnumerable<string> votes = from worker in Enumerable.Range(0, 4)
                                    from task in Enumerable.Range(0, 5)
                                    select $"t{task},w{worker},{(task < worker ? 1 : 0)}";
        IEnumerable<string> few = Enumerable.Range(0, 4).Select(static task => $"t{task},few,1");
        using CrowdFiles files = new(
            $"task,worker,label\n{string.Join('\n', votes.Concat(few))}\n",
            "task,label\n" + string.Concat(Enumerable.Range(0, 5).Select(static task => $"t{task},1\n")));
        CrowdData data = files.Read();
        Assert.Equal(1, Scores.RankCorrelation(data, [0.1, 0.2, 0.3, 0.4, 0]));
        Assert.Equal(-1, Scores.RankCorrelation(data, [0.4, 0.3, 0.2, null, 0]));
        Assert.Null(Scores.RankCorrelation(data, [0.4, null, null, null, 0.3]));
    }
}
