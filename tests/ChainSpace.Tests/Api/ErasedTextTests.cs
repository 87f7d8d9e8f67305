using System.Net;
using System.Net.Http.Headers;
using ChainSpace.Client.Writing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Tests.Api;

public sealed class ErasedTextTests(Playground place) : IClassFixture<Playground>
{
    [Fact]
    public async Task A_text_that_was_erased_does_not_come_back_with_its_poll()
    {
        Envelope post = place.Requester.Post(Playground.Draft());
        Bytes32 content = ((PostPoll)post.Message).Content;
        string answer = await SendAsync(post);
        Assert.NotNull(place.Space.Contents.Find(content));

        await SendAsync(place.Requester.Erase(new TaskId(place.Requester.IdOf(post).Value)));
        for (int tries = 0; tries < 100 && place.Space.Contents.Find(content) is not null; tries++) await Task.Delay(20);
        Assert.Equal(answer, await SendAsync(post));
        Assert.Null(place.Space.Contents.Find(content));
    }

    [Fact]
    public async Task A_refused_poll_leaves_no_text_behind()
    {
        PollDraft draft = Playground.Draft() with { Reward = new Amount(100_000_000_000) };
        Envelope post = place.Requester.Post(draft);
        await SendAsync(post, HttpStatusCode.PaymentRequired);
        Assert.Null(place.Space.Contents.Find(((PostPoll)post.Message).Content));
    }

    private async Task<string> SendAsync(Envelope message, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using ByteArrayContent body = new(message.ToBytes());
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpResponseMessage answer = await place.Http.PostAsync($"v1/spaces/{Playground.Name}/messages", body);
        Assert.Equal(expected, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
