using System.CommandLine;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Commands.Terminal;

/// <summary>A verb that does one thing to one poll and needs to know nothing else.</summary>
internal static class PollAct
{
    /// <param name="done">What is said when it has happened.</param>
    public static Command Create(
        string verb, string description, string done, Func<SpaceSession, TaskId, CancellationToken, Task<Sent>> act)
    {
        Argument<string> poll = new("POLL") { Description = "Id of the poll, or at least its first 6 digits." };
        Command command = new(verb, description) { poll };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            PollView found = await visit.Visit.PollAsync(parsed.GetValue(poll)!, cancellationToken);
            TaskId id = new(Bytes32.Parse(found.Id));
            Sent.Accepted answer = await visit.SendAsync(session => act(session, id, cancellationToken));
            visit.Print(answer, parsed, done);
        });
        return command;
    }
}
