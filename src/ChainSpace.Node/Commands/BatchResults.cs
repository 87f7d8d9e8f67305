using System.CommandLine;
using System.Globalization;
using System.Text;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace batch results</c>: the items of a batch as CSV, in their order, whatever state they are in.</summary>
internal static class BatchResults
{
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
            BatchView found = await visit.BatchAsync(parsed.GetValue(batch)!, cancellationToken);
            IReadOnlyList<PollView> items = await visit.ItemsAsync(found, cancellationToken);
            StringBuilder text = new("number,poll,title,state,answer,leading,confidence,belief,votes,paid,gold\n");
            foreach (PollView item in items) text.Append(Row(item)).Append('\n');
            if (parsed.GetValue(target) is not { } file) Console.Out.Write(text);
            else await File.WriteAllTextAsync(file.FullName, text.ToString(), cancellationToken);
        });
        return command;
    }

    private static string Row(PollView item)
    {
        // Votes may lead somewhere without being certain, or many, enough to make it the answer.
        string leading = item.Outcome?.Answer is { } code ? AnswerWords.OfConsensus(item, code) : "";
        bool isAnswer = item.State is "closed" or "raffle";
        string gold = item.GoldAnswer is { } known ? AnswerWords.OfConsensus(item, known) : "";
        string[] fields =
        [
            item.Number?.ToString(CultureInfo.InvariantCulture) ?? "", item.Id, item.Content?.Title ?? "", item.State,
            isAnswer ? leading : "", isAnswer ? "" : leading, Share(item.Outcome?.Confidence), Share(item.Outcome?.Belief),
            item.Votes.ToString(CultureInfo.InvariantCulture), item.Outcome?.Paid ?? "", gold,
        ];
        return string.Join(',', fields.Select(Quoted));
    }

    private static string Share(double? share) => share?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "";

    private static string Quoted(string field) => field.AsSpan().IndexOfAny(",\"\r\n") < 0
        ? field
        : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
