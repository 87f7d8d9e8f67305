using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Client.Writing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Settlement;
using ChainSpace.Rules.Accounts;

namespace ChainSpace.Tests.Settlement;

/// <summary>What people do with money, by chance and of no harm: what the rules or the vault refuse changes nothing.</summary>
internal sealed class MoneyActs(MoneyWorld world, Random chance)
{
    private readonly List<(TaskId Poll, MoneyPerson Requester)> polls = [];
    private readonly MoneyDeposits deposits = new(world, chance);

    /// <summary>Each act, and how often it comes among the others.</summary>
    public IReadOnlyList<(int Often, string Name, Func<Task<string>> Do)> All =>
    [
        (4, "deposit", () => deposits.MakeAsync(1)),
        (2, "deposits in one block", () => deposits.MakeAsync(2 + chance.Next(3))),
        (1, "registration", RegisterAsync),
        (3, "post", PostAsync),
        (5, "vote", VoteAsync),
        (2, "close", CloseAsync),
        (1, "cancel", CancelAsync),
        (4, "withdrawal", WithdrawAsync),
        (3, "early anchor", ExpediteAsync),
        (4, "claim", ClaimAsync),
        (2, "claim of many", ClaimManyAsync),
        (2, "good root", MakeGoodAsync),
        (2, "blocks", MineAsync),
    ];

    public MoneyPerson Anybody => world.People[chance.Next(world.People.Count)];

    public Task<string> DepositAsync() => deposits.MakeAsync(1);

    /// <summary>Some are in the space and have money; the others come later, or only their money does.</summary>
    public async Task BeginAsync()
    {
        foreach (MoneyPerson each in world.People.Where(static each => each.Name is not ("ben" or "emil" or "the node")))
            await world.SayAsync(each, static session => session.RegisterAsync("", default));
        await deposits.MakeAsync(6);
        await world.Chain.Chain.MineAsync((int)MoneyChain.Depth);
    }

    /// <summary>Everybody, so that everybody can take its money out.</summary>
    public async Task RegisterAllAsync()
    {
        foreach (MoneyPerson each in world.People)
            await world.SayAsync(each, static session => session.RegisterAsync("", default));
    }

    /// <summary>Ends what still holds money.</summary>
    public async Task CloseAllAsync()
    {
        foreach ((TaskId poll, MoneyPerson requester) in polls)
            await world.SayAsync(requester, session => session.CloseAsync(poll, default));
    }

    /// <summary>All that everybody has, but for what is claimed for it already.</summary>
    public async Task WithdrawAllAsync()
    {
        StoryJournal journal = await StoryJournal.ReadAsync(world.Folder);
        foreach (MoneyPerson each in world.People)
        {
            Amount all = journal.BalanceOf(each.Account).Available;
            if (all > Amount.Zero)
                Assert.IsType<Sent.Accepted>(await world.SayAsync(each, session => session.WithdrawAsync(all, default)));
        }
    }

    /// <summary>Every person's claim, each in a block of its own.</summary>
    public async Task ClaimAllAsync(PayoutTree payouts)
    {
        foreach (MoneyPerson each in world.People)
            if (payouts.Find(each.Account) is not null) await world.Chain.CallAsync(each.Claim(world.Vault, payouts));
    }

    private Task<string> RegisterAsync() => SayAsync(Anybody, static session => session.RegisterAsync("", default));

    private async Task<string> PostAsync()
    {
        MoneyPerson requester = await SomebodyAsync(static balance => balance.Available > Amount.Zero);
        uint maximum = (uint)chance.Next(1, 4);
        BlockNumber head = await world.Chain.HeadAsync();
        PollDraft draft = new()
        {
            Title = "Is it so?",
            Options = ["Yes", "No"],
            Reward = new Amount((ulong)chance.Next(1, 300)),
            Maximum = maximum,
            Sample = chance.Next(4) == 0 ? maximum + (uint)chance.Next(2) : 0,
            Height = chance.Next(4) == 0 ? head.Value + (ulong)chance.Next(2, 15) : 0,
            Voting = chance.Next(3) == 0 ? "sealed" : "open",
            Payout = chance.Next(3) switch { 0 => "majority", 1 => "lottery", _ => "equal" },
            Inconclusive = chance.Next(2) == 0 ? "equal" : "refund",
            Deadline = new Moment(DateTimeOffset.UtcNow.AddHours(5).ToUnixTimeMilliseconds()),
        };
        Sent sent = await SendAsync(requester, session => session.PostPollAsync(draft, default));
        if (sent is Sent.Accepted accepted) polls.Add((new TaskId(accepted.Id.Value), requester));
        return $"{requester.Name}: {Text(sent)}";
    }

    private async Task<string> VoteAsync()
    {
        if (polls.Count == 0) return await PostAsync();
        TaskId id = polls[chance.Next(polls.Count)].Poll;
        if (world.Node is null) return "nobody listens";
        if (await world.Client().PollAsync(StoryTerms.Space, id.ToString(), default) is not { } poll) return "not shown yet";
        int choice = chance.Next(2);
        return await SayAsync(Anybody, session => session.VoteAsync(poll, choice, default));
    }

    private async Task<string> CloseAsync()
    {
        if (polls.Count == 0) return await PostAsync();
        (TaskId poll, MoneyPerson requester) = polls[chance.Next(polls.Count)];
        return await SayAsync(requester, session => session.CloseAsync(poll, default));
    }

    private async Task<string> CancelAsync()
    {
        if (polls.Count == 0) return await PostAsync();
        (TaskId poll, MoneyPerson requester) = polls[^1];
        return await SayAsync(requester, session => session.CancelAsync(poll, default));
    }

    // Sometimes more than there is.
    public async Task<string> WithdrawAsync()
    {
        MoneyPerson person = await SomebodyAsync(static balance => balance.Available > Amount.Zero);
        Balance balance = (await StoryJournal.ReadAsync(world.Folder)).BalanceOf(person.Account);
        Amount amount = new((ulong)chance.NextInt64(1, (long)balance.Available.Units + 10));
        return await SayAsync(person, session => session.WithdrawAsync(amount, default));
    }

    // Sometimes so soon that no anchor can be in time.
    private async Task<string> ExpediteAsync()
    {
        MoneyPerson person = await SomebodyAsync(static balance => balance.Available > Amount.Zero);
        Moment before = new(DateTimeOffset.UtcNow.AddSeconds(chance.Next(1, 15)).ToUnixTimeMilliseconds());
        return await SayAsync(
            person, session => session.ExpediteAsync(new Amount((ulong)chance.Next(1, 200)), before, default));
    }

    // Claims need one, and by chance alone it would seldom come in time.
    private async Task<string> MakeGoodAsync()
    {
        string withdrawal = await WithdrawAsync();
        ulong before = await world.GoodSizeAsync(), now = before;
        for (int round = 0; round < 30 && now == before; round++)
        {
            await world.PassAsync();
            await Task.Delay(50);
            now = await world.GoodSizeAsync();
        }

        return $"{withdrawal}, {before} → {now}";
    }

    // By a tree that may be older than the good one: then the vault refuses.
    private async Task<string> ClaimAsync()
    {
        if (await PayoutsAsync() is not { Count: > 0 } payouts) return await WithdrawAsync();
        MoneyPerson person = await SomebodyAsync(static balance => balance.Withdrawn > Amount.Zero);
        if (payouts.Find(person.Account) is null) return "no leaf";
        bool isElsewhere = chance.Next(3) == 0;
        bool isPaid = await world.Chain.CallAsync(person.Claim(world.Vault, payouts, isElsewhere));
        return $"{person.Name}{(isElsewhere ? " elsewhere" : "")}: {isPaid}";
    }

    private async Task<string> ClaimManyAsync()
    {
        if (await PayoutsAsync() is not { Count: > 0 } payouts) return "no payouts";
        AccountId[] wallets =
        [
            .. world.People.Where(each => each.IsWallet && payouts.Find(each.Account) is not null && chance.Next(4) > 0)
                .Select(static each => each.Account),
        ];
        if (wallets.Length == 0) return "no leaf";
        MultiProof many = payouts.ProveMany(wallets);
        bool isPaid = await world.Chain.CallAsync(new VaultCalls(world.Vault).ClaimMulti(
            many.Leaves.Select(MoneyPerson.LeafOf), many.Proof, many.Flags));
        return $"{wallets.Length} leaves: {isPaid}";
    }

    /// <summary>Blocks, some of them with time for a look of the node, so that it sees them come one by one.</summary>
    public async Task<string> MineAsync()
    {
        int blocks = 1 + chance.Next(3);
        for (int block = 0; block < blocks; block++)
        {
            await world.Chain.Chain.MineAsync();
            await Task.Delay(chance.Next(3) * 50);
        }

        return $"{blocks}";
    }

    // Mostly one of those for whom it makes sense.
    private async Task<MoneyPerson> SomebodyAsync(Func<Balance, bool> isFit)
    {
        StoryJournal journal = await StoryJournal.ReadAsync(world.Folder);
        MoneyPerson[] fit = [.. world.People.Where(each => isFit(journal.BalanceOf(each.Account)))];
        return fit.Length == 0 || chance.Next(10) == 0 ? Anybody : fit[chance.Next(fit.Length)];
    }

    // From the node, or as anybody may who has the journal.
    private async Task<PayoutTree?> PayoutsAsync()
    {
        if (chance.Next(2) == 0 && await world.ServedAsync() is { } served) return served;
        GoodRoot good = await world.Chain.Chain.AskAsync(new VaultViews(world.Vault).Good());
        return (await StoryJournal.ReadAsync(world.Folder)).PayoutsAt(good.Size);
    }

    private async Task<string> SayAsync(MoneyPerson person, Func<SpaceSession, Task<Sent>> say) =>
        $"{person.Name}: {Text(await SendAsync(person, say))}";

    // Whoever has to show a key first does so, for the next time.
    private async Task<Sent> SendAsync(MoneyPerson person, Func<SpaceSession, Task<Sent>> say)
    {
        Sent sent = await world.SayAsync(person, say);
        if (sent is Sent.Refused { Code: "unknown_key" or "not_registered" })
            await world.SayAsync(person, static session => session.RegisterAsync("", default));
        return sent;
    }

    private static string Text(Sent sent) => sent switch
    {
        Sent.Accepted accepted => $"entry {accepted.Index}",
        Sent.Refused refused => $"{refused.Code} {refused.Detail}",
    };
}
