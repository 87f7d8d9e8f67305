using System.Text;
using System.Text.Json;
using ChainSpace.Client.Writing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Formats;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Polls;
using ChainSpace.Tests.House;
using ChainSpace.Tests.Rules;
using CsCheck;

namespace ChainSpace.Tests.Formats;

public sealed class OpenAnswerTests
{
    private static readonly JsonElement Vectors = JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(Repository.Root, "spec/vectors/answers.json"))).RootElement;

    [Fact]
    public void Answers_that_say_the_same_have_the_code_of_the_vectors()
    {
        foreach (JsonElement group in Vectors.GetProperty("answers").EnumerateArray())
        {
            foreach (string json in group.GetProperty("answers").EnumerateArray().Select(static each => each.GetString()!))
            {
                Assert.True(OpenAnswer.TryRead(Attached(json), out OpenAnswer? answer), json);
                Assert.Equal((json, group.GetProperty("code").GetUInt32()), (json, answer.Code));
            }
        }
    }

    [Fact]
    public void What_is_no_answer_is_refused() => Assert.All(
        Vectors.GetProperty("none").EnumerateArray(),
        static json => Assert.False(OpenAnswer.TryRead(Attached(json.GetString()!), out _), json.GetString()));

    [Fact]
    public void No_attachment_breaks_the_reader() => Gen.Byte.Array[0, 80].Sample(static bytes =>
    {
        OpenAnswer.TryRead(bytes, out _);
        OpenAnswer.TryRead([.. new byte[32], .. "{\"text\":\""u8, .. bytes, .. "\"}"u8], out _);
        OpenAnswer.TryRead([.. new byte[32], .. "{\"json\":"u8, .. bytes, (byte)'}'], out _);
    });

    [Fact]
    public void A_text_in_its_normal_form_is_its_own_normal_form() => Gen.String.Sample(static text =>
    {
        if (Words(text) is not { } words) return;
        string normal = Encoding.UTF8.GetString(words.NormalForm.Span);
        Assert.Equal(words.Code, Words(normal)!.Code);
    });

    [Fact]
    public void The_answer_most_people_give_in_their_own_words_wins()
    {
        World world = World.Founded();
        TaskId poll = world.PostSealed(terms: static terms => terms with { Format = "text", Options = 0 });
        (string Who, string Words)[] said = [("anna", "Paris"), ("ben", "London"), ("cleo", "paris.")];
        foreach ((string who, string text) in said) world.SealedVote(who, poll, Words(text)!.Code);
        world.Open(poll);
        Assert.Equal((int)Words("PARIS")!.Code, world.Outcome(poll).Count.Answer);
        Assert.Equal((6UL, 0UL, 6UL), (world.Earned("anna"), world.Earned("ben"), world.Earned("cleo")));
        Assert.Equal([2, 1], world.Outcome(poll).Count.PerOption);
    }

    [Fact]
    public void Two_answers_of_equal_weight_are_none()
    {
        World world = World.Founded();
        TaskId poll = world.PostSealed(maximum: 2, terms: static terms => terms with { Format = "url", Options = 0 });
        world.SealedVote("anna", poll, 1);
        world.SealedVote("ben", poll, 2);
        world.Open(poll);
        Assert.Equal((OutcomeKind.Inconclusive, null), (world.Outcome(poll).Kind, world.Outcome(poll).Count.Answer));
    }

    [Fact]
    public void Own_words_are_sealed_and_never_close_for_confidence()
    {
        World world = World.Founded();
        PostPoll terms = world.Terms() with { Format = "text", Options = 0 };
        Assert.Equal("voting", Assert.IsType<Refusal.InvalidTerm>(world.Apply(terms)).Member);
        terms = terms with { Voting = "sealed", Aggregation = "weighted", Confidence = 9_000 };
        Assert.Equal("confidence", Assert.IsType<Refusal.InvalidTerm>(world.Apply(terms)).Member);
    }

    private static OpenAnswer? Words(string text) => AnswerDraft.Text(text).Read();

    private static byte[] Attached(string json) => [.. new byte[SaltedContent.SaltSize], .. Encoding.UTF8.GetBytes(json)];
}
