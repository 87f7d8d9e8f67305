using System.Globalization;
using System.Text;

namespace ChainSpace.Node.Templates;

/// <summary>How templates are shown to people.</summary>
internal static class TemplateWords
{
    /// <summary>The page docs/templates.md.</summary>
    public static string Page(IEnumerable<TaskTemplate> templates)
    {
        StringBuilder page = new("""
            # Templates

            Terms that are usually right for a kind of task, and why. `chainspace templates` lists them, and
            `chainspace post --template NAME --title "…" --reward 10.00` posts by one; what you say yourself wins over the
            template. What stands in [brackets] is yours to fill in with `--description`. `GET /v1/templates` is for programs.
            A template of a job says what to agree on; its terms are words for people.

            """);
        foreach (TaskTemplate template in templates)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {template.Name}\n\n{template.Summary} (a {template.Kind})\n\n");
            page.Append("| | |\n|---|---|\n");
            foreach ((string name, string value) in Rows(template))
                page.Append("| ").Append(name).Append(" | ").Append(Cell(value)).Append(" |\n");
            page.Append(CultureInfo.InvariantCulture, $"\n**Why.** {template.Reason}\n\n");
            page.Append(CultureInfo.InvariantCulture, $"**Better answers.** {template.Quality}\n");
        }

        return page.ToString().ReplaceLineEndings("\n");
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>Its terms, one a row.</summary>
    public static IEnumerable<(string Name, string Value)> Rows(TaskTemplate template)
    {
        (string Name, string? Value)[] rows =
        [
            ("title, for example", template.Title),
            ("description", template.Instruction),
            ("format", template.Format),
            ("options", template.Options.Count == 0 ? null : string.Join(" · ", template.Options)),
            ("category", template.Category),
            ("votes", template.Maximum is null ? null : $"{template.Minimum} to {template.Maximum}, {template.Voting}"),
            ("confidence", template.Confidence is null or 0 ? null : Percent(template.Confidence.Value)),
            ("aggregation", template.Aggregation),
            ("payout", template.Payout is null ? null : $"{template.Payout}; without an answer {template.Inconclusive}"),
            ("deadline", template.Deadline),
            ("voters", template.Voters),
            .. (template.Job ?? new Dictionary<string, string>()).OrderBy(static each => each.Key, StringComparer.Ordinal)
                .Select(static each => (each.Key, (string?)each.Value)),
        ];
        return rows.Where(static row => row.Value is not null).Select(static row => (row.Name, row.Value!));
    }

    private static string Percent(uint points) => (points / 10_000m).ToString("0.####", CultureInfo.InvariantCulture);
}
