using System.CommandLine;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace gold list</c>: the known answers that this machine keeps, and which of them were shown.</summary>
internal static class GoldList
{
    public static Command Create()
    {
        Option<string?> task = new("--task") { Description = "Only of this poll or batch." };
        Command command = new("list", "List the known answers kept on this machine. Example: chainspace gold list") { task };
        command.AddReading();
        command.Does(async (parsed, cancellationToken) =>
        {
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            IReadOnlyList<PollView>? only = parsed.GetValue(task) is { } text
                ? await visit.ItemsAsync(text, cancellationToken)
                : null;
            List<KeptGold> lines = [];
            foreach ((string id, OpeningLine opening) in OpeningFolder.Gold.All())
            {
                if (only is not null && only.All(item => item.Id != id)) continue;
                lines.Add(Line(id, opening, await visit.Client.PollAsync(visit.Space.Id, id, cancellationToken)));
            }

            if (parsed.GetValue<bool>(NodeOption.Json)) Screen.Json(lines, CommandJson.Default.IReadOnlyListKeptGold);
            else if (lines.Count == 0) Screen.Line($"This machine keeps no known answers{(only is null ? "" : " of it")}.");
            foreach (KeptGold line in parsed.GetValue<bool>(NodeOption.Json) ? [] : lines)
                Screen.Line($"{Wording.Short(line.Poll)}  {line.Answer}  {Say(line)}  {line.Title}");
        });
        return command;
    }

    private static KeptGold Line(string id, OpeningLine opening, PollView? poll) => new(
        id, opening.Title, poll is null ? opening.Words : AnswerWords.Of(poll, (int)opening.Choice), poll?.State,
        poll?.GoldAnswer is not null)
    {
        Batch = poll?.Batch,
    };

    private static string Say(KeptGold line) => line switch
    {
        { IsShown: true } => "shown",
        { State: { } state } => $"not shown, {state}",
        _ => "not of this space",
    };
}

/// <summary>A known answer that the user keeps.</summary>
/// <param name="Poll">Of which poll.</param>
/// <param name="Title">What it asks.</param>
/// <param name="Answer">In words.</param>
/// <param name="State">The poll's; null where this space has no such poll.</param>
/// <param name="IsShown">Whether it has been revealed.</param>
internal sealed record KeptGold(string Poll, string Title, string Answer, string? State, bool IsShown)
{
    /// <summary>The batch of which the poll is an item.</summary>
    public string? Batch { get; init; }
}
