using System.Text;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Tests.EndToEnd.Pages;

/// <summary>People who post a batch and a job in a space and work on both, so that there is something to look at.</summary>
internal sealed class Market(ChainSpaceClient client, SpaceView space, TimeSpan pace) : IDisposable
{
    private const uint Spam = 0, Fine = 1;

    private static readonly (string Title, uint Choice, bool IsKnown)[] _comments =
    [
        ("Win a phone, click here", Spam, true), ("Thanks, this helped me a lot", Fine, false),
        ("Lost cat near the station, grey with a white paw", Fine, true),
        ("Best replica watches, 70 % off today only", Spam, false),
        ("Too much salt for my taste, otherwise fine", Fine, false), ("My new blog is online: see profile", Spam, false),
    ];

    private readonly List<P256Signer> keys = [];

    private static Moment Tomorrow => new(TimeProvider.System.GetUtcNow().AddDays(1).ToUnixTimeMilliseconds());

    /// <summary>Six comments in groups of three; the first group is settled, and what was known of it is shown.</summary>
    public async Task<TaskId> PostBatchAsync()
    {
        SpaceSession requester = await JoinAsync();
        SpaceSession[] voters = [await JoinAsync(), await JoinAsync(), await JoinAsync()];
        BatchDraft batch = new()
        {
            Title = "Is this comment spam?",
            Description = "Comments under recipes. Advertising is spam; thanks, questions and blunt opinions are not.",
            Options = ["Spam", "Fine"],
            Category = "moderation",
            Group = 3,
            Deadline = Tomorrow,
        };
        TaskId id = new((await DoneAsync(requester.Author.Post(batch))).Value);
        List<(TaskId Poll, Opening? Known)> items = [];
        foreach ((string title, uint choice, bool isKnown) in _comments)
        {
            PollDraft draft = Item(batch, id) with { Title = title };
            GoldPost? gold = isKnown ? requester.Author.PostGold(draft, choice) : null;
            items.Add((new((await DoneAsync(gold?.Message ?? requester.Author.Post(draft.LikeGold()))).Value), gold?.Opening));
        }

        await DoneAsync(requester.Author.CloseBatch(id));
        for (int item = 0; item < items.Count - 1; item++)
        {
            await Task.Delay(pace);
            for (int voter = 0; voter < voters.Length; voter++)
            {
                // The second voter errs once.
                uint choice = (item, voter) == (1, 1) ? Spam : _comments[item].Choice;
                await DoneAsync(voters[voter].Author.VoteSealed(items[item].Poll, choice).Message);
            }
        }

        await SettledAsync(items[0].Poll);
        foreach ((TaskId poll, Opening? known) in items)
        {
            if (known is { } answer) await DoneAsync(requester.Author.RevealGold(poll, answer));
        }

        return id;
    }

    /// <summary>Two milestones: the first is paid, the second handed in, after it was sent back once.</summary>
    public async Task<TaskId> PostJobAsync()
    {
        SpaceSession requester = await JoinAsync(), worker = await JoinAsync(), other = await JoinAsync();
        TaskId job = new((await DoneAsync(requester.Author.Post(new JobDraft
        {
            Title = "Translate the museum guide, 40 pages",
            Description = "From Spanish to English, for visitors who read while they walk: short sentences, no footnotes.\n"
                + "First the ground floor, then the rest.",
            Category = "translation",
            Mode = "apply",
            Milestones = "40,60",
            Revisions = 2,
            Reward = new Amount(8_000),
            Seconds = 36_000,
            Deadline = Tomorrow,
        }))).Value);
        foreach (SpaceSession each in (SpaceSession[])[worker, other])
            await DoneAsync(each.Sign(header => new ApplyForJob(header, job)));
        AccountId who = worker.Author.Account;
        await DoneAsync(requester.Sign(header => new AssignJob(header, job, who)));
        await SubmitAsync(worker, job, "The ground floor, in English.");
        await DoneAsync(requester.Sign(header => new AcceptWork(header, job, who)));
        await SubmitAsync(worker, job, "The rest, in English.");
        await DoneAsync(requester.Sign(header => new RequestRevision(header, job, who)));
        await SubmitAsync(worker, job, "The rest, in better English.");
        return job;
    }

    public void Dispose() => keys.ForEach(static key => key.Dispose());

    private static PollDraft Item(BatchDraft batch, TaskId id) => new()
    {
        Title = "",
        Batch = id,
        Options = batch.Options,
        Format = batch.Format,
        Category = batch.Category,
        Deadline = batch.Deadline,
        Aggregation = "batch",
        Reward = new Amount(12),
        Maximum = 3,
        Seconds = 8,
    };

    private async Task<SpaceSession> JoinAsync()
    {
        P256Signer key = P256Signer.Create();
        keys.Add(key);
        SpaceSession session = new(client, space, key, TimeProvider.System);
        await DoneAsync(session.Author.Register(""));
        return session;
    }

    private Task<MessageId> SubmitAsync(SpaceSession worker, TaskId job, string text) =>
        DoneAsync(worker.Author.Submit(job, new SaltedWork(JobAuthor.Salt(), [.. Encoding.UTF8.GetBytes(text)])));

    private async Task SettledAsync(TaskId poll)
    {
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(30));
        while ((await client.PollAsync(space.Id, poll.ToString(), stop.Token))?.Outcome is null)
            await Task.Delay(100, stop.Token);
    }

    private async Task<MessageId> DoneAsync(Envelope message)
    {
        Sent sent = await client.SendAsync(space.Id, message, CancellationToken.None);
        Assert.True(sent is Sent.Accepted, sent.ToString());
        return ((Sent.Accepted)sent).Id;
    }
}
