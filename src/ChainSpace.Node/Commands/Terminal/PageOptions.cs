using System.CommandLine;
using ChainSpace.Client.Reading;

namespace ChainSpace.Node.Commands.Terminal;

/// <summary>Where a list begins and how long it is, for verbs that list a page at a time.</summary>
internal sealed class PageOptions(uint shown)
{
    private readonly Option<uint> limit = NodeOption.Count("--limit", shown, "So many, 1 to 200.");

    private readonly Option<string?> cursor = new("--cursor")
    {
        Description = "Where the last list ended, as it said: goes on from there.",
    };

    public IReadOnlyList<Option> All => [limit, cursor];

    public PageQuery Read(ParseResult parsed) =>
        new(parsed.GetValue(cursor), (int)Math.Min(parsed.GetValue(limit), int.MaxValue));

    /// <summary>How to go on, where there is more.</summary>
    public static void SayMore<T>(Page<T> page)
    {
        if (page.NextCursor is { } next) Screen.Line($"There are more: --cursor {next}");
    }
}
