using System.CommandLine;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace withdraw</c>: available money joins what the vault pays out.</summary>
internal static class WithdrawCommand
{
    public static Command Create()
    {
        Argument<string> amount = new("AMOUNT") { Description = "How much, e.g. 2.50; it can be claimed once it is anchored." };
        Command command = new(
            "withdraw",
            "Take available money out of a space; 'claim' fetches it from the chain. Example: chainspace withdraw 2.50")
        {
            amount,
        };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            Amount money = Wording.ReadAmount(parsed.GetValue(amount)!, visit.Visit.Space);
            Sent.Accepted answer = await visit.SendAsync(session => session.WithdrawAsync(money, cancellationToken));
            string text = Wording.Amount(money.ToString(), visit.Visit.Space);
            visit.Print(answer, parsed, $"{text} withdrawn", "It can be claimed when the next anchor is good; see 'anchors'.");
        });
        return command;
    }
}
