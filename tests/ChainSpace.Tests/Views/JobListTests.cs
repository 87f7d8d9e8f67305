using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Tests.Views;

public sealed class JobListTests : IDisposable
{
    private const int Requester = 1, Other = 2, Worker = 3, Stranger = 4;

    private readonly Village village = new();
    private readonly Showing showing;
    private readonly string[] newestFirst;

    /// <summary>Five jobs of one, two of another; a worker took the first and the last, the third is taken back.</summary>
    public JobListTests()
    {
        for (int person = 1; person < 5; person++) village.Register(person);
        List<TaskId> posted = [];
        foreach (int person in (int[])[Requester, Requester, Requester, Requester, Requester, Other, Other])
        {
            PostJob terms = village.JobOf(person);
            Assert.Null(village.Say(terms));
            posted.Add(village.IdOf(terms));
        }

        Assert.Null(village.Say(new ClaimJob(village.HeaderOf(Worker), posted[0])));
        Assert.Null(village.Say(new ClaimJob(village.HeaderOf(Worker), posted[6])));
        Assert.Null(village.Say(new CancelJob(village.HeaderOf(Requester), posted[2])));
        newestFirst = [.. posted.AsEnumerable().Reverse().Select(static job => job.ToString())];
        showing = new Showing(village).Fold();
    }

    public void Dispose()
    {
        showing.Dispose();
        village.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(200)]
    public void Pages_of_any_size_show_every_job_once_and_the_newest_first(int limit)
    {
        Assert.Equal(newestFirst, Ids(new JobQuery { Limit = limit }));
        Assert.Equal(limit < 7, showing.Jobs.List(new JobQuery { Limit = limit }).State!.NextCursor is not null);
    }

    [Fact]
    public void A_state_and_whoever_posted_or_does_it_narrow_the_list()
    {
        Assert.Equal([newestFirst[4]], Ids(new JobQuery("ended") { Limit = 2 }));
        Assert.Equal(newestFirst.Where((_, place) => place != 4), Ids(new JobQuery("open") { Limit = 2 }));
        Assert.Equal([newestFirst[0], newestFirst[6]], Ids(Of(Worker)));
        Assert.Equal(newestFirst[..2], Ids(Of(Other)));
        Assert.Equal(newestFirst[2..], Ids(Of(Requester)));
        Assert.Equal(newestFirst[2..].Where((_, place) => place != 2), Ids(Of(Requester) with { State = "open" }));
        Assert.Empty(Ids(Of(Stranger)));
        Assert.Empty(Ids(new JobQuery("%")));
    }

    [Fact]
    public void A_page_too_large_a_cursor_of_another_list_and_no_account_are_refused()
    {
        Assert.Equal("bad_limit", showing.Jobs.List(new JobQuery { Limit = 201 }).Refusal?.Code);
        Assert.Equal("bad_filter", showing.Jobs.List(new JobQuery(Account: "ann")).Refusal?.Code);
        foreach (string cursor in (string[])["cAAAAAAAAAAA", "", "x"])
            Assert.Equal("bad_cursor", showing.Jobs.List(new JobQuery { Cursor = cursor }).Refusal?.Code);
    }

    private JobQuery Of(int person) => new(Account: village.Person(person).ToString()) { Limit = 2 };

    private IEnumerable<string> Ids(JobQuery query) => showing.AllJobs(query).Select(static job => job.Id);
}
