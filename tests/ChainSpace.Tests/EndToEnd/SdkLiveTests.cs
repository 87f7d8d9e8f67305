using System.Diagnostics;
using System.Globalization;
using ChainSpace.Client;
using ChainSpace.Client.Http;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Receipts;
using ChainSpace.Client.Writing;
using ChainSpace.Node;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;
using ChainSpace.Tests.House;

namespace ChainSpace.Tests.EndToEnd;

/// <summary>A whole sealed poll, from registration to payment and proof, through each SDK against a real node.</summary>
public sealed class SdkLiveTests : IDisposable
{
    private const string Name = "live";
    private const long Reward = 300;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string data = Directory.CreateTempSubdirectory("live-").FullName;
    private readonly CancellationTokenSource stop = new(Patience);

    [Theory]
    [InlineData("live.test.js")]
    [InlineData("views.live.test.js")]
    [InlineData("attributes.live.test.js")]
    public async Task The_typescript_sdk_tells_the_story(string file)
    {
        string test = Repository.Full($"sdk/typescript/dist/test/{file}");
        Assert.SkipUnless(
            File.Exists(test) && Directory.Exists(Repository.Full("sdk/typescript/node_modules")),
            "sdk/typescript has not been installed and built; './chainspace test' does so.");
        await using NodeProcess node = await NodeProcess.StartAsync(data, "--no-demo", "--space", Name);
        ProcessStartInfo start = new("node", ["--test", test])
        {
            WorkingDirectory = Repository.Full("sdk/typescript"),
            Environment = { ["CHAINSPACE_URL"] = node.Http.BaseAddress!.ToString().TrimEnd('/'), ["CHAINSPACE_SPACE"] = Name },
        };
        (int Code, string Output, string Errors)? ended = await Tool.RunAsync(start, Patience);
        Assert.SkipWhen(ended is null, "Node.js is not on this machine.");
        Assert.True(ended.Value.Code == 0, ended.Value.Output + ended.Value.Errors);
        Assert.Matches("pass 1\\b", ended.Value.Output);
    }

    [Fact]
    public async Task The_csharp_sdk_tells_the_story()
    {
        await using NodeProcess node = await NodeProcess.StartAsync(data, "--no-demo", "--space", Name);
        ChainSpaceClient client = new(node.Http, new RetryPolicy());
        SpaceView space = (await client.SpaceAsync(Name, stop.Token))!;
        SpaceSession[] people =
        [
            .. Enumerable.Range(0, 4).Select(_ => new SpaceSession(client, space, P256Signer.Create(), TimeProvider.System)),
        ];
        Story story = new(client, space, people, stop.Token);
        await story.JoinAsync();
        PollView poll = await story.PostAsync(Reward);
        await story.VoteAsync(poll);
        await story.AssertPaidAsync(poll, Reward);
        await story.AssertProvenAsync();
        await story.AssertFeedAsync();
    }

    public void Dispose()
    {
        stop.Dispose();
        Directory.Delete(data, recursive: true);
    }

    private sealed class Story(
        ChainSpaceClient client, SpaceView space, SpaceSession[] people, CancellationToken cancellationToken)
    {
        // Each message that entered, and the answer it got.
        private readonly List<(Envelope Message, Sent.Accepted Answer)> entered = [];

        public async Task JoinAsync()
        {
            foreach (SpaceSession person in people) await SayAsync(person, person.Author.Register(""));
        }

        public async Task<PollView> PostAsync(long reward)
        {
            PollDraft draft = new()
            {
                Title = "Is this a cat?",
                Options = ["Yes", "No"],
                Category = "live-test",
                Reward = new Amount((UInt128)reward),
                Minimum = 3,
                Maximum = 3,
                Deadline = new Moment(TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds()),
            };
            Sent.Accepted posted = await SayAsync(people[0], people[0].Author.Post(draft));
            PollView poll = await UntilAsync(posted.Id.ToString(), static _ => true);
            Assert.Equal(("voting", "Is this a cat?"), (poll.State, poll.Content?.Title));
            Assert.Equal(Decimal(reward), (await AccountAsync(people[0])).Escrowed);
            return poll;
        }

        public async Task VoteAsync(PollView poll)
        {
            TaskId id = new(Bytes32.Parse(poll.Id));
            await RefuseAsync(people[1], people[1].Author.Close(id), "requester_only");
            await SayAsync(people[1], people[1].Author.VoteSealed(id, 0).Message);
            await RefuseAsync(people[1], people[1].Author.VoteSealed(id, 1).Message, "already_voted");
            await SayAsync(people[2], people[2].Author.VoteSealed(id, 0).Message);
            await SayAsync(people[3], people[3].Author.VoteSealed(id, 1).Message);
            await RefuseAsync(people[3], people[3].Author.VoteSealed(id, 0).Message, "poll_closed");
        }

        public async Task AssertPaidAsync(PollView poll, long reward)
        {
            PollView closed = await UntilAsync(poll.Id, static view => view.Outcome is not null);
            Assert.Equal(("closed", "maximum", (int?)0), (closed.State, closed.Outcome!.Reason, closed.Outcome.Answer));
            Assert.Equal([2, 1], closed.Outcome.Counts);
            Assert.Equal(reward, Number(closed.Outcome.Paid) + Number(closed.Outcome.Refunded));
            Page<VoteView> votes = await client.VotesAsync(space.Id, poll.Id, new PageQuery(), cancellationToken);
            Assert.Equal(Number(closed.Outcome.Paid), votes.Data.Sum(static vote => Number(vote.Paid)));
            long money = 0;
            foreach (SpaceSession person in people)
            {
                AccountView account = await AccountAsync(person);
                money += Number(account.Available) + Number(account.Escrowed) + Number(account.Withdrawn);
            }

            Assert.Equal(people.Length * Number(space.Grant), money);
        }

        public async Task AssertProvenAsync()
        {
            foreach ((Envelope message, Sent.Accepted answer) in entered)
            {
                Assert.Equal(answer, await client.SendAsync(space.Id, message, cancellationToken));
                ReceiptDocument? receipt;
                while ((receipt = await client.ReceiptAsync(space.Id, answer.Index.Value, cancellationToken)) is null)
                    await Task.Delay(100, cancellationToken);
                ReceiptCheck check = ReceiptVerification.Verify(receipt, new SpaceId(Bytes32.Parse(space.Id)));
                Assert.Equal((null, answer.Id), (check.Failing, check.Proven!.Id));
            }
        }

        // From the beginning, then again from the middle as a reader does whose connection was cut.
        public async Task AssertFeedAsync()
        {
            long last = entered.Max(static one => one.Answer.Index.Value), middle = entered[5].Answer.Index.Value;
            long[] all = await ReadFeedAsync(-1, last), rest = await ReadFeedAsync(middle, last);
            Assert.Equal(Enumerable.Range(0, (int)last + 1).Select(static index => (long)index), all.Distinct());
            Assert.Equal(all.Where(index => index > middle), rest);
        }

        private async Task<long[]> ReadFeedAsync(long after, long last)
        {
            List<long> seen = [];
            await foreach (FeedItem item in client.FeedAsync(space.Id, after, cancellationToken))
            {
                seen.Add(Number(item.Index));
                if (seen[^1] >= last) break;
            }

            return [.. seen];
        }

        private async Task<Sent.Accepted> SayAsync(SpaceSession person, Envelope message)
        {
            Sent.Accepted answer = Assert.IsType<Sent.Accepted>(await person.SendAsync(message, cancellationToken));
            entered.Add((message, answer));
            return answer;
        }

        private async Task RefuseAsync(SpaceSession person, Envelope message, string code) =>
            Assert.Equal(code, Assert.IsType<Sent.Refused>(await person.SendAsync(message, cancellationToken)).Code);

        // What a node shows may lag behind what it has accepted.
        private async Task<PollView> UntilAsync(string poll, Func<PollView, bool> isDone)
        {
            while (true)
            {
                if (await client.PollAsync(space.Id, poll, cancellationToken) is { } view && isDone(view)) return view;
                await Task.Delay(50, cancellationToken);
            }
        }

        private async Task<AccountView> AccountAsync(SpaceSession person) =>
            (await client.AccountAsync(space.Id, person.Author.Account.ToString(), cancellationToken))!;

        private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

        private static string Decimal(long number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
