using System.Text;
using ChainSpace.Chains.Abi;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Chains.Contracts;

/// <summary>Whom a signature is for (EIP-712, "Definition of domainSeparator"): one contract on one network.</summary>
internal sealed class SigningDomain(string name, string version, (ChainId Chain, Address Contract) where)
{
    private static readonly Bytes32 DomainType = TypeHash(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");

    private static readonly AbiTuple DomainWords = AbiTuple.Parse("(bytes32,bytes32,bytes32,uint256,address)");

    public Bytes32 Separator { get; } = Keccak256.Hash(
        DomainWords.Encode(DomainType, TypeHash(name), TypeHash(version), where.Chain.Value, where.Contract));

    /// <summary>What is signed of a struct whose type and members are these words.</summary>
    public Bytes32 Seal(byte[] words) => Keccak256.Hash(
        [0x19, 0x01, .. Separator.ToArray(), .. Keccak256.Hash(words).ToArray()]);

    public static Bytes32 TypeHash(string text) => Keccak256.Hash(Encoding.ASCII.GetBytes(text));
}
