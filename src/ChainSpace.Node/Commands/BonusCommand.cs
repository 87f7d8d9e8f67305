using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace bonus</c>: the requester of a poll pays somebody something beyond what was agreed.</summary>
internal static class BonusCommand
{
    public static Command Create()
    {
        Argument<string> poll = new("POLL") { Description = "Id of your poll, or at least its first 6 digits." };
        Argument<string> payee = new("ACCOUNT") { Description = "Who earns it: an account's id, or one of your keys." };
        Argument<string> amount = new("AMOUNT") { Description = "How much, e.g. 0.50; minor units without a point." };
        Option<string> note = new("--note")
        {
            Description = "What you say with it; only its SHA-256 goes into the journal.",
            DefaultValueFactory = _ => "",
        };
        Command command = new("bonus", "Pay an extra to a voter of your poll. Example: chainspace bonus 0x3fa91c ben 0.50")
        {
            poll, payee, amount, note,
        };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            AccountId to = RevokeCommand.AccountOf(parsed.GetValue(payee)!);
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            PollView found = await visit.Visit.PollAsync(parsed.GetValue(poll)!, cancellationToken);
            Amount money = Wording.ReadAmount(parsed.GetValue(amount)!, visit.Visit.Space);
            TaskId task = new(Bytes32.Parse(found.Id));
            Bytes32 said = Hash(parsed.GetValue(note)!);
            Sent.Accepted answer = await visit.SendAsync(
                session => session.BonusAsync(task, to, (money, said), cancellationToken));
            visit.Print(answer, parsed, $"{Wording.Amount(money.ToString(), visit.Visit.Space)} more for {to}");
        });
        return command;
    }

    private static Bytes32 Hash(string note) =>
        note.Length == 0 ? default : Bytes32.Read(SHA256.HashData(Encoding.UTF8.GetBytes(note)));
}
