using System.Text;

namespace ChainSpace.Node.Replay;

/// <summary>
/// Rows of comma-separated text (RFC 4180, line ends of any kind), each with the line it begins on, counted from one.
/// Empty lines are passed over. A stranger's file: what is wrong with it is told with its name and line.
/// </summary>
internal sealed class CsvReader(TextReader text, string name)
{
    private readonly StringBuilder field = new();
    private int line = 1;

    /// <summary>The next row; null at the end.</summary>
    public CsvRow? Next()
    {
        while (text.Peek() is '\r' or '\n') EndLine();
        if (text.Peek() < 0) return null;
        int start = line;
        List<string> fields = [];
        while (true)
        {
            fields.Add(text.Peek() == '"' ? Quoted() : Plain());
            if (text.Peek() != ',') break;
            text.Read();
        }

        if (text.Peek() >= 0 && text.Peek() is not ('\r' or '\n')) throw Fault(line, "text stands behind a closing quote");
        EndLine();
        return new CsvRow(start, fields);
    }

    /// <summary>The complaint about a line, in the form all complaints about files have.</summary>
    public ReplayException Fault(int at, string because) => new($"{name}, line {at}: {because}.");

    private string Plain()
    {
        field.Clear();
        while (text.Peek() is var next && next >= 0 && next is not (',' or '\r' or '\n'))
        {
            if (next == '"') throw Fault(line, "a quote stands inside a field that does not begin with one");
            field.Append((char)text.Read());
        }

        return field.ToString();
    }

    private string Quoted()
    {
        int start = line;
        field.Clear();
        text.Read();
        while (true)
        {
            int next = text.Read();
            if (next < 0) throw Fault(start, "a quoted field has no closing quote");
            if (next == '"')
            {
                if (text.Peek() != '"') return field.ToString();
                text.Read();
            }

            if (next == '\n') line++;
            field.Append((char)next);
        }
    }

    private void EndLine()
    {
        int first = text.Read();
        if (first < 0) return;
        if (first == '\r' && text.Peek() == '\n') text.Read();
        line++;
    }
}

/// <summary>One row and the line it begins on.</summary>
internal readonly record struct CsvRow(int Line, IReadOnlyList<string> Fields);
