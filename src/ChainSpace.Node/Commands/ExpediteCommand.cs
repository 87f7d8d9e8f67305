using System.CommandLine;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace expedite</c>: pays for an early anchor of everything so far.</summary>
internal static class ExpediteCommand
{
    public static Command Create()
    {
        Argument<string> amount = new("AMOUNT") { Description = "What an anchor in time is worth to you, e.g. 0.50." };
        Option<string> within = new("--within")
        {
            Description = "How long it may take, at most 7d.",
            DefaultValueFactory = _ => "10m",
        };
        Command command = new(
            "expedite",
            "Pay for an anchor of everything so far, or get it back. Example: chainspace expedite 0.50 --within 10m")
        {
            amount, within,
        };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            Amount money = Wording.ReadAmount(parsed.GetValue(amount)!, visit.Visit.Space);
            Moment before = Wording.ReadMoment(parsed.GetValue(within)!, TimeProvider.System.GetUtcNow());
            Sent.Accepted answer = await visit.SendAsync(
                session => session.ExpediteAsync(money, before, cancellationToken));
            string text = Wording.Amount(money.ToString(), visit.Visit.Space);
            visit.Print(
                answer,
                parsed,
                $"{text} for an anchor of everything up to here, final by {Wording.Moment(before.ToString())}",
                "If it is missed, all of it is yours again; see 'anchors'.");
        });
        return command;
    }
}
