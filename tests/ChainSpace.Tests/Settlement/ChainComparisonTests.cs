using ChainSpace.Chains.Rpc;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Audit;
using ChainSpace.Node.Witnessing;
using ChainSpace.Protocol;
using ChainSpace.Tests.Chains;
using static ChainSpace.Node.Audit.AuditFault;

namespace ChainSpace.Tests.Settlement;

/// <summary>An audit that asks the chain: what an operator reports of it is there, and what he invents is found.</summary>
public sealed class ChainComparisonTests
{
    [Fact]
    public async Task What_is_reported_of_a_chain_is_there_and_what_is_invented_is_found()
    {
        await using MoneyWorld world = await MoneyWorld.BeginAsync();
        await new MoneyActs(world, new Random(3)).BeginAsync();
        await world.UntilAsync("credit", async () =>
        {
            await world.Chain.Chain.MineAsync();
            return (await StoryJournal.ReadAsync(world.Folder)).State.Supply > Amount.Zero;
        });
        await DrawAsync(world);
        AuditReport report = await AuditedAsync(world);
        Assert.NotEmpty(report.Deposits);
        Assert.NotEmpty(report.Reports.Anchors);
        ReportedBlock drawn = Assert.Single(report.Reports.Blocks);
        Assert.NotNull(drawn.FirstAfter);
        Assert.Null(await CompareAsync(world, report));

        ReportedDeposit deposit = report.Deposits[0];
        Assert.IsType<DepositNotOnChain>(await CompareAsync(world, report with
        {
            Deposits = [deposit with { Total = deposit.Total + new Amount(1) }],
        }));
        await AnchorsThatAreNotThereAsync(world, report);
        await BlocksThatAreNotThereAsync(world, (report, drawn));
    }

    private static async Task AnchorsThatAreNotThereAsync(MoneyWorld world, AuditReport report)
    {
        ReportedAnchor anchor = report.Reports.Anchors[0];
        ReportedAnchor[] wrong =
        [
            anchor with { Message = anchor.Message with { Height = anchor.Message.Height + 1 } },
            anchor with { Message = anchor.Message with { Size = anchor.Message.Size + 1 } },
            anchor with { Message = anchor.Message with { PayoutRoot = anchor.Message.Root } },
            anchor with { Message = anchor.Message with { Transaction = anchor.Message.Root } },
        ];
        foreach (ReportedAnchor each in wrong)
        {
            AuditFault? fault = await CompareAsync(world, report with { Reports = new ChainReports([each], []) });
            Assert.IsType<AnchorNotOnChain>(fault);
        }
    }

    private static async Task BlocksThatAreNotThereAsync(MoneyWorld world, (AuditReport Report, ReportedBlock Block) drawn)
    {
        (AuditReport report, ReportedBlock block) = drawn;
        Task<AuditFault?> CompareBlockAsync(ReportedBlock block) =>
            CompareAsync(world, report with { Reports = new ChainReports([], [block]) });
        ReportedBlock other = block with { Message = block.Message with { Root = report.Reports.Anchors[0].Message.Root } };
        Assert.IsType<BlockNotOnChain>(await CompareBlockAsync(other));

        // An operator who may choose among blocks chooses who wins.
        Moment late = new(block.FirstAfter!.Value.Milliseconds + 1_000_000), early = new(0);
        Assert.IsType<BlockChosen>(await CompareBlockAsync(block with { FirstAfter = late }));
        Assert.IsType<BlockChosen>(await CompareBlockAsync(block with { FirstAfter = early }));
    }

    private static async Task DrawAsync(MoneyWorld world)
    {
        StoryJournal journal = await StoryJournal.ReadAsync(world.Folder);
        MoneyPerson rich = world.People.First(each => journal.BalanceOf(each.Account).Available > Amount.Zero);
        MoneyPerson voter = world.People.First(each => each.Name is "anna" or "cleo" && each != rich);
        PollDraft draft = new()
        {
            Title = "Who wins?",
            Options = ["Yes", "No"],
            Reward = new Amount(1),
            Maximum = 1,
            Voting = "open",
            Payout = "lottery",
            Deadline = new Moment(DateTimeOffset.UtcNow.AddHours(5).ToUnixTimeMilliseconds()),
        };
        Sent posted = await world.SayAsync(rich, session => session.PostPollAsync(draft, default));
        string poll = Assert.IsType<Sent.Accepted>(posted).Id.Value.ToString();
        await world.UntilAsync("vote", async () =>
            await world.Client().PollAsync(StoryTerms.Space, poll, default) is { } view
            && await world.SayAsync(voter, session => session.VoteAsync(view, 0, default)) is Sent.Accepted);
        await world.UntilAsync("draw and an anchor of it", async () =>
        {
            await world.Chain.Chain.MineAsync();
            AuditReport report = await AuditedAsync(world);
            return report.Reports.Blocks.Count == 1 && report.Reports.Anchors.Count > 1;
        });
    }

    private static async Task<AuditReport> AuditedAsync(MoneyWorld world)
    {
        using FolderSource source = new(world.Folder);
        AuditReport report = await Auditor.RunAsync(source, new AuditOptions(), progress: null, default);
        Assert.Null(report.Fault);
        return report;
    }

    private static Task<AuditFault?> CompareAsync(MoneyWorld world, AuditReport report)
    {
        RpcPool pool = new(LocalChain.Id, [world.Chain.Chain.Endpoint], 1, TimeProvider.System, new Random(1));
        return new ChainComparison(pool).FindAsync(report, default);
    }
}
