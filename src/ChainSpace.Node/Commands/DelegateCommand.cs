using System.CommandLine;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace delegate</c>: lets another key speak for the account, for a while and within limits.</summary>
internal static class DelegateCommand
{
    public static Command Create()
    {
        Argument<string> session = new("SESSION")
        {
            Description = "Public key of the session (0x and 128 digits), or name or file of a P-256 key.",
        };
        Option<string> scopes = new("--scopes")
        {
            Description = string.Join(", ", SessionScopes.Names) + ", joined by commas.",
            DefaultValueFactory = _ => "vote",
        };
        Option<string> spend = new("--spend") { Description = "Most it may lock in rewards.", DefaultValueFactory = _ => "0" };
        Option<string> until = new("--until")
        {
            Description = "When it ends, at most 30 days ahead.",
            DefaultValueFactory = _ => "7d",
        };
        Command command = new(
            "delegate", "Let a session key speak for you. Example: chainspace delegate phone --scopes post,vote --spend 5.00")
        {
            session, scopes, spend, until,
        };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            P256PublicKey key = KeyOf(parsed.GetValue(session)!);
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            Moment end = Wording.ReadMoment(parsed.GetValue(until)!, TimeProvider.System.GetUtcNow());
            DelegationTerms terms = new(parsed.GetValue<string>(NodeOption.Url)!, end)
            {
                Scopes = string.Join(',', parsed.GetValue(scopes)!.Split(',').Order(StringComparer.Ordinal)),
                MaximumSpend = Wording.ReadAmount(parsed.GetValue(spend)!, visit.Visit.Space),
            };
            Sent.Accepted answer = await visit.SendAsMemberAsync(
                s => s.SendAsync(s.Author.Delegate(key, terms), cancellationToken), cancellationToken);
            visit.Print(answer, parsed, $"{key.Account} may speak for you until {Wording.Moment(end.ToString())}");
        });
        return command;
    }

    private static P256PublicKey KeyOf(string text)
    {
        bool isKey = text.Length == 2 + 2 * P256PublicKey.Size && text.StartsWith("0x", StringComparison.Ordinal);
        if (isKey && Hex.Decode(text) is { } bytes && P256PublicKey.TryRead(bytes, out P256PublicKey key)) return key;
        using Signer signer = KeyFolder.Load(text, null);
        return signer is P256Signer session
            ? session.Key
            : throw new Complaint($"'{text}' is a wallet's key; a session needs a P-256 key.");
    }
}
