using System.Diagnostics;
using System.Globalization;
using ChainSpace.Node.Views;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Polls;
using AccountIds = System.Collections.Immutable.ImmutableArray<ChainSpace.Protocol.AccountId>;

namespace ChainSpace.Tests.Views;

/// <summary>What a vote costs the views. Measures time, so only by hand: <c>--explicit only</c>.</summary>
public sealed class ViewFoldCost
{
    private const int Measured = 200_000;
    private const int Voters = 1_000;
    private const int Polls = 200;

    private TimeSpan made; // CPU spent on making entries, not on folding them.

    [Theory(Explicit = true)]
    [InlineData(1_000, 1_000)]
    [InlineData(1_000, 1_000_000)]
    [InlineData(8_000, 1_000_000)]
    public void A_vote_costs_a_few_microseconds(int batch, int before)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("cost-");
        using ViewStore views = ViewStore.Open(directory.FullName, new SpaceId(default));
        (CommittedEntry[] start, TaskId[] polls, AccountIds voters) = Start();
        views.Fold(start);
        Fold(views, (polls, voters), (batch, before));
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        TimeSpan wall = Fold(views, (polls, voters), (batch, Measured));
        double spent = (Environment.CpuUsage.TotalTime - cpu - made).TotalMicroseconds / Measured;
        long bytes = directory.EnumerateFiles().Sum(static file => file.Length);
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"batches of {batch} after {before} votes: {wall.TotalMicroseconds / Measured:F2} us wall, "
            + $"{spent:F2} us CPU and {bytes / (before + (double)Measured):F1} bytes a vote"));
        directory.Delete(recursive: true);
    }

    private TimeSpan Fold(ViewStore views, (TaskId[] Polls, AccountIds Voters) who, (int Batch, int Votes) size)
    {
        TimeSpan spent = TimeSpan.Zero;
        made = TimeSpan.Zero;
        for (int done = 0; done < size.Votes; done += size.Batch)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            long next = views.Position;
            CommittedEntry[] entries = [.. Enumerable.Range(0, size.Batch).Select(place => Vote(
                next + place, who.Voters[(int)((next + place) * 7919 % Voters)], who.Polls[(next + place) * 7 % Polls]))];
            made += Environment.CpuUsage.TotalTime - before;
            Stopwatch watch = Stopwatch.StartNew();
            views.Fold(entries);
            spent += watch.Elapsed;
        }

        return spent;
    }

    private static CommittedEntry Vote(long index, AccountId voter, TaskId poll)
    {
        Header header = new(voter, (ulong)index, default);
        return Commit(index, new Vote(header, poll, 1));
    }

    // Facts as the rules make them; the rules themselves would take longer than the views.
    private static (CommittedEntry[] Entries, TaskId[] Polls, AccountIds Voters) Start()
    {
        using Village village = new();
        PostPoll draft = village.Draft(0);
        village.Say(draft);
        PollTerms terms = village.Entries.SelectMany(static each => each.Facts).OfType<Fact.Posted>().FirstOrDefault()?.Terms
            ?? new PollTerms(default, village.State.Accounts[0], default, draft, null);
        AccountIds voters = [.. Enumerable.Range(0, Voters).Select(static number => new AccountId(Id(number)))];
        TaskId[] polls = [.. Enumerable.Range(0, Polls).Select(static number => new TaskId(Id(100_000 + number)))];
        IEnumerable<CommittedEntry> registered = voters.Select((voter, place) => Commit(
            place + 1, new Register(new Header(voter, 0, default), [], ""), new Fact.Registered(voter, "")));
        IEnumerable<CommittedEntry> posted = polls.Select((poll, place) => Commit(
            Voters + 1 + place, draft, new Fact.Posted(terms with { Id = poll, Posted = new EntryIndex(Voters + 1 + place) })));
        return ([village.Entries[0], .. registered, .. posted], polls, voters);
    }

    private static CommittedEntry Commit(long index, Message message, params Fact[] facts) => new(
        new EntryIndex(index), new Entry(new Envelope(message, message.Header.Account, []), new Moment(index)), default,
        [.. facts]);

    private static Bytes32 Id(int number) => Protocol.Crypto.Keccak256.Hash(BitConverter.GetBytes(number));
}
