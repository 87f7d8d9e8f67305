using System.CommandLine;
using System.Globalization;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace profile</c>: what an account can prove of itself.</summary>
internal static class ProfileCommand
{
    public static Command Create()
    {
        Argument<string> account = NodeOption.Account("ACCOUNT");
        Command command = new("profile", "Show what an account can prove. Example: chainspace profile alice") { account };
        command.AddReading();
        command.Does(async (parsed, cancellationToken) =>
        {
            string id = RevokeCommand.AccountOf(parsed.GetValue(account)!).ToString();
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            ProfileView found = await visit.Client.ProfileAsync(visit.Space.Id, id, cancellationToken)
                ?? throw new Complaint($"{id} has not registered in the space {visit.Space.Name}.");
            if (parsed.GetValue<bool>(NodeOption.Json)) Screen.Json(found, ClientJson.Default.ProfileView);
            else Draw(found);
        });
        return command;
    }

    private static void Draw(ProfileView found)
    {
        Screen.Line($"{found.Id}");
        if (found.Attributes.Length > 0) Screen.Fact("says", found.Attributes);
        foreach (ReceiptCountView each in found.Receipts) Screen.Fact(each.Category, $"{each.Count} paid tasks");
        foreach (ReputationView each in found.Reputation)
        {
            string bound = each.LowerBound.ToString("0.000", CultureInfo.InvariantCulture);
            string evidence = string.Create(CultureInfo.InvariantCulture, $"{each.For:0.0} for, {each.Against:0.0} against");
            Screen.Fact(each.Category, $"at least {bound} (95 %), evidence {evidence}");
        }

        if (found.Party is { } party) Draw(party);
        foreach (CredentialView each in found.Credentials)
        {
            string issuer = each.IsSelfStated ? "itself" : Wording.ShortAccount(each.Issuer);
            foreach ((string name, System.Text.Json.JsonElement value) in each.Attributes)
                Screen.Fact(name, $"{value}, stated by {issuer}");
        }

        foreach (HistoryItem each in found.Entries)
            Screen.Fact($"entry {each.Index}", $"{each.Type}, {Wording.Moment(each.Moment)}");
        if (found.Entries.Count > 0) Screen.Line($"Prove an entry with: chainspace receipt {found.Entries[0].Index}");
    }

    private static void Draw(PartyView party)
    {
        if (party.Rating is { } rating)
        {
            string mean = rating.ToString("0.0", CultureInfo.InvariantCulture);
            Screen.Fact("rated", $"{mean} of 5 in {party.Ratings} {(party.Ratings == 1 ? "rating" : "ratings")} of jobs");
        }

        if (party.Posted == 0) return;
        string time = party.MedianPayHours is { } hours ? $"; half are paid within {Spans.OfSeconds(hours * 3_600L)}" : "";
        Screen.Fact(
            "as requester",
            $"{Wording.Jobs(party.Posted)}, {party.Accepted} accepted, {party.Silent} paid by silence, {party.Declined} declined "
            + $"({party.Upheld} upheld, {party.Overturned} overturned){time}");
    }
}
