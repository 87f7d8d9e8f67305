using ChainSpace.Chains.Abi;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Transactions;

namespace ChainSpace.Chains.Contracts;

/// <summary>The contract that creates vaults at addresses anybody can compute.</summary>
public sealed record VaultFactory(Address Address)
{
    private static readonly AbiSignature CreateSignature = AbiSignature.Parse($"create(bytes32,{VaultTerms.Type})");
    private static readonly AbiSignature VaultOfSignature = AbiSignature.Parse($"vaultOf(bytes32,{VaultTerms.Type})");
    private static readonly AbiEvent CreatedEvent = AbiEvent.Parse("VaultCreated(bytes32 indexed,address)");
    private static readonly AbiTuple VaultArguments = AbiTuple.Parse($"(bytes32,{VaultTerms.Type})");

    /// <summary>Creates the factory itself; the receipt says where it stands.</summary>
    public static ChainCall Deploy() => new(null, Wei.Zero, ContractCode.VaultFactory);

    /// <summary>Creates a space's vault, by anybody.</summary>
    public ChainCall Create(SpaceId space, VaultTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new ChainCall(Address, Wei.Zero, CreateSignature.Encode(space.Value, terms.ToAbi()));
    }

    /// <summary>Where the vault stands or will stand, computed here. Other terms give another address.</summary>
    public Address VaultOf(SpaceId space, VaultTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        byte[] initCode = [.. ContractCode.SpaceVault.Span, .. VaultArguments.Encode(space.Value, terms.ToAbi())];
        return Create2.AddressOf(Address, space.Value, initCode);
    }

    /// <summary>The same, computed by the contract.</summary>
    public RpcCall<Address> AskVaultOf(SpaceId space, VaultTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ChainCall call = new(Address, Wei.Zero, VaultOfSignature.Encode(space.Value, terms.ToAbi()));
        return View.Of(call, "(address)", values => values.Address(0));
    }

    /// <summary>The space and vault of a creation; null for any other event.</summary>
    public (SpaceId Space, Address Vault)? ReadCreated(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Contract != Address) return null;
        if (!CreatedEvent.TryDecode(entry.Topics, entry.Data, out AbiValue.Many? values)) return null;
        return (new SpaceId(values.Word(0)), values.Address(1));
    }
}
