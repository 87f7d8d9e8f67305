using System.CommandLine;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Node.Intake;

namespace ChainSpace.Node.Commands;

/// <summary>A poll that compares, two at a time, what voters wrote on one that has ended.</summary>
internal sealed class JudgeOption
{
    // As many as the format takes; with more each pair is hardly ever seen.
    private const int Most = 12;
    private const int PageSize = 200;

    public Option<string?> Option { get; } = new("--judge")
    {
        Description = $"Compare in pairs what voters wrote on this ended poll, up to {Most} answers, the commonest.",
        HelpName = "POLL",
    };

    /// <summary>Title and options of the new poll; null where nothing is to be judged.</summary>
    public async Task<Judged?> ReadAsync(ParseResult parsed, NodeVisit visit, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Option) is not { } id) return null;
        PollView poll = await visit.PollAsync(id, cancellationToken);
        string[] answers = await AnswersAsync(visit, poll.Id, cancellationToken);
        if (answers.Length < 2)
            throw new Complaint("The poll has no two answers in voters' own words to compare, or has not ended.");
        if (answers.Any(static answer => answer.Length > PollContents.OptionLimit))
            throw new Complaint($"An answer there has more than {PollContents.OptionLimit} characters and cannot be an option.");
        string title = $"Which is better? {poll.Content?.Title}".TrimEnd();
        return new Judged(title.Length > PollContents.TitleLimit ? "Which is better?" : title, answers);
    }

    // Of each normal form what its first voter wrote.
    private static async Task<string[]> AnswersAsync(NodeVisit visit, string poll, CancellationToken cancellationToken)
    {
        List<VoteView> votes = [];
        Page<VoteView> page = new([], "");
        for (string? cursor = null; page.NextCursor is not null; cursor = page.NextCursor)
        {
            PageQuery query = new(Limit: PageSize, Cursor: cursor);
            page = await visit.Client.VotesAsync(visit.Space.Id, poll, query, cancellationToken);
            votes.AddRange(page.Data);
        }

        return
        [
            .. votes.Where(static vote => vote is { Choice: not null, Words: not null })
                .GroupBy(static vote => vote.Choice)
                .OrderByDescending(static same => same.Count())
                .Take(Most)
                .Select(static same => same.First().Words!),
        ];
    }
}

/// <summary>What a comparison asks.</summary>
/// <param name="Title">Where none is said.</param>
/// <param name="Options">The answers to compare.</param>
internal sealed record Judged(string Title, IReadOnlyList<string> Options);
