using System.CommandLine;
using System.Globalization;
using System.Text;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace receipt</c>: fetches the portable proof of an entry.</summary>
internal static class ReceiptCommand
{
    // A checkpoint comes about every second.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6), Pause = TimeSpan.FromMilliseconds(250);

    public static Command Create()
    {
        Argument<string> index = new("INDEX") { Description = "Entry, as the verbs and your history name it." };
        Option<FileInfo?> target = new("--out") { Description = "File to write; else the receipt is printed." };
        Command command = new("receipt", "Fetch the proof of an entry. Example: chainspace receipt 12 --out receipt.json")
        {
            index, target,
        };
        command.AddReading();
        command.Does(async (parsed, cancellationToken) =>
        {
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            byte[] json = Screen.Bytes(
                await FetchAsync(visit, parsed.GetValue(index)!, cancellationToken), ClientJson.Default.ReceiptDocument);
            if (parsed.GetValue(target) is not { } file)
            {
                Console.Out.WriteLine(Encoding.UTF8.GetString(json));
                return;
            }

            await File.WriteAllBytesAsync(file.FullName, json, cancellationToken);
            Screen.Aside($"Wrote {file}; check it with: chainspace verify {file}");
        });
        return command;
    }

    /// <summary>Waits for the checkpoint where the entry is new.</summary>
    public static async Task<ReceiptDocument> FetchAsync(NodeVisit visit, string text, CancellationToken cancellationToken)
    {
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long index))
            throw new Complaint($"'{text}' is no entry; entries are counted 0, 1, 2 and so on.");
        for (TimeSpan waited = TimeSpan.Zero; waited < Patience; waited += Pause)
        {
            if (await visit.Client.ReceiptAsync(visit.Space.Id, index, cancellationToken) is { } receipt) return receipt;
            string size = (await visit.Client.SpaceAsync(visit.Space.Id, cancellationToken))?.Size ?? "0";
            bool isThere = index < long.Parse(size, CultureInfo.InvariantCulture);
            if (!isThere && waited > 2 * Pause) throw new Complaint($"There is no entry {index} yet; the journal has {size}.");
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }

        throw new Complaint($"No checkpoint covers entry {index} yet; ask again later.");
    }
}
