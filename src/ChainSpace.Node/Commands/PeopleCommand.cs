using System.CommandLine;
using System.Globalization;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace people</c>: finds accounts by what they can prove, or says about how many there are.</summary>
internal static class PeopleCommand
{
    public static Command Create()
    {
        Option<string> filter = new("--filter") { Description = "JSON of spec/filters.md, or a file of it.", Required = true };
        Option<bool> isCount = new("--count")
        {
            Description = "About how many there are, attributes shown only to the node included; needs your key.",
        };
        Option<string?> purpose = new("--purpose") { Description = "Why you ask; needed where something sensitive is asked." };
        Command command = new("people", "Find people by proofs. Example: "
            + "chainspace people --filter '{\"receipts\":{\"category\":\"translation\",\"ge\":20}}'")
        {
            filter, isCount, purpose,
        };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            (System.Text.Json.JsonElement json, _) = FilterChoice.Parse(parsed.GetValue(filter)!);
            if (parsed.GetValue(isCount))
            {
                using SignedVisit signed = await SignedVisit.OpenAsync(parsed, cancellationToken);
                CountView count = AttributesCommand.Take(
                    await signed.Attributes.CountAsync(json, parsed.GetValue(purpose), cancellationToken));
                if (parsed.GetValue<bool>(NodeOption.Json)) Screen.Json(count, ClientJson.Default.CountView);
                else Screen.Line($"About {count.Count} accounts (with noise, in steps of {count.Step}).");
                return;
            }

            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            Page<PersonView> found = await visit.Client.PeopleAsync(visit.Space.Id, json.GetRawText(), cancellationToken);
            if (parsed.GetValue<bool>(NodeOption.Json)) Screen.Json(found, ClientJson.Default.PagePersonView);
            else Draw(found);
        });
        return command;
    }

    private static void Draw(Page<PersonView> found)
    {
        foreach (PersonView person in found.Data)
        {
            Screen.Line($"{person.Id}");
            if (person.Attributes.Length > 0) Screen.Fact("says", person.Attributes);
            foreach (ReceiptCountView each in person.Receipts) Screen.Fact(each.Category, $"{each.Count} paid tasks");
            foreach (ReputationView each in person.Reputation)
                Screen.Fact(each.Category, $"at least {each.LowerBound.ToString("0.000", CultureInfo.InvariantCulture)} (95 %)");
        }

        if (found.Data.Count == 0) Screen.Line($"Nobody meets the filter by what is public.");
    }
}
