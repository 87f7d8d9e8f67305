using System.CommandLine;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace invite</c> and <c>invitations</c>: asks people to take part, and lists who asked.</summary>
internal static class InviteCommand
{
    public static Command Create()
    {
        Argument<string> account = new("ACCOUNT") { Description = "Whom to ask." };
        Argument<string> poll = new("POLL") { Description = "To what: id of a poll, or at least its first 6 digits." };
        Option<string> text = new("--text") { Description = "What to tell.", DefaultValueFactory = _ => "" };
        Command command = new("invite", "Ask an account to take part in a poll.") { account, poll, text };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            AccountId to = RevokeCommand.AccountOf(parsed.GetValue(account)!);
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            PollView found = await visit.Visit.PollAsync(parsed.GetValue(poll)!, cancellationToken);
            TaskId task = new(Bytes32.Parse(found.Id));
            var refused = await visit.Attributes.InviteAsync(to, task, parsed.GetValue(text)!, cancellationToken);
            if (refused is not null) throw new Complaint(refused.Detail);
            Screen.Line($"Invited {Wording.ShortAccount(to.ToString())} to poll {Wording.Short(found.Id)}.");
        });
        return command;
    }

    public static Command CreateList()
    {
        Command command = new("invitations", "List who invites you to what.");
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            Page<InvitationView> found = AttributesCommand.Take(await visit.Attributes.InvitationsAsync(cancellationToken));
            if (parsed.GetValue<bool>(NodeOption.Json))
            {
                Screen.Json(found, ClientJson.Default.PageInvitationView);
                return;
            }

            foreach (InvitationView each in found.Data)
            {
                string from = Wording.ShortAccount(each.From), task = Wording.Short(each.Task);
                Screen.Line($"{Wording.Moment(each.Moment)}  {from} to {task}  {each.Text}");
            }

            if (found.Data.Count == 0) Screen.Line($"Nobody has invited this account.");
        });
        return command;
    }
}
