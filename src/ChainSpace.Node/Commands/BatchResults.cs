using System.CommandLine;
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
            StringBuilder text = new(ResultLines.Header + "\n");
            foreach (PollView item in items) text.Append(ResultLines.Of(item)).Append('\n');
            if (parsed.GetValue(target) is not { } file) Console.Out.Write(text);
            else await File.WriteAllTextAsync(file.FullName, text.ToString(), cancellationToken);
        });
        return command;
    }
}
