using System.Net;
using System.Text.RegularExpressions;
using ChainSpace.Client.Reading;
using ChainSpace.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChainSpace.Tests.Web;

/// <summary>The pages on a server in memory, wired as a node wires them.</summary>
internal sealed partial class PageHost : IAsyncDisposable
{
    private readonly WebApplication application;

    private PageHost(WebApplication application, SampleReader reader)
    {
        this.application = application;
        Reader = reader;
        Client = application.GetTestClient();
    }

    public SampleReader Reader { get; }

    public HttpClient Client { get; }

    public static async Task<PageHost> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        SampleReader reader = new(TimeProvider.System);
        builder.Services.AddSingleton<ISpaceReader>(reader);
        builder.Services.AddChainSpacePages();
        WebApplication application = builder.Build();
        application.MapChainSpacePages();
        await application.StartAsync();
        return new PageHost(application, reader);
    }

    public async Task<(HttpResponseMessage Answer, string Html)> GetAsync(string address)
    {
        HttpResponseMessage answer = await Client.GetAsync(new Uri(address, UriKind.Relative));
        return (answer, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>What a page of the sample's space says, without its tags.</summary>
    public async Task<string> TextAsync(string path)
    {
        (HttpResponseMessage answer, string html) = await GetAsync($"/s/helpdesk/{path}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Space().Replace(WebUtility.HtmlDecode(Tag().Replace(html, " ")), " ");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await application.DisposeAsync();
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
