using System.Globalization;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Settlement;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Witnessing;

/// <summary>
/// Whether a node asks the right witness to sign for the right vault. Vault, chain and witnesses follow from the space's first
/// entry, and so from its id: of the node's words none is taken, but each compared.
/// </summary>
internal sealed class EndorsementCheck(FoundedVault vault, EndorsementView asked)
{
    /// <summary>What the node says of the anchor; what it says in no readable way is zero, and no journal's root.</summary>
    public static VaultEvent.Anchored AnchorOf(long size, EndorsementView asked) =>
        new((ulong)size, Word(asked.Root), Word(asked.PayoutRoot));

    /// <summary>Why this witness cannot sign, in one sentence; null where all is right.</summary>
    public string? Find(Address witness)
    {
        string chain = vault.Chain.Value.ToString(CultureInfo.InvariantCulture);
        if (vault.Address != Parse(asked.Vault) || asked.ChainId != chain)
            return $"The space's vault is {vault.Address} on chain {chain}, not {asked.Vault} on {asked.ChainId}.";
        Address[] witnesses = [.. asked.Witnesses.Select(Parse)];
        if (Protocol.Settlement.VaultTerms.HashOf(witnesses.Select(static each => each.Account)) != vault.Terms.Witnesses)
            return "The witnesses that the node names are not those the space was founded with.";
        return witnesses.Contains(witness) ? null : $"The wallet {witness} is no witness of this space.";
    }

    private static Bytes32 Word(string text) => Bytes32.TryParse(text, out Bytes32 word) ? word : default;

    private static Address Parse(string text) => Address.TryParse(text, out Address address) ? address : Address.Zero;
}
