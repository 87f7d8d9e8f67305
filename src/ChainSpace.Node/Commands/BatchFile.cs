using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Node.Replay;

namespace ChainSpace.Node.Commands;

/// <summary>One item of a batch as it stands in its file.</summary>
/// <param name="Line">Line of the file.</param>
/// <param name="Title">What is asked about, such as the text to label or the address of an image.</param>
/// <param name="Description">What more a voter must know; empty for none.</param>
/// <param name="Gold">The answer that is known, empty where none is; null where the file has no such column.</param>
internal sealed record BatchLine(int Line, string Title, string Description, string? Gold);

/// <summary>
/// Items in a CSV file whose first row names the columns: <c>title</c>, and <c>description</c> and <c>gold</c> if wanted.
/// </summary>
internal static class BatchFile
{
    private const int TitleLimit = 200;

    public static IReadOnlyList<BatchLine> Read(FileInfo file)
    {
        if (!file.Exists) throw new Complaint($"There is no file {file.FullName}.");
        try
        {
            using StreamReader text = file.OpenText();
            return Read(new CsvReader(text, file.Name));
        }
        catch (ReplayException exception)
        {
            throw new Complaint(exception.Message);
        }
    }

    private static List<BatchLine> Read(CsvReader rows)
    {
        IReadOnlyList<string> header = rows.Next()?.Fields ?? [];
        int title = Column(header, "title"), description = Column(header, "description"), gold = Column(header, "gold");
        if (title < 0) throw rows.Fault(1, "the first row must name the columns, one of them 'title'");
        List<BatchLine> items = [];
        while (rows.Next() is { } row)
        {
            if (row.Fields.Count != header.Count)
                throw rows.Fault(row.Line, $"it has {row.Fields.Count} fields, and the first row {header.Count}");
            string about = row.Fields[title];
            if (about.Length is < 1 or > TitleLimit) throw rows.Fault(row.Line, "a title has 1 to 200 characters");
            string? known = gold < 0 ? null : row.Fields[gold].Trim();
            items.Add(new BatchLine(row.Line, about, description < 0 ? "" : row.Fields[description], known));
        }

        return items.Count > 0 ? items : throw rows.Fault(1, "there are no items");
    }

    private static int Column(IReadOnlyList<string> header, string name)
    {
        for (int column = 0; column < header.Count; column++)
        {
            if (header[column].Trim() == name) return column;
        }

        return -1;
    }
}
