using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Protocol.Messages;
using ChainSpace.Tests.House;

namespace ChainSpace.Tests.Api;

/// <summary>Whatever is wrong with what is sent: the right status and code, nothing entered, and the node goes on.</summary>
public sealed partial class BadInputTests(Playground place) : IClassFixture<Playground>, IAsyncLifetime
{
    private const string Lines = "application/x-ndjson";

    private static readonly Dictionary<string, int> Statuses = Row().Matches(Repository.Read("spec/refusals.md"))
        .ToDictionary(static row => row.Groups[1].Value, static row => int.Parse(row.Groups[2].ValueSpan, null));

    private long size;

    public static TheoryData<string> Messages => [.. BadMessages.All.Keys];

    public ValueTask InitializeAsync()
    {
        size = place.Space.Journal.Size;
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Equal("""{"status":"ok"}""", await place.Http.GetStringAsync("health"));
        (HttpStatusCode status, string body) = await PostAsync(place.Entered.Message.ToBytes(), MediaTypeNames.Application.Json);
        Assert.Equal((HttpStatusCode.OK, Index(place.Entered.Index.Value)), (status, Index(body)));
        Assert.Equal(size, place.Space.Journal.Size);
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task A_bad_message_is_refused_by_itself(string name)
    {
        BadMessage bad = BadMessages.All[name];
        (HttpStatusCode status, string body) = await PostAsync(bad.Line(place), MediaTypeNames.Application.Json);
        AssertProblem(bad.Code, (int)status, body);
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task A_bad_message_among_others_is_refused_and_they_are_not(string name)
    {
        BadMessage bad = BadMessages.All[name];
        byte[] good = place.Entered.Message.ToBytes(), line = bad.Line(place);
        (HttpStatusCode status, string body) = await PostAsync([.. good, 10, .. line, 10, 10, .. good], Lines);
        Assert.Equal(HttpStatusCode.OK, status);
        AssertBetween(bad, body.TrimEnd('\n').Split('\n'));

        (status, body) = await PostAsync([91, .. good, 44, .. line, 44, .. good, 93], MediaTypeNames.Application.Json);
        JsonElement answers = JsonDocument.Parse(body).RootElement;
        if (bad.IsJson) AssertBetween(bad, [.. answers.EnumerateArray().Select(static answer => answer.GetRawText())]);
        else AssertProblem("malformed", (int)status, body);
    }

    [Fact]
    public async Task A_repetition_gets_the_first_answer_in_every_form()
    {
        byte[] line = place.Entered.Message.ToBytes();
        (_, string one) = await PostAsync(line, MediaTypeNames.Application.Json);
        (_, string array) = await PostAsync([91, .. line, 44, .. line, 93], MediaTypeNames.Application.Json);
        (_, string lines) = await PostAsync([.. line, 13, 10, .. line], Lines);
        Assert.Equal(($"[{one},{one}]", $"{one}\n{one}\n"), (array, lines));
    }

    [Theory]
    [InlineData("[{}", "malformed")]
    [InlineData("[1,2]", "malformed")]
    [InlineData("[{}] and more", "malformed")]
    [InlineData("", "malformed")]
    [InlineData("null", "not_canonical")]
    public async Task A_body_that_holds_no_messages_is_refused_whole(string body, string code)
    {
        (HttpStatusCode status, string answer) = await PostAsync(Encoding.UTF8.GetBytes(body), MediaTypeNames.Application.Json);
        AssertProblem(code, (int)status, answer);
    }

    [Fact]
    public async Task Nothing_sent_is_nothing_answered()
    {
        Assert.Equal((HttpStatusCode.OK, "[]"), await PostAsync("[]"u8.ToArray(), MediaTypeNames.Application.Json));
        Assert.Equal((HttpStatusCode.OK, ""), await PostAsync([], Lines));
        Assert.Equal((HttpStatusCode.OK, ""), await PostAsync("\n\r\n\n"u8.ToArray(), Lines));
    }

    [Theory]
    [InlineData(17 << 20)]
    [InlineData(40 << 20)]
    public async Task A_body_beyond_all_limits_is_refused_whole(int length)
    {
        byte[] body = new byte[length];
        body.AsSpan().Fill((byte)' ');
        body[0] = (byte)'[';
        (HttpStatusCode status, string answer) = await PostAsync(body, MediaTypeNames.Application.Json);
        AssertProblem("too_large", (int)status, answer);
    }

    [Fact]
    public async Task An_array_of_too_many_is_refused_whole()
    {
        string body = $"[{string.Join(',', Enumerable.Repeat("{}", 20_001))}]";
        (HttpStatusCode status, string answer) = await PostAsync(Encoding.UTF8.GetBytes(body), MediaTypeNames.Application.Json);
        AssertProblem("too_large", (int)status, answer);
    }

    [Fact]
    public async Task A_line_without_end_is_cut_off_and_refused()
    {
        byte[] endless = new byte[3 << 20];
        endless.AsSpan().Fill((byte)'x');
        (HttpStatusCode status, string answer) = await PostAsync([.. endless, 10, .. place.Entered.Message.ToBytes()], Lines);
        Assert.Equal(HttpStatusCode.OK, status);
        string[] answers = answer.TrimEnd('\n').Split('\n');
        Assert.Equal(2, answers.Length);
        Assert.Contains("too_large", answers[0], StringComparison.Ordinal);
        Assert.Equal(Index(place.Entered.Index.Value), Index(answers[1]));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/jsonish")]
    [InlineData(null)]
    public async Task Another_media_type_is_refused(string? type)
    {
        (HttpStatusCode status, string body) = await PostAsync(place.Entered.Message.ToBytes(), type);
        AssertProblem("wrong_media_type", (int)status, body);
    }

    [Theory]
    [InlineData("polls")]
    [InlineData("")]
    [InlineData("accounts/0x00")]
    [InlineData("receipts/0")]
    [InlineData("checkpoint")]
    [InlineData("tile/0/000")]
    [InlineData("consistency?from=0&to=1")]
    [InlineData("content/0x00")]
    [InlineData("feed")]
    public async Task An_unknown_space_is_said_to_be_one(string path)
    {
        await GetProblemAsync("v1/spaces/nowhere/" + path, "unknown_space");
        using ByteArrayContent body = new("{}"u8.ToArray());
        using HttpResponseMessage answer = await place.Http.PostAsync("v1/spaces/nowhere/messages", body);
        AssertProblem("unknown_space", (int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("polls?cursor=nonsense", "bad_cursor")]
    [InlineData("polls?limit=0", "bad_limit")]
    [InlineData("polls?limit=201", "bad_limit")]
    [InlineData("polls?limit=-1", "bad_limit")]
    [InlineData("polls?limit=many", "bad_request")]
    [InlineData("polls?limit=99999999999999999999", "bad_request")]
    [InlineData("polls?requester=me", "bad_filter")]
    [InlineData("polls/{poll}/votes?cursor=zz", "bad_cursor")]
    [InlineData("polls/{poll}/votes?limit=x", "bad_request")]
    [InlineData("accounts/{account}/history?cursor=%00", "bad_cursor")]
    [InlineData("accounts/{account}/history?limit=201", "bad_limit")]
    [InlineData("polls/7", "unknown_poll")]
    [InlineData("polls/7/votes", "unknown_poll")]
    [InlineData("accounts/7", "unknown_account")]
    [InlineData("accounts/7/history", "unknown_account")]
    [InlineData("receipts/99999999", "not_found")]
    [InlineData("receipts/-1", "not_found")]
    [InlineData("receipts/first", "not_found")]
    [InlineData("content/0x00", "not_found")]
    [InlineData("tile/0/0", "not_found")]
    [InlineData("tile/entries/999", "not_found")]
    [InlineData("consistency?from=2&to=1", "wrong_sizes")]
    [InlineData("consistency?from=0&to=99999999", "wrong_sizes")]
    [InlineData("consistency?from=a&to=b", "bad_request")]
    [InlineData("consistency", "bad_request")]
    [InlineData("feed?after=x", "bad_request")]
    [InlineData("nothing", "not_found")]
    public Task A_question_that_makes_no_sense_is_refused(string path, string code) => GetProblemAsync(
        $"v1/spaces/{Playground.Name}/" + path.Replace("{poll}", $"{place.Poll("open")}", StringComparison.Ordinal)
            .Replace("{account}", $"{place.Voter.Account}", StringComparison.Ordinal), code);

    [Fact]
    public async Task Who_posts_the_text_of_another_poll_cannot_have_it_erased()
    {
        PollView before = await PollAsync();
        ContentView known = (await JsonAsync<ContentView>($"v1/spaces/{Playground.Name}/content/{before.ContentHash}"))!;
        PollDraft draft = Playground.Draft() with { Reward = new Protocol.Amount(100_000_000_000) };
        byte[] attachment = Convert.FromBase64String(known.Bytes);
        Envelope post = place.Voter.Sign(header => draft.ToMessage(header, [.. attachment]));
        post = post with { Attachment = [.. attachment] };

        (HttpStatusCode status, string body) = await PostAsync(post.ToBytes(), MediaTypeNames.Application.Json);
        AssertProblem("over_balance", (int)status, body);
        Assert.Equal(before.Content?.Title, (await PollAsync()).Content?.Title);
    }

    private Task<PollView> PollAsync() => JsonAsync<PollView>($"v1/spaces/{Playground.Name}/polls/{place.Poll("open")}");

    private async Task<T> JsonAsync<T>(string path) =>
        JsonSerializer.Deserialize<T>(await place.Http.GetStringAsync(path), JsonSerializerOptions.Web)!;

    private async Task GetProblemAsync(string path, string code)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using HttpResponseMessage answer = await place.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        string body = await answer.Content.ReadAsStringAsync();
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        AssertProblem(code, (int)answer.StatusCode, body);
    }

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(byte[] body, string? type)
    {
        using ByteArrayContent content = new(body);
        content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
        using HttpRequestMessage request = new(HttpMethod.Post, $"v1/spaces/{Playground.Name}/messages") { Content = content };
        // Who is refused before having sent everything would otherwise find the connection cut.
        request.Headers.ExpectContinue = body.Length > 1 << 20;
        using HttpResponseMessage answer = await place.Http.SendAsync(request);
        if (!answer.IsSuccessStatusCode)
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    // RFC 9457 §3.1, with our code beside.
    private static void AssertProblem(string code, int status, string body)
    {
        JsonElement problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal((Statuses[code], Statuses[code]), (status, problem.GetProperty("status").GetInt32()));
        Assert.Equal($"/problems#{code}", problem.GetProperty("type").GetString());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.EndsWith(".", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private void AssertBetween(BadMessage bad, string[] answers)
    {
        Assert.Equal(3, answers.Length);
        Assert.All((string[])[answers[0], answers[2]], good => Assert.Equal(Index(place.Entered.Index.Value), Index(good)));
        JsonElement refused = JsonDocument.Parse(answers[1]).RootElement;
        Assert.Equal(
            (bad.Code, Statuses[bad.Code]), (refused.GetProperty("code").GetString(), refused.GetProperty("status").GetInt32()));
        Assert.NotEmpty(refused.GetProperty("detail").GetString()!);
    }

    private static string Index(long index) => index.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string? Index(string answer) => JsonDocument.Parse(answer).RootElement.GetProperty("index").GetString();

    [GeneratedRegex(@"^\| `(\w+)` \| (\d{3}) \| .+ \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
