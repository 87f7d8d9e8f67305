using System.Net;
using System.Net.Mime;
using System.Text.Json;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Node;
using ChainSpace.Node.Intake;
using ChainSpace.Protocol.Crypto;
using Microsoft.AspNetCore.Builder;

namespace ChainSpace.Tests.Api;

public sealed class SenderLimitTests : IAsyncLifetime
{
    private const string Space = "busy";

    private readonly string data = Directory.CreateTempSubdirectory("limit-").FullName;
    private readonly WebApplication node;
    private HttpClient http = null!;

    public SenderLimitTests() => node = NodeApp.Build(
        new NodeOptions { Data = data, Port = 0, IsDemo = false, Spaces = [Space], MessagesPerSecond = 1 });

    public async ValueTask InitializeAsync()
    {
        await node.StartAsync();
        http = new HttpClient { BaseAddress = new Uri(node.Urls.First().TrimEnd('/') + "/") };
    }

    [Fact]
    public async Task An_account_that_sends_too_much_is_told_to_wait_and_others_are_not()
    {
        using P256Signer loud = P256Signer.Create(), calm = P256Signer.Create();
        ChainSpaceClient client = new(http);
        SpaceView space = (await client.SpaceAsync(Space, default))!;
        using Author author = new(space, loud, TimeProvider.System), other = new(space, calm, TimeProvider.System);
        byte[] line = author.Register("").ToBytes();

        // The very same message: whether it enters, or is known already, it counts.
        for (int i = 0; i < SenderLimit.BurstSeconds; i++) Assert.Equal(HttpStatusCode.OK, (await PostAsync(line)).StatusCode);
        HttpResponseMessage refused = await UntilRefusedAsync(line);
        using JsonDocument problem = JsonDocument.Parse(await refused.Content.ReadAsStringAsync());
        Assert.Equal("rate_limited", problem.RootElement.GetProperty("code").GetString());
        Assert.NotNull(refused.Headers.RetryAfter?.Delta);

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(other.Register("").ToBytes())).StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await node.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    // A bucket refills by the second, so the first message over the limit may still find a drop in it.
    private async Task<HttpResponseMessage> UntilRefusedAsync(byte[] line)
    {
        for (int tries = 0; tries < 50; tries++)
        {
            HttpResponseMessage answer = await PostAsync(line);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) return answer;
        }

        throw new Xunit.Sdk.XunitException("Fifty messages more, and none was refused.");
    }

    private Task<HttpResponseMessage> PostAsync(byte[] line) => http.PostAsync(
        $"v1/spaces/{Space}/messages",
        new ByteArrayContent(line) { Headers = { ContentType = new(MediaTypeNames.Application.Json) } });
}
