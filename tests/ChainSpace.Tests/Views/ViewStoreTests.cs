using ChainSpace.Client.Reading;
using ChainSpace.Node.Views;
using ChainSpace.Protocol;
using ChainSpace.Rules;
using ChainSpace.Tests.Rules;
using CsCheck;

namespace ChainSpace.Tests.Views;

public sealed class ViewStoreTests
{
    private const int Acts = 400;

    [Fact]
    public void Views_say_what_the_rules_hold() => Gen.Int.Sample(
        seed =>
        {
            using Village village = VillageLife.Tell(seed, Acts);
            using Showing showing = new Showing(village).Fold(batch: 1 + (seed & 63));
            Assert.Empty(Comparison.Differences(village, showing));
        },
        iter: 12, threads: 1);

    [Fact]
    public void Views_say_what_early_anchors_cost_and_earn() => Gen.Int.Sample(
        seed =>
        {
            using Village village = VillageLife.TellOnChain(seed, Acts);
            using Showing showing = new Showing(village).Fold(batch: 1 + (seed & 63));
            Assert.Contains(village.State.Accounts, static each => each.Id == World.Id("wallet"));
            Assert.Empty(Comparison.Differences(village, showing));
        },
        iter: 6, threads: 1);

    [Fact]
    public void The_histories_of_these_tests_come_to_every_stage_and_outcome()
    {
        HashSet<string> seen = [];
        for (int seed = 0; seed < 8; seed++)
        {
            using Village village = VillageLife.Tell(seed, Acts);
            using Showing showing = new Showing(village).Fold();
            seen.UnionWith(showing.Feed().Select(static item => item.State).OfType<string>());
        }

        string[] all = ["drawing", "voting", "opening", "raffle", "closed", "inconclusive", "expired", "cancelled"];
        Assert.Superset(all.ToHashSet(), seen);
    }

    [Theory]
    [InlineData(typeof(Fact.BalanceChanged))]
    [InlineData(typeof(Fact.EvidenceChanged))]
    [InlineData(typeof(Fact.StageChanged))]
    public void Facts_that_got_lost_are_noticed(Type lost)
    {
        using Village village = VillageLife.Tell(7, Acts);
        for (int place = 0; place < village.Entries.Count; place++)
        {
            CommittedEntry entry = village.Entries[place];
            village.Entries[place] = entry with { Facts = [.. entry.Facts.Where(fact => fact.GetType() != lost)] };
        }

        using Showing showing = new Showing(village).Fold();

        Assert.NotEmpty(Comparison.Differences(village, showing));
    }

    [Fact]
    public void Batches_of_any_size_and_a_second_telling_give_the_same_answers()
    {
        using Village village = VillageLife.Tell(2, Acts);
        using Showing showing = new Showing(village).Fold();
        string expected = showing.Everything();

        foreach (int batch in (int[])[1, 2, 7, 100])
        {
            showing.Views.Drop();
            Assert.Equal(0, showing.Views.Position);
            Assert.Equal(expected, showing.Fold(batch).Everything());
        }
    }

    [Fact]
    public void Entries_are_folded_once_and_none_is_left_out()
    {
        using Village village = VillageLife.Tell(3, 100);
        using Showing showing = new Showing(village).Fold(batch: 10);
        string expected = showing.Everything();

        showing.Views.Fold(village.Entries);
        Assert.Equal(expected, showing.Everything());

        showing.Views.Drop();
        showing.Views.Fold(village.Entries[..10]);
        Assert.Throws<ArgumentException>(() => showing.Views.Fold(village.Entries[5..9].Append(village.Entries[11]).ToList()));
        Assert.Equal(10, showing.Views.Position);
        Assert.Equal(expected, showing.Fold().Everything());
    }

    [Fact]
    public void What_was_folded_is_there_after_a_restart()
    {
        using Village village = VillageLife.Tell(4, Acts);
        using Showing showing = new Showing(village);
        showing.Views.Fold(village.Entries[..(village.Entries.Count / 2)]);
        showing.Reopen();
        Assert.Equal(village.Entries.Count / 2, showing.Views.Position);
        showing.Fold(batch: 9);
        showing.Reopen();

        Assert.Equal(village.Entries.Count, showing.Views.Position);
        Assert.Empty(Comparison.Differences(village, showing));
    }

    [Fact]
    public void A_broken_file_and_one_of_another_space_start_anew()
    {
        using Village village = VillageLife.Tell(5, 50);
        using Showing showing = new Showing(village).Fold();
        showing.Reopen(() => File.WriteAllText(showing.File, "no database"));
        Assert.Equal(0, showing.Views.Position);

        showing.Fold();
        using (ViewStore other = ViewStore.Open(Path.GetDirectoryName(showing.File)!, new SpaceId(default)))
            Assert.Equal(0, other.Position);
    }

    [Fact]
    public void Readers_beside_the_writer_see_whole_batches()
    {
        using Village village = VillageLife.Tell(6, Acts);
        using Showing showing = new Showing(village);
        showing.Views.Fold(village.Entries[..20]);
        using CancellationTokenSource stop = new();
        Thread[] readers = [.. Enumerable.Range(0, 3).Select(_ => new Thread(() => Watch(showing, stop.Token)))];
        foreach (Thread reader in readers) reader.Start();
        showing.Fold(batch: 3);
        stop.Cancel();
        foreach (Thread reader in readers) reader.Join();

        Assert.Empty(Comparison.Differences(village, showing));
    }

    // A poll that is over has its outcome, wherever the reader falls between the batches.
    private static void Watch(Showing showing, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (PollView poll in showing.Polls(new PollQuery { Limit = 5 }))
                Assert.True(poll.State != "closed" || poll.Outcome is not null);
        }
    }
}
