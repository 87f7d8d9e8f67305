using System.Globalization;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Audit;
using ChainSpace.Node.Settlement;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Witnessing;

/// <summary>
/// Whether what a node asks to be signed is what its journal says. Vault, chain and witnesses follow from the first entry,
/// and so from the space's id: of the node's words none is taken, but each compared.
/// </summary>
/// <param name="report">The witness's own audit, with a mark at the anchor's size.</param>
/// <param name="asked">What the node asks for.</param>
internal sealed class EndorsementCheck(AuditReport report, EndorsementView asked)
{
    /// <summary>Why this witness cannot sign, in one sentence; null where all is right.</summary>
    public string? Find(Address witness)
    {
        if (report.Fault is { } fault) return AuditWords.Sentence(fault);
        if (TermsOf(report.Genesis) is not { } terms) return "The space has no vault by its first entry.";
        if (Vault != Parse(asked.Vault) || asked.ChainId != ChainText)
            return $"The space's vault is {Vault} on chain {ChainText}, not {asked.Vault} on {asked.ChainId}.";
        Address[] witnesses = [.. asked.Witnesses.Select(Parse)];
        if (Protocol.Settlement.VaultTerms.HashOf(witnesses.Select(static each => each.Account)) != terms.Witnesses)
            return "The witnesses that the node names are not those the space was founded with.";
        if (!witnesses.Contains(witness)) return $"The wallet {witness} is no witness of this space.";
        if (report.Mark is not { } mark || Text(mark.Size) != asked.Size)
            return $"The journal as the node shows it has {report.Entries} entries, so none knows its root at {asked.Size}.";
        if (mark.Root.ToString() != asked.Root)
            return $"At size {asked.Size} the journal has root {mark.Root}, but the anchor says {asked.Root}.";
        return mark.PayoutRoot.ToString() == asked.PayoutRoot
            ? null
            : $"At size {asked.Size} the entries give payouts {mark.PayoutRoot}, but the anchor says {asked.PayoutRoot}.";
    }

    /// <summary>The vault of the audited space, wherever its terms put it.</summary>
    public Address Vault
    {
        get
        {
            if (TermsOf(report.Genesis) is not { } terms) return Address.Zero;
            bool isAddress = Address.TryFrom(report.Genesis!.Factory, out Address factory);
            return isAddress ? new VaultFactory(factory).VaultOf(report.Space, OnChain.Terms(terms)) : Address.Zero;
        }
    }

    /// <summary>In which this space's witnesses sign.</summary>
    public VaultDomain Domain => new(new ChainId(report.Genesis!.ChainId), Vault);

    private string ChainText => report.Genesis!.ChainId.ToString(CultureInfo.InvariantCulture);

    private static Protocol.Settlement.VaultTerms? TermsOf(CreateSpace? genesis) =>
        genesis is null ? null : Protocol.Settlement.VaultTerms.TryRead(genesis.Vault.AsSpan());

    private static Address Parse(string text) => Address.TryParse(text, out Address address) ? address : Address.Zero;

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
