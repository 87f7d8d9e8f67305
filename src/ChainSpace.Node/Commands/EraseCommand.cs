using System.CommandLine;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace erase</c>: the words of a poll are forgotten, its outcome is not.</summary>
internal static class EraseCommand
{
    public static Command Create()
    {
        Argument<string> poll = new("POLL") { Description = "Id of the poll, or at least its first 6 digits." };
        Command command = new(
            "erase",
            "Erase title, description and options of your poll; votes and outcome stay. Example: chainspace erase 0x3fa91c")
        {
            poll,
        };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            PollView found = await visit.Visit.PollAsync(parsed.GetValue(poll)!, cancellationToken);
            TaskId id = new(Bytes32.Parse(found.Id));
            Sent.Accepted answer = await visit.SendAsync(session => session.EraseAsync(id, cancellationToken));
            visit.Print(answer, parsed, "Erased");
        });
        return command;
    }
}
