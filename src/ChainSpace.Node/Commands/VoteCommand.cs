using System.CommandLine;
using System.Text.Json;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Formats;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace vote</c>: answers a poll, sealed or openly as it demands.</summary>
internal static class VoteCommand
{
    public static Command Create()
    {
        Argument<string> poll = new("POLL") { Description = "Id of the poll, or at least its first 6 digits." };
        Argument<string> choice = new("ANSWER")
        {
            Description = "An option's text or number; Hate+Spam, B,A,C or 4.5, your own words, an address, JSON or the name "
                + "of a file where the poll's format asks so.",
        };
        Command command = new("vote", "Vote on a poll. Example: chainspace vote 0x3fa91c Yes") { poll, choice };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            PollView found = await visit.Visit.PollAsync(parsed.GetValue(poll)!, cancellationToken);
            if (ResponseFormat.TryRead(found.Format, (uint)found.Options) is OpenFormat open)
            {
                AnswerDraft draft = Draft(open, parsed.GetValue(choice)!);
                TaskId id = new(Bytes32.Parse(found.Id));
                Sent.Accepted said = await visit.SendAsMemberAsync(
                    session => session.AnswerAsync(id, draft, cancellationToken), cancellationToken);
                visit.Print(said, parsed, $"Answered \"{draft.Read()!.Shown}\", sealed until voting ends");
                return;
            }

            int code = CodeOf(found, parsed.GetValue(choice)!);
            Sent.Accepted answer = await visit.SendAsMemberAsync(
                session => session.VoteAsync(found, code, cancellationToken), cancellationToken);
            string text = AnswerWords.Of(found, code);
            visit.Print(answer, parsed, $"Voted \"{text}\"{(found.Voting == "sealed" ? ", sealed until voting ends" : "")}");
        });
        return command;
    }

    private static AnswerDraft Draft(OpenFormat format, string answer)
    {
        try
        {
            AnswerDraft draft = format.Kind switch
            {
                "text" => AnswerDraft.Text(answer),
                "url" => AnswerDraft.Url(answer),
                "json" => AnswerDraft.Json(answer),
                _ => AnswerDraft.File(Path.GetFileName(answer), "application/octet-stream", File.ReadAllBytes(answer)),
            };
            return draft.Read() is null ? throw new Complaint($"'{answer}' is no {format.Kind} that can be an answer.") : draft;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new Complaint($"'{answer}' cannot be read as {format.Kind}: {exception.Message.TrimEnd('.')}.");
        }
    }

    private static int CodeOf(PollView poll, string choice)
    {
        if (AnswerWords.Read(poll, choice) is { } code) return (int)code;
        IReadOnlyList<string> texts = poll.Content?.Options ?? [];
        string answers = texts.Count > 0 ? ": " + string.Join(", ", texts.Select(Screen.Printable)) : "";
        throw new Complaint($"'{choice}' is no answer of this poll; take {AnswerWords.Hint(poll)}{answers}.");
    }
}
