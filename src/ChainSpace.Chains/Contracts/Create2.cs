using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Chains.Contracts;

/// <summary>Where a contract will stand before it is created (EIP-1014).</summary>
public static class Create2
{
    /// <summary>Last twenty bytes of keccak256(0xff ‖ deployer ‖ salt ‖ keccak256(init code)).</summary>
    /// <param name="deployer">The contract that creates it.</param>
    /// <param name="salt">Chosen by the deployer.</param>
    /// <param name="initCode">Creation code with the arguments behind it.</param>
    public static Address AddressOf(Address deployer, Bytes32 salt, ReadOnlySpan<byte> initCode)
    {
        byte[] bytes = [0xFF, .. deployer.ToArray(), .. salt.ToArray(), .. Keccak256.Hash(initCode).ToArray()];
        return Address.Read(Keccak256.Hash(bytes).ToArray().AsSpan(Bytes32.Size - Address.Size));
    }
}
