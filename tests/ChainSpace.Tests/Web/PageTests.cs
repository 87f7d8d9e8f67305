using System.Net;
using System.Text.RegularExpressions;

namespace ChainSpace.Tests.Web;

public sealed partial class PageTests
{
    private static readonly string[] _kinds =
    [
        "home", "space", "space filtered", "space empty", "space nothing", "poll sealed", "poll closed", "poll open",
        "poll hostile", "poll erased", "poll inconclusive", "poll cancelled", "account", "account new", "receipt",
        "receipt session", "receipt later", "poll drawn", "poll gold", "batches", "batches none", "batch", "batch filtered",
        "batch empty", "batch hostile", "no batch", "jobs", "jobs none", "jobs nothing", "job review", "job declined",
        "job untaken", "job contest", "job ended", "job hostile", "no job", "people", "people found", "people nobody",
        "not found", "no space", "no poll",
        "no account", "no entry",
    ];

    public static TheoryData<string> Kinds => [.. _kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_page_is_whole_and_safe(string kind)
    {
        await using PageHost host = await PageHost.StartAsync();
        (HttpResponseMessage answer, string html) = await host.GetAsync(AddressOf(kind, host.Reader));

        bool isAbsent = kind.StartsWith("no", StringComparison.Ordinal) || kind == "receipt later";
        Assert.Equal(isAbsent ? HttpStatusCode.NotFound : HttpStatusCode.OK, answer.StatusCode);
        AssertFrame(html);
        AssertSafe(answer, html);
    }

    [Fact]
    public async Task A_reader_that_fails_shows_a_busy_page_and_no_detail()
    {
        await using PageHost host = await PageHost.StartAsync();
        host.Reader.IsBroken = true;
        (HttpResponseMessage answer, string html) = await host.GetAsync("/");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);
        Assert.Contains("The node is busy", html, StringComparison.Ordinal);
        Assert.DoesNotContain("disk is away", html, StringComparison.Ordinal);
        AssertFrame(html);
        AssertSafe(answer, html);
    }

    [Fact]
    public async Task A_sealed_poll_says_how_many_voted_and_nothing_of_the_votes()
    {
        await using PageHost host = await PageHost.StartAsync();
        (_, string html) = await host.GetAsync(AddressOf("poll sealed", host.Reader));

        Assert.Contains("7 of 10 sealed", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<table", html, StringComparison.Ordinal);
        Assert.DoesNotContain("tally", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_poll_shows_answer_certainty_payment_and_receipts()
    {
        await using PageHost host = await PageHost.StartAsync();
        string html = Plain((await host.GetAsync(AddressOf("poll closed", host.Reader))).Html);

        Assert.Contains("97.3 % certain; the target was 95 %", html, StringComparison.Ordinal);
        Assert.Contains("6 votes · 75 %", html, StringComparison.Ordinal);
        Assert.Contains("12.50 PLAY went to voters", html, StringComparison.Ordinal);
        Assert.Contains("Could not be opened", html, StringComparison.Ordinal);
        Assert.Contains("#2", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erased_text_is_said_to_be_erased_and_options_are_numbered()
    {
        await using PageHost host = await PageHost.StartAsync();
        string html = Plain((await host.GetAsync(AddressOf("poll erased", host.Reader))).Html);

        Assert.Contains("The question has been erased", html, StringComparison.Ordinal);
        Assert.Contains("Option 2", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_page_keeps_the_filter()
    {
        await using PageHost host = await PageHost.StartAsync();
        (_, string html) = await host.GetAsync("/s/helpdesk?state=&category=moderation");

        Assert.Contains("/s/helpdesk?category=moderation&amp;cursor=next%26%3Cpage%3E", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_three_kinds_of_empty_differ()
    {
        await using PageHost host = await PageHost.StartAsync();

        Assert.Contains("No poll yet", (await host.GetAsync("/s/translations")).Html, StringComparison.Ordinal);
        Assert.Contains("No poll matches", (await host.GetAsync("/s/helpdesk?state=expired")).Html, StringComparison.Ordinal);
        host.Reader.IsBroken = true;
        Assert.Contains("The node is busy", (await host.GetAsync("/s/helpdesk")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_that_waits_for_its_checkpoint_says_so()
    {
        await using PageHost host = await PageHost.StartAsync();
        (HttpResponseMessage answer, string html) = await host.GetAsync(AddressOf("receipt later", host.Reader));

        Assert.Equal(TimeSpan.FromSeconds(2), answer.Headers.RetryAfter?.Delta);
        Assert.Contains("The receipt is being made", html, StringComparison.Ordinal);
    }

    private static string AddressOf(string kind, SampleReader reader) => kind switch
    {
        "home" => "/",
        "space" => "/s/helpdesk",
        "space filtered" => "/s/helpdesk?state=voting&category=moderation&requester=0x01",
        "space empty" => "/s/translations",
        "space nothing" => "/s/helpdesk?state=expired",
        "poll sealed" => $"/s/helpdesk/polls/{reader.Sealed.Id}",
        "poll closed" => $"/s/helpdesk/polls/{reader.Closed.Id}",
        "poll open" => $"/s/helpdesk/polls/{reader.Open.Id}",
        "poll hostile" => $"/s/helpdesk/polls/{reader.HostilePoll.Id}",
        "poll erased" => $"/s/helpdesk/polls/{reader.Erased.Id}",
        "poll inconclusive" => $"/s/helpdesk/polls/{reader.Inconclusive.Id}",
        "poll cancelled" => $"/s/helpdesk/polls/{reader.Cancelled.Id}",
        "account" => $"/s/helpdesk/accounts/{reader.Voter.Id}",
        "account new" => $"/s/helpdesk/accounts/{reader.Newcomer.Id}",
        "receipt" => $"/s/helpdesk/receipts/{SampleJournal.OwnVote}",
        "receipt session" => $"/s/helpdesk/receipts/{SampleJournal.SessionVote}",
        "receipt later" => $"/s/helpdesk/receipts/{reader.Journal.Size}",
        "poll drawn" => $"/s/helpdesk/polls/{reader.Drawn.Id}",
        "poll gold" => $"/s/helpdesk/polls/{reader.Tasks.Items[1].Id}",
        "batches" => "/s/helpdesk/batches",
        "batches none" => "/s/translations/batches?cursor=1",
        "batch" => $"/s/helpdesk/batches/{reader.Tasks.Spam.Id}",
        "batch filtered" => $"/s/helpdesk/batches/{reader.Tasks.Spam.Id}?state=expired&cursor=next",
        "batch empty" => $"/s/helpdesk/batches/{reader.Tasks.Fresh.Id}",
        "batch hostile" => $"/s/helpdesk/batches/{reader.Tasks.Hostile.Id}",
        "jobs" => "/s/helpdesk/jobs?state=&account=0x01",
        "jobs none" => "/s/translations/jobs",
        "jobs nothing" => "/s/helpdesk/jobs?state=expired",
        "job review" => $"/s/helpdesk/jobs/{reader.Jobs.Review.Id}",
        "job declined" => $"/s/helpdesk/jobs/{reader.Jobs.Declined.Id}",
        "job untaken" => $"/s/helpdesk/jobs/{reader.Jobs.Untaken.Id}",
        "job contest" => $"/s/helpdesk/jobs/{reader.Jobs.Contest.Id}",
        "job ended" => $"/s/helpdesk/jobs/{reader.Jobs.Ended.Id}",
        "job hostile" => $"/s/helpdesk/jobs/{reader.Jobs.Hostile.Id}",
        "people" => "/s/helpdesk/people?category=&tasks=2",
        "people found" => "/s/helpdesk/people?category=%22%3E%3Cb%3Ebold%3C/b%3E&tasks=2&reputation=NaN&name=language&value=de",
        "people nobody" => "/s/helpdesk/people?category=nobody",
        "no job" => "/s/helpdesk/jobs/0x00",
        "no batch" => "/s/helpdesk/batches/0x00",
        "no space" => "/s/%3Cscript%3E",
        "no poll" => "/s/helpdesk/polls/0x00",
        "no account" => "/s/helpdesk/accounts/0x00",
        "no entry" => "/s/helpdesk/receipts/12x",
        _ => "/s/helpdesk/nowhere/at/all",
    };

    private static void AssertFrame(string html)
    {
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", html, StringComparison.Ordinal);
        Assert.Contains("ChainSpace</title>", html, StringComparison.Ordinal);
        foreach (string landmark in (string[])["<header", "<main", "<footer", "<h1"])
            Assert.Single(Regex.Matches(html, landmark + @"[\s>]"));
        Assert.Contains("<nav aria-label=", html, StringComparison.Ordinal);
        AssertHeadingsDescendByOne(html);
        AssertIdsAreUnique(html);
        foreach (Match image in Image().Matches(html))
            Assert.Matches("aria-hidden=\"true\"|role=\"img\" aria-label=\"[^\"]+\"", image.Value);
    }

    private static void AssertHeadingsDescendByOne(string html)
    {
        int before = 0;
        foreach (Match heading in Heading().Matches(html))
        {
            int level = int.Parse(heading.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(level <= before + 1, $"h{level} follows h{before}");
            before = level;
        }
    }

    private static void AssertIdsAreUnique(string html)
    {
        string[] ids = [.. Identity().Matches(html).Select(match => match.Groups[1].Value)];
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(Labelled().Matches(html), label => Assert.Contains(label.Groups[1].Value, ids));
    }

    private static void AssertSafe(HttpResponseMessage answer, string html)
    {
        string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        foreach (string rule in (string[])["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:"])
            Assert.Contains(rule + ";", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));

        string script = Assert.Single(Script().Matches(html)).Value;
        Assert.Matches("^<script type=\"module\" src=\"/assets/[0-9a-f]+/site.js\"></script>$", script);
        Assert.DoesNotMatch("<style|<b>bold|<[^>]* (style|on[a-z]+)=", Quoted().Replace(html, "\"\""));
        Assert.DoesNotContain(SampleReader.Hostile, html, StringComparison.Ordinal);
    }

    private static string Plain(string html) =>
        Regex.Replace(WebUtility.HtmlDecode(Tag().Replace(html, "")).Replace('\u00a0', ' '), @"\s+", " ");

    [GeneratedRegex("<script.*?(</script>|$)", RegexOptions.Singleline)]
    private static partial Regex Script();

    // The values of attributes: what is in them can do nothing, as long as no quote ends them early.
    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex("<svg[^>]*>")]
    private static partial Regex Image();

    [GeneratedRegex("<h([1-6])[ >]")]
    private static partial Regex Heading();

    [GeneratedRegex(" id=\"([^\"]+)\"")]
    private static partial Regex Identity();

    [GeneratedRegex(" aria-labelledby=\"([^\"]+)\"")]
    private static partial Regex Labelled();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
