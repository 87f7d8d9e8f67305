using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;
using DelegateMessage = ChainSpace.Protocol.Messages.Delegate;

namespace ChainSpace.Tests.Client;

/// <summary>
/// One journal with sound entries and, after them, entries no honest node would have taken: an operator that lies signs
/// them all the same, so only the links behind the inclusion can tell.
/// </summary>
internal sealed class ReceiptStory : IDisposable
{
    private const long Day = 86_400_000;

    private readonly TaskId _poll = new(Bytes32.Read(SmallJournal.Fill(9)));
    private readonly List<Signer> _signers = [];
    private readonly List<(string Name, Func<ReceiptDocument> Receipt, string? Failing)> _cases = [];

    public ReceiptStory()
    {
        Alice = Keep(P256Signer.FromPrivateKey(SmallJournal.Fill(4)));
        Bob = Keep(WalletSigner.FromPrivateKey(SmallJournal.Fill(5)));
        Session = Keep(P256Signer.FromPrivateKey(SmallJournal.Fill(6)));
        Mallory = Keep(P256Signer.FromPrivateKey(SmallJournal.Fill(7)));
        _cases.Add(("genesis", () => Journal.Receipt(0, Journal.Operator), null));
        TellSound();
        TellForged();
        TellUndelegated();
        TellDelegatedWrongly();
    }

    public SmallJournal Journal { get; } = new();

    public P256Signer Alice { get; }

    public WalletSigner Bob { get; }

    public P256Signer Session { get; }

    public P256Signer Mallory { get; }

    /// <summary>Taken when the journal is complete, so that all stand under one checkpoint.</summary>
    public IEnumerable<ReceiptCase> Cases => _cases.Select(each => new ReceiptCase(each.Name, each.Receipt(), each.Failing));

    public ReceiptDocument this[string name] => Cases.Single(each => each.Name == name).Receipt;

    public void Dispose()
    {
        foreach (Signer signer in _signers) signer.Dispose();
        Journal.Dispose();
    }

    private void TellSound()
    {
        Journal.Add(new Register(Journal.HeaderOf(Alice.Account), [.. Alice.PublicKey.Span], "country=DE"), Alice);
        Tell("p256", Journal.Add(Ballot(Alice), Alice), Alice);
        Tell("wallet", Journal.Add(Ballot(Bob), Bob), Bob);
        long delegation = Journal.Add(Terms(Alice, Session), Alice);
        Tell("delegated", Journal.Add(Ballot(Alice), Session, after: Day), new Chain(Session, delegation, Alice));
        long byWallet = Journal.Add(Terms(Bob, Session), Bob);
        Tell("delegated-by-wallet", Journal.Add(Ballot(Bob), Session), new Chain(Session, byWallet, Bob));
        Tell("delegated-late", Journal.Add(Ballot(Alice), Session, Day + 1), new Chain(Session, delegation, Alice), "delegation");
        Message register = new Register(Journal.HeaderOf(Alice.Account), [], "");
        Tell("delegated-out-of-scope", Journal.Add(register, Session), new Chain(Session, delegation, Alice), "delegation");
        long onward = Journal.Add(Terms(Alice, Session), Session);
        Tell("delegated-delegation", onward, new Chain(Session, delegation, Alice), "delegation");
    }

    private void TellForged()
    {
        Envelope signed = SmallJournal.Signed(Ballot(Alice), Alice, Journal.Domain);
        Tell("signature-of-another-message", Journal.Add(signed with { Message = Ballot(Alice) }), Alice, "signature");
        Envelope high = signed with { Signature = [.. HighS(signed.Signature.AsSpan())] };
        Tell("signature-high-s", Journal.Add(high), Alice, "signature");
        Domain other = new(new SpaceId(Bytes32.Read(SmallJournal.Fill(8))));
        Tell("signature-for-another-space", Journal.Add(SmallJournal.Signed(Ballot(Alice), Alice, other)), Alice, "signature");
        Envelope byWallet = SmallJournal.Signed(Ballot(Bob), Bob, Journal.Domain);
        byte[] recovery = [.. byWallet.Signature.AsSpan()[..^1], (byte)(55 - byWallet.Signature[^1])];
        Tell("signature-of-another-wallet", Journal.Add(byWallet with { Signature = [.. recovery] }), Bob, "signature");
        Envelope claimed = SmallJournal.Signed(Ballot(Alice), Mallory, Journal.Domain) with { Signer = Alice.Account };
        Tell("signature-by-another-key", Journal.Add(claimed), Alice, "signature");
    }

    private void TellUndelegated()
    {
        P256Signer later = Keep(P256Signer.FromPrivateKey(SmallJournal.Fill(10)));
        long early = Journal.Add(Ballot(Alice), later);
        Tell("delegated-afterwards", early, new Chain(later, Journal.Add(Terms(Alice, later), Alice), Alice), "delegation");
        _cases.Add(("delegation-missing", () => Journal.Receipt(early, later), "delegation"));
        long vote = Journal.Add(Ballot(Alice), Alice);
        Tell("delegation-is-a-vote", Journal.Add(Ballot(Alice), later), new Chain(later, vote, Alice), "delegation");
    }

    private void TellDelegatedWrongly()
    {
        P256Signer third = Keep(P256Signer.FromPrivateKey(SmallJournal.Fill(11)));
        long bySession = Journal.Add(Terms(Alice, third), Session);
        Tell("delegated-by-session", Journal.Add(Ballot(Alice), third), new Chain(third, bySession, Session), "delegation");
        long byMallory = Journal.Add(Terms(Mallory, third), Mallory);
        Tell("delegated-by-another", Journal.Add(Ballot(Alice), third), new Chain(third, byMallory, Mallory), "delegation");
        long toSession = Journal.Add(Terms(Alice, Session), Alice);
        Tell("delegated-to-another", Journal.Add(Ballot(Alice), third), new Chain(third, toSession, Alice), "delegation");
        Envelope forged = SmallJournal.Signed(Terms(Alice, third), Mallory, Journal.Domain) with { Signer = Alice.Account };
        long pretended = Journal.Add(forged);
        Tell("delegation-forged", Journal.Add(Ballot(Alice), third), new Chain(third, pretended, Alice), "delegation");
    }

    private void Tell(string name, long entry, Signer signer, string? failing = null) =>
        _cases.Add((name, () => Journal.Receipt(entry, signer), failing));

    private void Tell(string name, long entry, Chain chain, string? failing = null) =>
        _cases.Add((name, () => Journal.Receipt(entry, chain.Signer, chain.Delegation, chain.Owner), failing));

    private Vote Ballot(Signer account) => new(Journal.HeaderOf(account.Account), _poll, 2);

    private DelegateMessage Terms(Signer owner, P256Signer session) => new Delegation(owner, session).Write(Journal);

    private T Keep<T>(T signer)
        where T : Signer
    {
        _signers.Add(signer);
        return signer;
    }

    private static byte[] HighS(ReadOnlySpan<byte> signature)
    {
        byte[] high = signature.ToArray();
        Scalars.Negate(high.AsSpan(32), P256Curve.Order);
        return high;
    }

    private sealed record Chain(Signer Signer, long Delegation, Signer Owner);

    private sealed record Delegation(Signer Owner, P256Signer Session)
    {
        public DelegateMessage Write(SmallJournal journal) => new(journal.HeaderOf(Owner.Account))
        {
            Audience = "http://localhost:8080",
            Key = [.. Session.PublicKey.Span],
            MaximumSpend = new Amount(500),
            Scopes = "post,vote",
            Until = new Moment(SmallJournal.Start.Milliseconds + Day),
        };
    }
}

/// <summary>One case of spec/vectors/receipts.json; null: no link fails.</summary>
internal sealed record ReceiptCase(string Name, ReceiptDocument Receipt, string? Failing);
