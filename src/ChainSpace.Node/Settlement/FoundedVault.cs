using System.Text;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using VaultTerms = ChainSpace.Protocol.Settlement.VaultTerms;

namespace ChainSpace.Node.Settlement;

/// <summary>
/// The vault of a space as its first entry says: it names chain, factory and terms, and these the address. The entry's hash
/// is the space's id, so who knows the id needs nobody's word for the vault.
/// </summary>
internal sealed record FoundedVault(SpaceId Space, ChainId Chain, Address Address, VaultTerms Terms)
{
    /// <summary>Null where the space has no vault.</summary>
    public static FoundedVault? Of(CreateSpace? genesis)
    {
        if (genesis is null || VaultTerms.TryRead(genesis.Vault.AsSpan()) is not { } terms) return null;
        if (!Address.TryFrom(genesis.Factory, out Address factory)) return null;
        SpaceId space = TypedData.SpaceOf(genesis);
        return new FoundedVault(
            space, new ChainId(genesis.ChainId), new VaultFactory(factory).VaultOf(space, OnChain.Terms(terms)), terms);
    }

    /// <summary>Null where the text is no first entry of this space, or the space has no vault.</summary>
    public static FoundedVault? TryRead(string? entry, SpaceId space) =>
        Entry.TryRead(Encoding.UTF8.GetBytes(entry ?? ""), out Entry? read, out _)
        && Of(read.Message as CreateSpace) is { } vault && vault.Space == space
            ? vault
            : null;
}
