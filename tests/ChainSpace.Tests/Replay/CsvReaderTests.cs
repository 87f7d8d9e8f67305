using CsCheck;
using ChainSpace.Node.Replay;

namespace ChainSpace.Tests.Replay;

public sealed class CsvReaderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("\n\r\n\n", "")]
    [InlineData("a", "1:a")]
    [InlineData("a,b,c", "1:a|b|c")]
    [InlineData("a,b\nc,d\n", "1:a|b 2:c|d")]
    [InlineData("a,b\r\nc,d\r\n", "1:a|b 2:c|d")]
    [InlineData("a,b\rc,d", "1:a|b 2:c|d")]
    [InlineData("a\n\n\nb", "1:a 4:b")]
    [InlineData(",", "1:|")]
    [InlineData("a,\nb", "1:a| 2:b")]
    [InlineData(" a , b ", "1: a | b ")]
    [InlineData("\"a\",\"b\"", "1:a|b")]
    [InlineData("\"a,b\",c", "1:a,b|c")]
    [InlineData("\"\",x", "1:|x")]
    [InlineData("\"say \"\"so\"\"\"", "1:say \"so\"")]
    [InlineData("\"two\nlines\",x\ny", "1:two\nlines|x 3:y")]
    [InlineData("grün,ja", "1:grün|ja")]
    public void Rows_are_read_as_RFC_4180_says(string text, string rows)
    {
        CsvReader reader = new(new StringReader(text), "votes.csv");
        List<string> found = [];
        while (reader.Next() is { } row) found.Add($"{row.Line}:{string.Join('|', row.Fields)}");
        Assert.Equal(rows, string.Join(' ', found));
    }

    [Theory]
    [InlineData("a\n\"b", "votes.csv, line 2: a quoted field has no closing quote.")]
    [InlineData("\"a\nb\n", "votes.csv, line 1: a quoted field has no closing quote.")]
    [InlineData("a\nb\n\"c\"d", "votes.csv, line 3: text stands behind a closing quote.")]
    [InlineData("a\nb\"c", "votes.csv, line 2: a quote stands inside a field that does not begin with one.")]
    public void What_is_wrong_is_told_with_file_and_line(string text, string sentence)
    {
        CsvReader reader = new(new StringReader(text), "votes.csv");
        ReplayException fault = Assert.Throws<ReplayException>(() =>
        {
            while (reader.Next() is not null)
            {
            }
        });
        Assert.Equal(sentence, fault.Message);
    }

    [Fact]
    public void Whatever_is_quoted_is_read_back() => Gen.String.Array[1, 5].Array[1, 5].Sample(rows =>
    {
        string text = string.Concat(rows.Select(static row => string.Join(',', row.Select(Quote)) + "\n"));
        CsvReader reader = new(new StringReader(text), "any");
        foreach (string[] row in rows) Assert.Equal(row, reader.Next()!.Value.Fields);
        Assert.Null(reader.Next());
    });

    private static string Quote(string field) => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
