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

            Terms that are usually right for a kind of task, and why. `chainspace templates` lists them. What you say yourself
            wins over the template; without `--title` its example of one serves.

            ```sh
            chainspace post --template moderation --description "Post: … Rule: …" --reward 2.00
            chainspace batch post items.csv --template labelling --option Cat --option Dog --reward 0.30
            chainspace job post --template coding --tests suite.json --description "Problem: … Sample: …" --reward 20.00
            ```

            What stands in [brackets] is yours to fill in with `--description`, or nothing is posted. In a batch each item is
            what is asked about, so those sentences are left out; an item without a description has that of its batch. Of a job,
            title, description, category, lease and review are taken; its other terms are words for people.
            `GET /v1/templates` is for programs.

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
