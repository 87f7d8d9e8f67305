using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Api;
using ChainSpace.Node.Intake;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Tests.House;

namespace ChainSpace.Tests.Rules;

/// <summary>spec/refusals.md is what other implementers read; it lists what the code can say, no more and no less.</summary>
public sealed partial class RefusalPageTests
{
    private static readonly Dictionary<string, string> Statuses = Row().Matches(Repository.Read("spec/refusals.md"))
        .ToDictionary(static row => row.Groups[1].Value, static row => row.Groups[2].Value);

    [Fact]
    public void Page_and_rules_agree()
    {
        string[] codes = [.. typeof(Refusal).GetNestedTypes().Select(static type => Explain.Code((Refusal)Empty(type)))];
        Assert.Equal(codes.Order(), Section("Rules").Order());
    }

    [Fact]
    public void Page_and_reader_agree()
    {
        IEnumerable<string> names = typeof(WireFault).GetNestedTypes().Select(static type => Camel().Replace(type.Name, "_$0"));
        Assert.Equal(names.Select(static name => name.ToLowerInvariant()).Order(), Section("On the wire").Order());
    }

    [Fact]
    public void Page_and_node_agree_on_the_status()
    {
        List<Rejection> rejections =
        [
            new Rejection.WrongContent("no text"), new Rejection.UnreadableOpening(), new Rejection.Busy(),
            .. Enum.GetValues<SignatureAnswer>().Where(static answer => answer != SignatureAnswer.Valid)
                .Select(static answer => new Rejection.Signature(answer)),
            .. typeof(WireFault).GetNestedTypes().Select(static type => new Rejection.Wire((WireFault)Empty(type))),
            .. typeof(Refusal).GetNestedTypes().Where(static t => t.Name != "InvalidTerm" && t.Name != "NotEligible")
                .Select(static type => new Rejection.Ruled((Refusal)Empty(type))),
            new Rejection.Ruled(new Refusal.InvalidTerm("options", "2 to 100")),
            new Rejection.Ruled(new Refusal.NotEligible("own")),
        ];
        foreach (Rejection rejection in rejections)
        {
            Refused refused = Problems.Of(rejection, Currency.Unknown);
            Assert.Equal((refused.Code, $"{refused.Status}"), (refused.Code, Statuses.GetValueOrDefault(refused.Code)));
        }
    }

    private static object Empty(Type type) => RuntimeHelpers.GetUninitializedObject(type);

    private static IEnumerable<string> Section(string title)
    {
        string[] sections = Repository.Read("spec/refusals.md").Split("\n## ");
        string section = sections.Single(part => part.StartsWith(title + "\n", StringComparison.Ordinal));
        return Row().Matches(section).Select(static row => row.Groups[1].Value);
    }

    [GeneratedRegex(@"^\| `(\w+)` \| (\d{3}) \| .+ \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Camel();
}
