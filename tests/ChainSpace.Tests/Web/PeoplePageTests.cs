using System.Text;
using ChainSpace.Protocol.Filters;

namespace ChainSpace.Tests.Web;

public sealed class PeoplePageTests
{
    [Theory]
    [InlineData("category=work/translation&tasks=2", "paid tasks in work/translation at least 2")]
    [InlineData("category=birds", "paid tasks in birds at least 1")]
    [InlineData("category=birds&reputation=85.5", "reputation in birds at least 0.855")]
    [InlineData("category=birds&tasks=3&reputation=80", "paid tasks in birds at least 3 and reputation in birds at least 0.8")]
    [InlineData("category=birds&tasks=NaN", "paid tasks in birds at least 1")]
    [InlineData("name=language&value=de", "language is de")]
    public async Task A_form_asks_the_filter_it_says(string query, string words)
    {
        await using PageHost host = await PageHost.StartAsync();
        await host.TextAsync($"people?{query}");

        Assert.NotNull(host.Reader.Asked);
        byte[] asked = Encoding.UTF8.GetBytes(host.Reader.Asked);
        Assert.True(FilterReader.TryRead(asked, out Filter? filter, out FilterFault? fault), $"{fault}");
        Assert.Equal(words, FilterWords.Of(filter));
    }

    [Fact]
    public async Task A_blank_form_asks_nothing()
    {
        await using PageHost host = await PageHost.StartAsync();
        await host.TextAsync("people?category=&tasks=5&name=language&value=");

        Assert.Null(host.Reader.Asked);
    }

    [Fact]
    public async Task Whoever_is_found_stands_with_proofs()
    {
        await using PageHost host = await PageHost.StartAsync();
        string text = await host.TextAsync("people?category=work/translation");

        Assert.Contains("work/translation: 3 paid tasks", text, StringComparison.Ordinal);
        Assert.Contains("moderation: reputation at least 84.3 %", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_shows_claims_with_who_attests_them_and_its_record_with_jobs()
    {
        await using PageHost host = await PageHost.StartAsync();
        string text = await host.TextAsync($"accounts/{host.Reader.Voter.Id}");

        Assert.Contains("occupation: nurse", text, StringComparison.Ordinal);
        Assert.Contains("Attested by 0x0100…0005", text, StringComparison.Ordinal);
        Assert.Contains("Stated by the account itself; nobody has checked it.", text, StringComparison.Ordinal);
        Assert.Contains("Declined 3 of 14 submissions", text, StringComparison.Ordinal);
        Assert.Contains("work/translation: 3", text, StringComparison.Ordinal);
    }
}
