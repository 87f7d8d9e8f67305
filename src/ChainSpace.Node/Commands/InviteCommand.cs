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
        Argument<string> task = new("TASK")
        {
            Description = "To what: id of a poll, or at least its first 6 digits; of a job with --job.",
        };
        Option<bool> isJob = new("--job") { Description = "It is a job." };
        Option<string> text = new("--text") { Description = "What to tell.", DefaultValueFactory = _ => "" };
        Command command = new("invite", "Ask an account to take part in a poll or a job.") { account, task, isJob, text };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            AccountId to = RevokeCommand.AccountOf(parsed.GetValue(account)!);
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            string wanted = parsed.GetValue(task)!;
            string found = parsed.GetValue(isJob)
                ? (await visit.Visit.JobAsync(wanted, cancellationToken)).Id
                : (await visit.Visit.PollAsync(wanted, cancellationToken)).Id;
            TaskId id = new(Bytes32.Parse(found));
            var refused = await visit.Attributes.InviteAsync(to, id, parsed.GetValue(text)!, cancellationToken);
            if (refused is not null) throw new Complaint(refused.Detail);
            if (parsed.GetValue<bool>(NodeOption.Json))
                Screen.Json(new InvitedLine(to.ToString(), found), CommandJson.Default.InvitedLine);
            else
                Screen.Line($"Invited {Wording.ShortAccount(to.ToString())} to {Wording.Short(found)}.");
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

/// <summary>Who was invited to which task.</summary>
internal sealed record InvitedLine(string To, string Task);
