using System.CommandLine;
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
        Argument<string> choice = new("ANSWER")
        {
            Description = "An option's text or number; Hate+Spam, B,A,C or 4.5 where the poll's format asks so.",
        };
        Command command = new("vote", "Vote on a poll. Example: chainspace vote 0x3fa91c Yes") { poll, choice };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            PollView found = await visit.Visit.PollAsync(parsed.GetValue(poll)!, cancellationToken);
            int code = CodeOf(found, parsed.GetValue(choice)!);
            Sent.Accepted answer = await visit.SendAsMemberAsync(
                session => session.VoteAsync(found, code, cancellationToken), cancellationToken);
            string text = AnswerWords.Of(found, code);
            visit.Print(answer, parsed, $"Voted \"{text}\"{(found.Voting == "sealed" ? ", sealed until voting ends" : "")}");
        });
        return command;
    }

    private static int CodeOf(PollView poll, string choice)
    {
        if (AnswerWords.Read(poll, choice) is { } code) return (int)code;
        IReadOnlyList<string> texts = poll.Content?.Options ?? [];
        string answers = texts.Count > 0 ? ": " + string.Join(", ", texts.Select(Screen.Printable)) : "";
        throw new Complaint($"'{choice}' is no answer of this poll; take {AnswerWords.Hint(poll)}{answers}.");
    }
}
