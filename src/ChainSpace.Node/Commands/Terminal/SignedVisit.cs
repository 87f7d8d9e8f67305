using System.CommandLine;
using ChainSpace.Client.Attributes;
using ChainSpace.Client.Writing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Node.Commands.Terminal;

/// <summary>One account at work in a space.</summary>
internal sealed class SignedVisit : IDisposable
{
    private readonly Signer signer;

    private SignedVisit(NodeVisit visit, Signer signer, AccountId? account)
    {
        (Visit, this.signer) = (visit, signer);
        Session = new SpaceSession(visit.Client, visit.Space, signer, TimeProvider.System, account);
    }

    public NodeVisit Visit { get; }

    public SpaceSession Session { get; }

    /// <summary>What the account says beside the journal. A wallet's key signs no credentials, a session of it can.</summary>
    public AttributeSession Attributes => new(Visit.Client, Visit.Space, (Holder, Session.Author.Account), TimeProvider.System);

    /// <summary>The key as holder and issuer of credentials.</summary>
    public P256Signer Holder => signer as P256Signer
        ?? throw new Complaint("A wallet's key holds no credentials; take a P-256 key (chainspace key new).");

    public static async Task<SignedVisit> OpenAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        Signer signer = KeyFolder.Load(parsed.GetValue<string>(NodeOption.Key)!, parsed.GetValue<string>(NodeOption.Passphrase));
        NodeVisit? visit = null;
        try
        {
            visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            string? account = parsed.GetValue<string>(NodeOption.As);
            return new SignedVisit(visit, signer, account is null ? null : RevokeCommand.AccountOf(account));
        }
        catch
        {
            visit?.Dispose();
            signer.Dispose();
            throw;
        }
    }

    /// <summary>Sends, and registers the account first where the space does not know it.</summary>
    public async Task<Sent.Accepted> SendAsMemberAsync(
        Func<SpaceSession, Task<Sent>> send, CancellationToken cancellationToken)
    {
        // The node's word is newer than any view: asking for the account first could register it twice.
        Sent sent = await send(Session);
        bool isUnknown = sent is Sent.Refused { Code: "not_registered" or "unknown_key" };
        if (!isUnknown || Session.Author.Account != signer.Account) return Accept(sent);
        Accept(await Session.RegisterAsync("", cancellationToken));
        Screen.Aside($"Registered account {Session.Author.Account} in the space {Visit.Space.Name}.");
        return Accept(await send(Session));
    }

    public async Task<Sent.Accepted> SendAsync(Func<SpaceSession, Task<Sent>> send) => Accept(await send(Session));

    /// <summary>What was done, and where the journal has it.</summary>
    public void Print(Sent.Accepted answer, ParseResult parsed, string done, string? more = null)
    {
        if (parsed.GetValue<bool>(NodeOption.Json))
        {
            string account = Session.Author.Account.ToString();
            SentLine line = new(answer.Id.ToString(), answer.Index.ToString(), answer.Moment.ToString(), account, Visit.Space.Id);
            Screen.Json(line, CommandJson.Default.SentLine);
            return;
        }

        Screen.Line($"{done} (entry {answer.Index.Value}).");
        if (more is not null) Screen.Line($"  {more}");
    }

    /// <summary>The node's yes; its no is a complaint.</summary>
    public static Sent.Accepted Accept(Sent sent) => sent switch
    {
        Sent.Accepted accepted => accepted,
        Sent.Refused { Detail.Length: > 0 } refused => throw new Complaint(refused.Detail),
        Sent.Refused refused => throw new Complaint($"The node refused it with status {refused.Status} ({refused.Code})."),
    };

    public void Dispose()
    {
        Session.Dispose();
        signer.Dispose();
        Visit.Dispose();
    }
}
