using System.CommandLine;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace cancel</c>.</summary>
internal static class CancelCommand
{
    public static Command Create()
    {
        Argument<string> poll = new("POLL") { Description = "Id of the poll, or at least its first 6 digits." };
        Command command = new(
            "cancel", "Take back your poll while nobody has voted; the reward returns. Example: chainspace cancel 0x3fa91c")
        {
            poll,
        };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            PollView found = await visit.Visit.PollAsync(parsed.GetValue(poll)!, cancellationToken);
            TaskId id = new(Bytes32.Parse(found.Id));
            Sent.Accepted answer = await visit.SendAsync(session => session.CancelAsync(id, cancellationToken));
            visit.Print(answer, parsed, "Cancelled; the reward has returned");
        });
        return command;
    }
}
