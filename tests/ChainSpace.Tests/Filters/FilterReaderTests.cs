using System.Text;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Credentials;
using ChainSpace.Protocol.Filters;
using CsCheck;

namespace ChainSpace.Tests.Filters;

public sealed class FilterReaderTests
{
    private const string Task = "0x6d1f0c6f5c1d7f0a3b9e8d2c4f6a5b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6";

    [Theory]
    [InlineData("""{"age":{"ge":18}}""", "age at least 18")]
    [InlineData("""{"not":{"took-part":"TASK"}}""", "not (took part in TASK)")]
    [InlineData("""{"attribute":{"name":"sex","eq":"f"}}""", "sex is f")]
    [InlineData("""{"attribute":{"name":"children","gt":2}}""", "children above 2")]
    [InlineData("""{"receipts":{"category":"work/translation","ge":2}}""", "paid tasks in work/translation at least 2")]
    [InlineData("""{"attribute":{"name":"languages","has":"de"}}""", "languages has de")]
    [InlineData("""{"any":[{"receipts":{"category":"translation","ge":20}},{"personhood":{"ge":1}}]}""",
        "paid tasks in translation at least 20 or personhood level at least 1")]
    [InlineData("""{"all":[{"reputation":{"category":"birds","ge":0.9}},{"attribute":{"name":"country","in":["DE","AT"]}}]}""",
        "reputation in birds at least 0.9 and country is one of DE, AT")]
    public void A_filter_is_read_and_said_in_words(string json, string words)
    {
        Assert.True(FilterReader.TryRead(Bytes(json), out Filter? filter, out FilterFault? fault), $"{fault}");
        Assert.Equal(words.Replace("TASK", Task, StringComparison.Ordinal), FilterWords.Of(filter));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("[]", "")]
    [InlineData("{}", "")]
    [InlineData("""{"age":{"ge":18},"not":{}}""", "")]
    [InlineData("""{"age":{"ge":18},"age":{"ge":1}}""", "")]
    [InlineData("""{"colour":{}}""", "/colour")]
    [InlineData("""{"a/b":{}}""", "/a~1b")]
    [InlineData("""{"all":[]}""", "/all")]
    [InlineData("""{"all":[{"age":{"ge":18}},{"age":{"ge":"18"}}]}""", "/all/1/age/ge")]
    [InlineData("""{"not":{"any":[{"age":{"ge":18,"lt":20}}]}}""", "/not/any/0/age")]
    [InlineData("""{"age":{"ge":151}}""", "/age/ge")]
    [InlineData("""{"age":{"ge":18,"name":"x"}}""", "/age/name")]
    [InlineData("""{"took-part":"0x12"}""", "/took-part")]
    [InlineData("""{"reputation":{"ge":0.9}}""", "/reputation/category")]
    [InlineData("""{"reputation":{"category":"vote/birds","ge":0.9}}""", "/reputation/category")]
    [InlineData("""{"reputation":{"category":"work/","ge":0.9}}""", "/reputation/category")]
    [InlineData("""{"reputation":{"category":"birds","ge":1.5}}""", "/reputation/ge")]
    [InlineData("""{"attribute":{"name":"Sex","eq":"f"}}""", "/attribute/name")]
    [InlineData("""{"attribute":{"name":"date-of-birth","eq":"1990-01-01"}}""", "/attribute/name")]
    [InlineData("""{"attribute":{"name":"sex"}}""", "/attribute")]
    [InlineData("""{"attribute":{"name":"sex","in":["f",null]}}""", "/attribute/in/1")]
    [InlineData("""{"attribute":{"name":"sex","has":1}}""", "/attribute/has")]
    [InlineData("""{"attribute":{"name":"sex","eq":"f","issuer":"me"}}""", "/attribute/issuer")]
    [InlineData("""{"personhood":{"ge":4}}""", "/personhood/ge")]
    public void What_is_wrong_is_named_by_its_path(string json, string path)
    {
        Assert.False(FilterReader.TryRead(Bytes(json), out _, out FilterFault? fault));
        Assert.Equal(path, fault.Path);
        Assert.NotEmpty(fault.Because);
    }

    [Fact]
    public void Depth_number_and_length_are_bounded()
    {
        string Deep(int depth) =>
            string.Concat(Enumerable.Repeat("""{"not":""", depth)) + """{"age":{"ge":1}}""" + new string('}', depth);
        Assert.True(FilterReader.TryRead(Bytes(Deep(FilterReader.DepthLimit - 1)), out _, out _));
        Assert.False(FilterReader.TryRead(Bytes(Deep(FilterReader.DepthLimit)), out _, out _));
        Assert.False(FilterReader.TryRead(Bytes(Deep(2_000)), out _, out _));
        string Wide(int parts) => $$"""{"all":[{{string.Join(',', Enumerable.Repeat("""{"age":{"ge":1}}""", parts))}}]}""";
        Assert.True(FilterReader.TryRead(Bytes(Wide(FilterReader.NodeLimit - 1)), out _, out _));
        Assert.False(FilterReader.TryRead(Bytes(Wide(FilterReader.NodeLimit)), out _, out _));
        Assert.False(FilterReader.TryRead(Bytes(Wide(1) + new string(' ', FilterReader.SizeLimit)), out _, out _));
    }

    [Fact]
    public void No_text_whatever_makes_the_reader_fail() =>
        Gen.String[Gen.Char["{}[]\":,ae ln0.9tk"], 0, 60].Sample(text =>
        {
            if (!FilterReader.TryRead(Bytes(text), out Filter? read, out FilterFault? fault)) Assert.NotNull(fault);
            else Assert.NotEmpty(FilterWords.Of(read));
        });

    [Theory]
    [InlineData("""{"attribute":{"name":"religion","eq":"x"}}""", true)]
    [InlineData("""{"not":{"age":{"lt":18}}}""", true)]
    [InlineData("""{"attribute":{"name":"nationality","eq":"FR"}}""", true)]
    [InlineData("""{"attribute":{"name":"occupation","eq":"nurse"}}""", false)]
    [InlineData("""{"reputation":{"category":"health","ge":0.5}}""", false)]
    public void Who_asks_for_something_sensitive_is_known(string json, bool isSensitive)
    {
        Assert.True(FilterReader.TryRead(Bytes(json), out Filter? filter, out _));
        Assert.Equal(isSensitive, filter.IsSensitive);
    }

    [Theory]
    [InlineData("2000-06-15", "2018-06-14", 17)]
    [InlineData("2000-06-15", "2018-06-15", 18)]
    [InlineData("2000-02-29", "2018-02-28", 17)]
    [InlineData("2000-02-29", "2018-03-01", 18)]
    [InlineData("2000-02-29", "2020-02-29", 20)]
    public void A_birthday_counts_from_its_first_moment(string birth, string day, int years)
    {
        DateTime utc = DateTime.SpecifyKind(DateTime.Parse(day, null), DateTimeKind.Utc);
        Moment at = new(new DateTimeOffset(utc).ToUnixTimeMilliseconds());
        Assert.Equal(years, FilterEvaluation.YearsBetween(AttributeCredential.ReadDay(birth)!.Value, at));
    }

    private static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json.Replace("TASK", Task, StringComparison.Ordinal));
}
