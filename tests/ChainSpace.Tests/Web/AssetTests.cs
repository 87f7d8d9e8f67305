using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace ChainSpace.Tests.Web;

public sealed partial class AssetTests
{
    private const int PageBudget = 150_000;

    [Fact]
    public async Task A_page_with_all_it_loads_stays_within_its_weight()
    {
        await using PageHost host = await PageHost.StartAsync();
        (_, string html) = await host.GetAsync("/s/helpdesk");
        string version = Version().Match(html).Groups[1].Value;

        int weight = html.Length;
        foreach (string name in (string[])["site.css", "inter.woff2", "icon.svg", .. await ModulesAsync(host, version)])
            weight += (await host.Client.GetByteArrayAsync($"/assets/{version}/{name}")).Length;

        Assert.InRange(weight, 60_000, PageBudget);
    }

    [Fact]
    public async Task An_asset_is_kept_for_ever_under_its_own_address_and_checked_under_another()
    {
        await using PageHost host = await PageHost.StartAsync();
        string version = Version().Match((await host.GetAsync("/")).Html).Groups[1].Value;

        (HttpResponseMessage own, _) = await host.GetAsync($"/assets/{version}/site.css");
        Assert.Contains("immutable", own.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        (HttpResponseMessage other, _) = await host.GetAsync("/assets/older/site.css");
        Assert.True(other.Headers.CacheControl!.NoCache);

        using HttpRequestMessage again = new(HttpMethod.Get, "/assets/older/site.css");
        again.Headers.IfNoneMatch.Add(other.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await host.Client.SendAsync(again)).StatusCode);
    }

    [Fact]
    public async Task What_is_packed_already_is_sent_as_it_is()
    {
        await using PageHost host = await PageHost.StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Get, "/assets/any/inter.woff2");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        using HttpResponseMessage answer = await host.Client.SendAsync(request);

        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.StartsWith("wOF2", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Brotli_is_sent_to_those_who_take_it_and_says_the_same()
    {
        await using PageHost host = await PageHost.StartAsync();
        (_, string plain) = await host.GetAsync("/assets/any/site.css");
        using HttpRequestMessage request = new(HttpMethod.Get, "/assets/any/site.css");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        using HttpResponseMessage answer = await host.Client.SendAsync(request);

        Assert.Equal("br", Assert.Single(answer.Content.Headers.ContentEncoding));
        using StreamReader unpacked = new(new BrotliStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress));
        Assert.Equal(plain, await unpacked.ReadToEndAsync());
    }

    [Fact]
    public async Task There_are_no_other_assets()
    {
        await using PageHost host = await PageHost.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync("/assets/any/ChainSpace.Web.dll")).Answer.StatusCode);
    }

    private static async Task<IEnumerable<string>> ModulesAsync(PageHost host, string version)
    {
        HashSet<string> known = [];
        Queue<string> open = new(["site.js"]);
        while (open.TryDequeue(out string? name))
        {
            if (!known.Add(name)) continue;
            (_, string text) = await host.GetAsync($"/assets/{version}/{name}");
            foreach (Match import in Import().Matches(text)) open.Enqueue(import.Groups[1].Value);
        }

        return known;
    }

    [GeneratedRegex("/assets/([0-9a-f]+)/site.css")]
    private static partial Regex Version();

    [GeneratedRegex("""(?:from|import) "\./([a-z-]+\.js)";""")]
    private static partial Regex Import();
}
