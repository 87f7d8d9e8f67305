using ChainSpace.Protocol.Messages;
using System.Diagnostics;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Replay;

/// <summary>
/// Lets a recorded crowd vote again on a live node, over the interface everybody uses, and compares what comes out with
/// the truth.
/// </summary>
internal sealed class ReplayRun(ChainSpaceClient client, CrowdData data, ReplayTerms terms)
{
    private readonly Dictionary<string, double> seconds = new(StringComparer.Ordinal);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told how far each phase is; from several threads.</summary>
    public ReplayWatch Watch { get; init; } = static (_, _, _) => { };

    /// <summary>All phases against one space.</summary>
    /// <exception cref="ReplayException">The node refuses or does not deliver what a replay cannot do without.</exception>
    public async Task<ReplayReport> RunAsync(SpaceView space, CancellationToken cancellationToken)
    {
        using Cast cast = Cast.Of(data, space, Time);
        using ChainMoney? money = space.Network == CreateSpace.Sovereign ? null : new ChainMoney(client, space, cast, Time);
        Dispatch dispatch = new(client, space.Id, terms.BatchSize);
        Voting voting = new(data, terms, cast);
        TaskId[] polls = await TimedAsync("post", async () =>
        {
            await cast.RegisterAsync(dispatch, cancellationToken);
            if (money is not null) await money.PayInAsync(Rewards, cancellationToken);
            return await new Posting(data, terms, cast, Time).PostAsync(dispatch, Watch, cancellationToken);
        });
        Dispatch watched = new(client, space.Id, terms.BatchSize)
        {
            Signed = signed => Watch(ReplayPhase.Sign, signed, data.Votes.Count),
        };
        await voting.CastAsync(watched, polls, Watch, cancellationToken);
        seconds["cast"] = Math.Round(voting.Elapsed.TotalSeconds, 2);

        PollEnd[] ends = await TimedAsync("settle", () => SettleAsync(new Settlement(client, space, cast, Time)));
        double?[] reputations = await ReputationsAsync(space, cast, cancellationToken);
        int receipts = await TimedAsync("verify", () =>
            new Proof(client, space, Time).VerifyAsync(voting.Entries, terms.Receipts, Watch, cancellationToken));
        ChainReport? chain = money is null
            ? null
            : await TimedAsync("claim", () => money.PayOutAsync(dispatch, cancellationToken));
        string audit = await TimedAsync("audit", () =>
            new JournalAudit(client, space, Time).RunAsync(Watch, cancellationToken));
        return Report(voting, ends) with
        {
            ReceiptsVerified = receipts,
            Audit = audit,
            Chain = chain,
            ReputationRankCorrelation = Scores.RankCorrelation(data, reputations),
        };

        async Task<PollEnd[]> SettleAsync(Settlement settlement)
        {
            if (voting.LastTask is { } last)
                await settlement.CatchUpAsync(polls[last], voting.VotesOf(last), cancellationToken);
            await settlement.EndAllAsync(dispatch, cancellationToken);
            return await settlement.ReadAsync(polls, Watch, cancellationToken);
        }
    }

    private Amount Rewards => data.Voters.Aggregate(Amount.Zero, static (sum, voters) => sum + Cast.RewardOf(voters));

    private async Task<double?[]> ReputationsAsync(SpaceView space, Cast cast, CancellationToken cancellationToken)
    {
        double?[] means = new double?[cast.Workers.Count];
        for (int worker = 0; worker < means.Length; worker++)
        {
            string account = cast.Workers[worker].Account.ToString();
            AccountView? view = await client.AccountAsync(space.Id, account, cancellationToken);
            means[worker] = view?.Reputation.FirstOrDefault(each => each.Category == data.Category)?.Mean;
        }

        return means;
    }

    private ReplayReport Report(Voting voting, PollEnd[] ends)
    {
        int[] pluralities = Scores.Pluralities(data);
        long moneyIn = (long)Rewards.Units;
        long moneyOut = ends.Sum(static end => end.Money);
        return new ReplayReport
        {
            Items = data.Tasks.Count,
            Votes = data.Votes.Count,
            AcceptedPerS = Math.Round(voting.Entries.Count / Math.Max(voting.Elapsed.TotalSeconds, 0.001)),
            Refused = voting.Refused,
            AccuracyMajority = Scores.Accuracy(data, task => pluralities[task], static _ => true),
            AccuracyConsensus = Scores.Accuracy(data, task => ends[task].Answer ?? ends[task].Plurality, static _ => true),
            VotesUsed = voting.Entries.Count,
            VotesSavedShare = (double)voting.Saved / data.Votes.Count,
            ClosedShare = (double)ends.Count(static end => end.IsClosed) / ends.Length,
            AccuracyClosed = Scores.Accuracy(data, task => ends[task].Answer, task => ends[task].IsClosed),
            MoneyIn = moneyIn,
            MoneyOut = moneyOut,
            MoneyCheck = moneyIn == moneyOut,
            ReceiptsVerified = 0,
            Audit = "",
            ReputationRankCorrelation = null,
            Seconds = seconds,
        };
    }

    private async Task<T> TimedAsync<T>(string phase, Func<Task<T>> act)
    {
        long start = Stopwatch.GetTimestamp();
        T result = await act();
        seconds[phase] = Math.Round(Stopwatch.GetElapsedTime(start).TotalSeconds, 2);
        return result;
    }
}
