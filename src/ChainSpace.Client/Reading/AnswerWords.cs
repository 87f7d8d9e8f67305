using System.Globalization;
using ChainSpace.Protocol.Formats;

namespace ChainSpace.Client.Reading;

/// <summary>The answers of a poll as people read and write them: by the options' texts where they are known.</summary>
public static class AnswerWords
{
    private static readonly char[] Separators = ['+', '>', ','];

    /// <summary>What a vote says.</summary>
    public static string Of(PollView poll, int code) => FormatOf(poll) switch
    {
        OpinionFormat opinion when opinion.Accepts((uint)code) => Say(poll, opinion, code),
        { } format when format.Accepts((uint)code) => Named(poll, format, format.Write(code)),
        _ => Option(poll, code),
    };

    /// <summary>What the votes together say.</summary>
    public static string OfConsensus(PollView poll, int code) => FormatOf(poll) switch
    {
        { } format when format.AcceptsConsensus((uint)code) => Named(poll, format, format.WriteConsensus(code)),
        _ => Option(poll, code),
    };

    /// <summary>What a row of the outcome's counts counts.</summary>
    public static string OfRow(PollView poll, int row) => FormatOf(poll) switch
    {
        NumberFormat format => Bar(format, row, poll.Outcome!.Counts.Count),
        RankingFormat => Option(poll, row) + " first",
        OpenFormat => $"Answer {row + 1}",
        _ => Option(poll, row),
    };

    /// <summary>Whether a row of the outcome's counts belongs to its answer.</summary>
    public static bool IsInAnswer(PollView poll, int row) => (FormatOf(poll), poll.Outcome?.Answer) switch
    {
        (_, null) => false,
        (SetFormat, { } answer) => (answer >> row & 1) == 1,
        (NumberFormat format, { } answer) => RowOf(format, answer, poll.Outcome!.Counts.Count) == row,
        (OpenFormat, _) => false,
        (RankingFormat or PairFormat, { } answer) => Permutation.Decode(answer, poll.Options)[0] == row,
        (_, { } answer) => answer == row,
    };

    /// <summary>
    /// The code of a written answer; null where it is none. Options go by their text or their number from 1; several are
    /// joined by + or a comma, an order by &gt; or a comma, an opinion and its percentage by @.
    /// </summary>
    public static uint? Read(PollView poll, string answer)
    {
        if (FormatOf(poll) is not { } format) return null;
        if (format is NumberFormat or OpenFormat) return format.Read(answer);
        if (format.IsByOption && format is not OpinionFormat) return Number(poll, answer) is { } number ? (uint)number : null;
        if (format is OpinionFormat) return ReadOpinion(poll, format, answer);
        string joint = format is SetFormat ? "+" : ">";
        IEnumerable<string> numbers = answer == "-"
            ? [answer]
            : answer.Split(Separators).Select(part => Number(poll, part)?.ToString(CultureInfo.InvariantCulture) ?? "?");
        return format.Read(string.Join(joint, numbers));
    }

    /// <summary>
    /// The code of an answer before there is a poll, where one option is the answer: by its text or its number from 1. Null where
    /// it is none, or the format is another.
    /// </summary>
    public static uint? Read(string format, IReadOnlyList<string> options, string answer)
    {
        ArgumentNullException.ThrowIfNull(options);
        ResponseFormat? read = ResponseFormat.TryRead(format, (uint)options.Count);
        if (read is not { IsByOption: true } || Number(options, options.Count, answer) is not { } option) return null;
        // What others are thought to say has no part in what is true.
        return read is OpinionFormat ? read.Read(FormattableString.Invariant($"{option}@50")) : (uint)option;
    }

    /// <summary>What an answer must look like, in a few words.</summary>
    public static string Hint(PollView poll) => FormatOf(poll) switch
    {
        SetFormat { MayBeEmpty: true } => "any of the options joined by +, or - for none",
        SetFormat => "one or more of the options joined by +",
        RankingFormat => "all options in order, the best first, joined by commas",
        PairFormat => "two options joined by a comma, the better first",
        OpinionFormat => "an option, @, and the percentage of the others that will choose option 2, such as 1@35",
        OpenFormat { Kind: "text" } => "your own words",
        OpenFormat { Kind: "url" } => "an address such as https://example.org/page",
        OpenFormat { Kind: "json" } => "JSON that fits the poll's schema",
        OpenFormat { Kind: "file" } => "a file of at most 40,000 bytes",
        NumberFormat format => $"a number from {format.Write(0)} to {format.Write(format.Steps)} in steps of {Step(format)}",
        _ => $"one of the options, or its number from 1 to {poll.Options}",
    };

    private static ResponseFormat? FormatOf(PollView poll) => ResponseFormat.TryRead(poll.Format, (uint)poll.Options);

    private static string Step(NumberFormat format) => format.Step.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Say(PollView poll, OpinionFormat format, int code)
    {
        string percent = Math.Round(100 * OpinionFormat.PredictionOf(code)).ToString(CultureInfo.InvariantCulture);
        return $"{Option(poll, format.OptionOf(code))}; {percent} % will say {Option(poll, 1)}";
    }

    private static string Named(PollView poll, ResponseFormat format, string written)
    {
        if (format is NumberFormat or OpenFormat) return written;
        if (written == "-") return "None of them";
        string joint = format is SetFormat ? " + " : " > ";
        IEnumerable<int> options = written.Split(Separators).Select(static n => int.Parse(n, CultureInfo.InvariantCulture));
        return string.Join(joint, options.Select(option => Option(poll, option)));
    }

    private static string Option(PollView poll, int option) =>
        poll.Content is { } content && option >= 0 && option < content.Options.Count
            ? content.Options[option]
            : $"Option {option + 1}";

    // A text that is an option wins over a number, so that an option "2" means what it says.
    private static int? Number(PollView poll, string answer) => Number(poll.Content?.Options ?? [], poll.Options, answer);

    private static int? Number(IReadOnlyList<string> texts, int options, string answer)
    {
        string wanted = answer.Trim();
        for (int option = 0; option < texts.Count; option++)
        {
            if (string.Equals(texts[option], wanted, StringComparison.OrdinalIgnoreCase)) return option;
        }

        bool isNumber = int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        return isNumber && number >= 1 && number <= options ? number - 1 : null;
    }

    private static uint? ReadOpinion(PollView poll, ResponseFormat format, string answer)
    {
        int at = answer.LastIndexOf('@');
        if (at < 0 || Number(poll, answer[..at]) is not { } option) return null;
        return format.Read(FormattableString.Invariant($"{option}@{answer[(at + 1)..].Trim().TrimEnd('%').Trim()}"));
    }

    private static int RowOf(NumberFormat format, int code, int rows) => (int)(code * (long)rows / ((long)format.Steps + 1));

    // The steps of a tenth: from the first whose row it is to the last.
    private static string Bar(NumberFormat format, int row, int rows)
    {
        long steps = (long)format.Steps + 1;
        int first = (int)((row * steps + rows - 1) / rows), last = (int)(((row + 1) * steps + rows - 1) / rows) - 1;
        return last < first ? "-" : first == last ? format.Write(first) : $"{format.Write(first)} to {format.Write(last)}";
    }
}
