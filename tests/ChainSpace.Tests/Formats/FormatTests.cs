using ChainSpace.Protocol.Formats;
using CsCheck;

namespace ChainSpace.Tests.Formats;

public sealed class FormatTests
{
    private static readonly ResponseFormat[] All =
    [
        Of("single", 5), Of("yes-no", 2), Of("ordinal", 7), Of("multiple", 6), Of("labels", 4), Of("ranking", 5),
        Of("pairwise", 6), Of("opinion", 2), Of("number:-1.5..3.5/0.25~0.5", 0),
    ];

    private static readonly (ResponseFormat Format, uint Code)[] Answers =
        [.. All.SelectMany(static f => Enumerable.Range(0, 800).Where(c => f.Accepts((uint)c)).Select(c => (f, (uint)c)))];

    private static readonly Gen<(ResponseFormat Format, uint Code)> Codes =
        Gen.Int[0, Answers.Length - 1].Select(static i => Answers[i]);

    [Fact]
    public void What_is_written_is_read_as_the_same_answer() =>
        Codes.Sample(static vote => Assert.Equal(vote.Code, vote.Format.Read(vote.Format.Write((int)vote.Code))));

    [Fact]
    public void Only_one_spelling_is_an_answer() => Gen.Select(Codes, Gen.Char["0123456789+>@.- "], Gen.Int[0, 12]).Sample(
        static (vote, character, at) =>
        {
            string text = vote.Format.Write((int)vote.Code);
            string other = text.Insert(Math.Min(at, text.Length), character.ToString());
            if (vote.Format.Read(other) is { } code && vote.Format is not SetFormat)
                Assert.Equal(other, vote.Format.Write((int)code));
        });

    [Fact]
    public void Nearness_is_a_share_and_an_answer_agrees_with_itself() => Gen.Select(Codes, Gen.UInt[0, 800]).Sample(
        static (vote, other) =>
        {
            if (!vote.Format.AcceptsConsensus(other)) return;
            Assert.InRange(vote.Format.Similarity((int)vote.Code, (int)other), 0, 1);
            if (vote.Format.AcceptsConsensus(vote.Code) && vote.Format is not (PairFormat or OpinionFormat))
                Assert.Equal(1, vote.Format.Similarity((int)vote.Code, (int)vote.Code));
        });

    [Fact]
    public void Every_order_has_a_number_of_its_own()
    {
        HashSet<string> orders = [];
        for (int code = 0; code < Permutation.Count(6); code++)
        {
            int[] order = Permutation.Decode(code, 6);
            Assert.Equal(code, Permutation.Encode(order));
            orders.Add(string.Join('>', order));
        }

        Assert.Equal(720, orders.Count);
        Assert.Equal([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0], Permutation.Decode(Permutation.Count(12) - 1, 12));
    }

    [Theory]
    [InlineData("ranking", 4, "0>1>2>3", "0>1>3>2", true)]
    [InlineData("ranking", 4, "0>1>2>3", "3>2>1>0", false)]
    [InlineData("multiple", 4, "0+1", "1+2+3", false)]
    [InlineData("multiple", 4, "0+1", "0", true)]
    [InlineData("labels", 4, "-", "-", true)]
    [InlineData("ordinal", 5, "3", "4", false)]
    [InlineData("number:0..100/1~5", 0, "40", "45", true)]
    [InlineData("number:0..100/1~5", 0, "40", "46", false)]
    public void Answers_agree_where_people_would_say_so(string text, uint options, string vote, string answer, bool agree)
    {
        ResponseFormat format = Of(text, options);
        Assert.Equal(agree, format.AreCoherent((int)format.Read(vote)!, (int)format.Read(answer)!));
    }

    [Theory]
    [InlineData("single", 1)]
    [InlineData("yes-no", 3)]
    [InlineData("multiple", 31)]
    [InlineData("ranking", 13)]
    [InlineData("opinion", 3)]
    [InlineData("number:0..10/1~1", 2)]
    [InlineData("number:0..10/3~0", 0)]
    [InlineData("number:10..0/1~0", 0)]
    [InlineData("number:0..1/0.0000001~0", 0)]
    [InlineData("number:0..01/1~0", 0)]
    [InlineData("number:0..1000000000000/0.1~0", 0)]
    [InlineData("number:0..10/1", 0)]
    [InlineData("number:", 0)]
    [InlineData("", 2)]
    public void Other_texts_are_no_format(string text, uint options) => Assert.Null(ResponseFormat.TryRead(text, options));

    private static ResponseFormat Of(string text, uint options) => ResponseFormat.TryRead(text, options)!;
}
