using System.CommandLine;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace post</c>: asks a question and locks its reward.</summary>
internal static class PostCommand
{
    public static Command Create()
    {
        PostOptions options = new();
        InvitationOptions invitations = new(isRequired: false);
        Command command = new(
            "post",
            "Post a poll and lock its reward. "
            + "Example: chainspace post --title \"Is this hail damage?\" --option Yes --option No --reward 10.00 --max 5");
        foreach (Option option in (IEnumerable<Option>)[.. options.All, .. invitations.All]) command.Options.Add(option);
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            PollDraft draft = options.Read(parsed, visit.Visit.Space);
            draft = await invitations.ApplyAsync(parsed, visit.Visit, draft, cancellationToken);
            Sent.Accepted answer = await visit.SendAsMemberAsync(
                session => session.PostPollAsync(draft, cancellationToken), cancellationToken);
            string reward = Wording.Amount(draft.Reward.ToString(), visit.Visit.Space);
            visit.Print(answer, parsed, $"Posted \"{draft.Title}\", {reward} locked", $"poll {answer.Id}");
        });
        return command;
    }
}
