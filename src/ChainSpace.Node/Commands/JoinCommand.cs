using System.CommandLine;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace join</c>: registers an account, or publishes other attributes of it.</summary>
internal static class JoinCommand
{
    public static Command Create()
    {
        Option<string> attributes = new("--attributes")
        {
            Description = "What anybody may know of you, as name=value joined by commas; polls can ask for it.",
            DefaultValueFactory = _ => "",
        };
        Command command = new(
            "join", "Register in a space. Example: chainspace join --attributes country=DE,skill=writing") { attributes };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            string sorted = string.Join(',', parsed.GetValue(attributes)!.Split(',').Order(StringComparer.Ordinal));
            Sent.Accepted answer = await visit.SendAsync(session => session.RegisterAsync(sorted, cancellationToken));
            visit.Print(answer, parsed, $"{visit.Session.Author.Account} is registered in the space {visit.Visit.Space.Name}");
        });
        return command;
    }
}
