using System.CommandLine;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace post</c>: asks a question and locks its reward.</summary>
internal static class PostCommand
{
    public static Command Create()
    {
        PostOptions options = new();
        ApplyOption apply = new();
        TurnoutOption turnout = new();
        JudgeOption judge = new();
        InvitationOptions invitations = new(isRequired: false);
        Command command = new(
            "post",
            "Post a poll and lock its reward. "
            + "Example: chainspace post --title \"Is this hail damage?\" --option Yes --option No --reward 10.00 --max 5");
        Option<string?> gold = new("--gold")
        {
            Description = "Commit to the answer you know; 'gold reveal' shows it when the poll has ended.",
        };
        Option<bool> likeGold = new("--like-gold")
        {
            Description = "Commit to nothing, so that nobody can tell this poll from those of yours with --gold.",
        };
        Option[] all = [.. options.All, .. invitations.All, turnout.Option, judge.Option, apply.Option, gold, likeGold];
        foreach (Option option in all) command.Options.Add(option);
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            Judged? judged = await judge.ReadAsync(parsed, visit.Visit, cancellationToken);
            PollDraft draft = options.Read(parsed, visit.Visit.Space, judged);
            bool isCounted = parsed.GetResult(turnout.Option) is not null || invitations.IsSaid(parsed);
            if (isCounted && (options.IsSaid(parsed, "--min") || options.IsSaid(parsed, "--max")))
                throw new Complaint("--turnout and --quorum say how many votes there have to be; leave --min and --max out.");
            draft = await invitations.ApplyAsync(parsed, visit.Visit, draft, cancellationToken);
            draft = await turnout.ApplyAsync(parsed, visit, draft, cancellationToken);
            draft = apply.Apply(parsed, draft);
            if (parsed.GetValue(likeGold)) draft = draft.LikeGold();
            Envelope message = KnownAnswer.Post(visit.Session.Author, draft, parsed.GetValue(gold));
            Sent.Accepted answer = await KnownAnswer.SendAsync(visit, message, cancellationToken);
            string reward = Wording.Amount(draft.Reward.ToString(), visit.Visit.Space);
            string kept = parsed.GetValue(gold) is null ? "" : "; its known answer is kept on this machine";
            visit.Print(answer, parsed, $"Posted \"{draft.Title}\", {reward} locked{kept}", $"poll {answer.Id}");
        });
        return command;
    }
}
