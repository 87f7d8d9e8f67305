using System.CommandLine;
using System.Globalization;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace vote</c>: answers a poll, sealed or openly as it demands.</summary>
internal static class VoteCommand
{
    public static Command Create()
    {
        Argument<string> poll = new("POLL") { Description = "Id of the poll, or at least its first 6 digits." };
        Argument<string> choice = new("CHOICE") { Description = "The answer's text, or its number in 'show poll'." };
        Command command = new("vote", "Vote on a poll. Example: chainspace vote 0x3fa91c Yes") { poll, choice };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            PollView found = await visit.Visit.PollAsync(parsed.GetValue(poll)!, cancellationToken);
            int option = OptionOf(found, parsed.GetValue(choice)!);
            Sent.Accepted answer = await visit.SendAsMemberAsync(
                session => session.VoteAsync(found, option, cancellationToken), cancellationToken);
            string text = found.Content?.Options[option] ?? $"option {option + 1}";
            visit.Print(answer, parsed, $"Voted \"{text}\"{(found.Voting == "sealed" ? ", sealed until voting ends" : "")}");
        });
        return command;
    }

    // A text that is an answer wins over a number, so that an answer "2" means what it says.
    private static int OptionOf(PollView poll, string choice)
    {
        IReadOnlyList<string> texts = poll.Content?.Options ?? [];
        for (int option = 0; option < texts.Count; option++)
        {
            if (string.Equals(texts[option], choice.Trim(), StringComparison.OrdinalIgnoreCase)) return option;
        }

        bool isNumber = int.TryParse(choice, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        if (isNumber && number >= 1 && number <= poll.Options) return number - 1;
        string answers = texts.Count > 0 ? ": " + string.Join(", ", texts.Select(Screen.Printable)) : "";
        throw new Complaint($"'{choice}' is no answer of this poll; take 1 to {poll.Options}{answers}.");
    }
}
