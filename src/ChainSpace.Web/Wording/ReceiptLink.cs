using ChainSpace.Client.Reading;

namespace ChainSpace.Web.Wording;

/// <summary>One of the links that spec/receipt.md has verifiers check; the browser reports on each by its code.</summary>
internal sealed record ReceiptLink(string Code, string Title, string Meaning)
{
    public static IEnumerable<ReceiptLink> Of(ReceiptDocument receipt)
    {
        yield return new("space", "The space", "Its id is the hash of its first entry, which names the keys used below.");
        yield return new("checkpoint", "The checkpoint", "The space’s key signed the journal at this size.");
        yield return new("inclusion", "The place", $"The journal of that size holds this very text at entry {receipt.Index}.");
        yield return new("signature", "The signature", "The key that signed belongs to who is said to have signed.");
        if (receipt.Delegation is { } delegation)
            yield return new("delegation", "The session", $"Entry {delegation.Index} lets that key speak for the account.");
    }
}
