using System.CommandLine;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace revoke</c>: ends a session at once.</summary>
internal static class RevokeCommand
{
    public static Command Create()
    {
        Argument<string> session = new("SESSION") { Description = "Account id of the session key, or its name." };
        Command command = new("revoke", "End a session at once. Example: chainspace revoke phone") { session };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            AccountId ended = AccountOf(parsed.GetValue(session)!);
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            Sent.Accepted answer = await visit.SendAsync(each => each.RevokeAsync(ended, cancellationToken));
            visit.Print(answer, parsed, $"{ended} speaks for you no more");
        });
        return command;
    }

    /// <summary>An account by its id, or by a key of this machine.</summary>
    public static AccountId AccountOf(string text) => new(
        Bytes32.TryParse(text, out Bytes32 id) ? id : Bytes32.Parse(KeyFolder.Describe(KeyFolder.FileOf(text)).Account));
}
