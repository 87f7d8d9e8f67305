using System.CommandLine;
using System.Globalization;
using System.Text;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace batch results</c>: the items of a batch as CSV, in their order, whatever state they are in.</summary>
internal static class BatchResults
{
    private const int ItemsAtOnce = 200;

    public static Command Create()
    {
        Argument<string> batch = BatchCommand.IdOfBatch();
        Option<FileInfo?> target = new("--out") { Description = "File to write; else standard output." };
        Command command = new(
            "results",
            "Write the items of a batch with their answers as CSV. Example: chainspace batch results 0x51… --out a.csv")
        {
            batch, target,
        };
        command.AddReading();
        command.Does(async (parsed, cancellationToken) =>
        {
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            BatchView found = await BatchCommand.FindAsync(visit, parsed.GetValue(batch)!, cancellationToken);
            List<PollView> items = await ReadAsync(visit, found, cancellationToken);
            StringBuilder text = new("number,poll,title,state,answer,confidence,votes,paid\n");
            foreach (PollView item in items.OrderBy(static item => item.Number)) text.Append(Row(item)).Append('\n');
            if (parsed.GetValue(target) is not { } file) Console.Out.Write(text);
            else await File.WriteAllTextAsync(file.FullName, text.ToString(), cancellationToken);
        });
        return command;
    }

    private static async Task<List<PollView>> ReadAsync(NodeVisit visit, BatchView batch, CancellationToken cancellationToken)
    {
        List<PollView> items = [];
        string? cursor = null;
        do
        {
            PollQuery query = new() { Batch = batch.Id, Cursor = cursor, Limit = ItemsAtOnce };
            Page<PollView> page = await visit.Client.PollsAsync(visit.Space.Id, query, cancellationToken);
            items.AddRange(page.Data);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return items;
    }

    private static string Row(PollView item)
    {
        string answer = item.Outcome?.Answer is { } code ? AnswerWords.Of(item, code) : "";
        string confidence = item.Outcome?.Confidence.ToString("0.0000", CultureInfo.InvariantCulture) ?? "";
        string[] fields =
        [
            item.Number?.ToString(CultureInfo.InvariantCulture) ?? "", item.Id, item.Content?.Title ?? "", item.State, answer,
            confidence, item.Votes.ToString(CultureInfo.InvariantCulture), item.Outcome?.Paid ?? "",
        ];
        return string.Join(',', fields.Select(Quoted));
    }

    private static string Quoted(string field) => field.AsSpan().IndexOfAny(",\"\r\n") < 0
        ? field
        : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
