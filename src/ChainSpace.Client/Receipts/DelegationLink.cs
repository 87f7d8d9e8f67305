using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;
using DelegateMessage = ChainSpace.Protocol.Messages.Delegate;

namespace ChainSpace.Client.Receipts;

/// <summary>Link 5 of spec/receipt.md: where a session key signed, the account had let it, for this, until then.</summary>
internal static class DelegationLink
{
    public static ReceiptFault? Check(ReceiptDocument document, Domain domain, Entry entry)
    {
        bool isOwnKey = entry.Signed.Signer == entry.Message.Header.Account;
        if (isOwnKey && document.Delegation is not null) return new ReceiptFault.Superfluous("delegation");
        if (isOwnKey) return document.AccountKey is null ? null : new ReceiptFault.Superfluous("accountKey");
        if (document.Delegation is not { } given) return new ReceiptFault.NoDelegation(entry.Signed.Signer);
        if (!Spelling.TryReadEntry(given.Entry, out Entry? delegation))
            return new ReceiptFault.Unreadable("delegation.entry");
        if (delegation.Message is not DelegateMessage terms) return new ReceiptFault.NotADelegation(delegation.Message.Type);

        return CheckGrantor(document, domain, delegation, entry)
            ?? CheckTerms(terms, entry)
            ?? CheckOrder(document.Index, given.Index);
    }

    private static ReceiptFault? CheckGrantor(ReceiptDocument document, Domain domain, Entry delegation, Entry entry)
    {
        AccountId grantor = delegation.Message.Header.Account;
        if (grantor != entry.Message.Header.Account) return new ReceiptFault.DelegatedByAnother(grantor);
        if (delegation.Signed.Signer != grantor) return new ReceiptFault.NotByOwnKey(delegation.Signed.Signer);
        return SignatureLink.Check(delegation.Signed, domain, document.AccountKey, "accountKey");
    }

    private static ReceiptFault? CheckTerms(DelegateMessage terms, Entry entry)
    {
        bool isNamed = P256PublicKey.TryRead(terms.Key.AsSpan(), out P256PublicKey session)
            && session.Account == entry.Signed.Signer;
        if (!isNamed) return new ReceiptFault.DelegatedToAnother();
        if (!SessionScopes.Cover(terms.Scopes, entry.Message))
            return new ReceiptFault.OutOfScope(entry.Message.Type, terms.Scopes);
        return terms.Until < entry.Moment ? new ReceiptFault.Ended(terms.Until, entry.Moment) : null;
    }

    private static ReceiptFault.TooLate? CheckOrder(string entryIndex, string delegationIndex)
    {
        // Both are readable: the inclusion link has proved them.
        _ = Spelling.TryReadIndex(delegationIndex, out long delegation) & Spelling.TryReadIndex(entryIndex, out long entry);
        return delegation < entry ? null : new ReceiptFault.TooLate(delegation, entry);
    }
}
