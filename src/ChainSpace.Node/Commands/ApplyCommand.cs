using System.CommandLine;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Credentials;
using ChainSpace.Protocol.Filters;

namespace ChainSpace.Node.Commands;

/// <summary>
/// <c>chainspace apply</c>: shows the node what a poll's filter asks for, and nothing else of what is held, and asks to be
/// admitted.
/// </summary>
internal static class ApplyCommand
{
    public static Command Create()
    {
        Argument<string> poll = new("POLL") { Description = "Id of the poll, or at least its first 6 digits." };
        Option<bool> isAgreed = new("--yes") { Description = "Show what is asked for without being asked again." };
        Command command = new("apply", "Show what a poll asks for, and be let in. Example: chainspace apply 0x3fa91c")
        {
            poll, isAgreed,
        };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            PollView found = await visit.Visit.PollAsync(parsed.GetValue(poll)!, cancellationToken);
            Filter filter = FilterOf(found);
            await ShowAsync(visit, found, (filter, parsed.GetValue(isAgreed)), cancellationToken);
            TaskId id = new(Bytes32.Parse(found.Id));
            AdmissionView admitted = AttributesCommand.Take(await visit.Attributes.ApplyAsync(id, cancellationToken));
            if (parsed.GetValue<bool>(NodeOption.Json))
            {
                Screen.Json(admitted, ClientJson.Default.AdmissionView);
                return;
            }

            string when = admitted.Index is { } index ? $" (entry {index})" : " before";
            string next = found.Gather is { } gather
                ? $"the draw follows at {Wording.Moment(gather)}; see whether you have a seat with: chainspace inbox"
                : $"vote with: chainspace vote {Wording.Short(found.Id)}";
            Screen.Line($"Admitted{when}; {next}");
        });
        return command;
    }

    private static Filter FilterOf(PollView poll)
    {
        if (poll.Content?.Filter is not { } json || !FilterReader.TryRead(json, out Filter? filter, out _))
            throw new Complaint("This poll admits nobody by a filter; you can vote, or cannot, as you are.");
        Screen.Aside($"It asks for: {FilterWords.Of(filter)}.");
        if (poll.Content.Purpose is { } purpose) Screen.Aside($"The requester says why: {purpose}");
        return filter;
    }

    // What an issuer's credential has been shown of before is shown along, for the node keeps one presentation of each.
    private static async Task ShowAsync(
        SignedVisit visit, PollView poll, (Filter Filter, bool IsAgreed) asked, CancellationToken cancellationToken)
    {
        Page<PresentationView> kept = AttributesCommand.Take(await visit.Attributes.ExportAsync(cancellationToken));
        foreach ((_, SdJwt text, AttributeCredential held) in CredentialFolder.All(visit.Session.Author.Account))
        {
            PresentationView? before = kept.Data.FirstOrDefault(each => each.Issuer == held.Issuer.ToString());
            HashSet<string> shown = [.. before?.Attributes.Keys ?? []];
            string[] missing = [.. asked.Filter.AttributeNames
                .Where(name => held.Attributes.ContainsKey(name) && !shown.Contains(name))];
            if (missing.Length == 0) continue;
            Agree(missing, asked.IsAgreed, poll);
            bool isPublished = before?.IsPublished == true && !missing.Any(AttributeNames.IsSensitive);
            PresentationView view = await AttributesCommand.PresentAsync(
                visit, text, [.. shown, .. missing], isPublished, cancellationToken);
            string names = string.Join(", ", view.Attributes.Keys);
            Screen.Aside($"Shown to the node: {names}. Nothing of it is in the journal.");
        }
    }

    private static void Agree(string[] names, bool isAgreed, PollView poll)
    {
        if (isAgreed) return;
        string list = string.Join(", ", names);
        if (Console.IsInputRedirected) throw new Complaint($"This would show the node your {list}; say --yes if you want that.");
        Console.Error.Write($"Show the node your {list}, for poll {Wording.Short(poll.Id)}? [y/N] ");
        if (Console.ReadLine()?.Trim() is not ("y" or "Y" or "yes")) throw new Complaint("Nothing was shown.");
    }
}
