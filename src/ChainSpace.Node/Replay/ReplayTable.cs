using System.Globalization;
using Spectre.Console;

namespace ChainSpace.Node.Replay;

/// <summary>The report as people read it.</summary>
internal static class ReplayTable
{
    public static void Write(IAnsiConsole console, ReplayReport report, string category)
    {
        Table table = new Table().Border(TableBorder.Rounded).HideHeaders();
        table.Title($"[bold]Replay of {Markup.Escape(category)}[/]");
        table.AddColumn("").AddColumn(new TableColumn("").RightAligned());
        Row(table, "Polls", Whole(report.Items));
        Row(table, "Votes in the file", Whole(report.Votes));
        Row(table, "Votes accepted", Whole(report.VotesUsed));
        Row(table, "Votes saved", Share(report.VotesSavedShare));
        Row(table, "Accepted per second", Whole((long)report.AcceptedPerS));
        foreach ((string code, long count) in report.Refused) Row(table, $"Refused: {code}", Whole(count));
        table.AddEmptyRow();
        Row(table, "Accuracy of the majority", Share(report.AccuracyMajority));
        Row(table, "Accuracy of the consensus", Share(report.AccuracyConsensus));
        Row(table, "Accuracy of closed polls", Share(report.AccuracyClosed));
        Row(table, "Polls closed", Share(report.ClosedShare));
        Row(table, "Reputation against accuracy (rank)", report.ReputationRankCorrelation is { } rank
            ? rank.ToString("0.00", CultureInfo.InvariantCulture)
            : "–");
        table.AddEmptyRow();
        Row(table, "Money locked", Whole(report.MoneyIn));
        Row(table, "Money paid and refunded", Mark(report.MoneyCheck, Whole(report.MoneyOut)));
        Row(table, "Receipts verified", Whole(report.ReceiptsVerified));
        Row(table, "Audit", Mark(report.Audit == "ok", Markup.Escape(report.Audit)));
        console.Write(table);
    }

    private static void Row(Table table, string name, string value) => table.AddRow(Markup.Escape(name), value);

    private static string Mark(bool isRight, string text) => isRight ? $"[green]{text}[/]" : $"[red]{text}[/]";

    private static string Whole(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Share(double? share) =>
        share is { } known ? $"{(100 * known).ToString("0.0", CultureInfo.InvariantCulture)} %" : "–";
}
