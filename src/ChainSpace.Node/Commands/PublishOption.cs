using System.CommandLine;

namespace ChainSpace.Node.Commands;

/// <summary>Which spaces <c>up</c> anchors on networks other than their own.</summary>
internal sealed class PublishOption
{
    public Option<string[]> Option { get; } = new("--publish")
    {
        Description = "Anchor a space's journal and reputation on this network as well, with NAME@NETWORK, e.g. "
            + "demo@local-l1; may be given several times, also for spaces of play money.",
    };

    public PublishOption() => Option.Validators.Add(static result =>
    {
        foreach (string text in result.GetValueOrDefault<string[]>() ?? [])
        {
            bool isWhole = text.Split('@') is [{ Length: > 0 }, { Length: > 0 }];
            if (!isWhole) result.AddError($"--publish {text}: say NAME@NETWORK.");
        }
    });

    public IReadOnlyList<PublishedSpace> Read(ParseResult parsed) =>
    [
        .. (parsed.GetValue(Option) ?? []).Select(static each => each.Split('@'))
            .Select(static each => new PublishedSpace(each[0], each[1])),
    ];
}
