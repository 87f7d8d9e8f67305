using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace attest</c>: the operator says which accounts are one person's.</summary>
internal static class AttestCommand
{
    public static Command Create()
    {
        Argument<string> account = new("ACCOUNT") { Description = "Id of the account, or name of one of your keys." };
        Option<uint> level = NodeOption.Count("--level", 1, "How sure it is that this is a person: 0 takes it back, to 3.");
        Option<string?> person = new("--person")
        {
            Description = "What tells the person from others, with something secret in it: only its hash is sent.",
        };
        Command command = new(
            "attest",
            "As the operator, say whose account this is: one person, one seat, one vote. "
            + "Example: chainspace attest 0x00… --person \"salt 7f3a, passport 123\" --key operator.json")
        {
            account, level, person,
        };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            AccountId to = RevokeCommand.AccountOf(parsed.GetValue(account)!);
            uint sure = parsed.GetValue(level);
            string said = parsed.GetValue(person) ?? "";
            if (sure > 0 && said.Length == 0) throw new Complaint("Say with --person who it is; only a hash of it is sent.");
            Bytes32 cluster = sure == 0 ? default : Bytes32.Read(SHA256.HashData(Encoding.UTF8.GetBytes(said)));
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            Sent.Accepted answer = await visit.SendAsync(
                session => session.AttestAsync(to, sure, cluster, cancellationToken));
            visit.Print(answer, parsed, $"{Wording.ShortAccount(to.ToString())} stands at level {sure}");
        });
        return command;
    }
}
