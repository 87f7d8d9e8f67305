using System.Globalization;

namespace ChainSpace.Client.Reading;

/// <summary>Items of a batch as lines of CSV (RFC 4180), as docs/batches.md lists the columns.</summary>
public static class ResultLines
{
    public const string Header = "number,poll,title,state,answer,leading,confidence,belief,votes,paid,gold";

    /// <summary>One line, without its end.</summary>
    public static string Of(PollView item)
    {
        ArgumentNullException.ThrowIfNull(item);
        // Votes may lead somewhere without being certain, or many, enough to make it the answer.
        string leading = item.Outcome is { Answer: { } code } outcome
            ? outcome.Words ?? AnswerWords.OfConsensus(item, code)
            : "";
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
