using System.Text.Json;

namespace ChainSpace.Chains.Contracts;

/// <summary>Our contracts' creation code, as the compiler wrote it to contracts/abi; a part of this assembly.</summary>
public static class ContractCode
{
    /// <summary>The vault of one space; its arguments are the space and its terms.</summary>
    public static ReadOnlyMemory<byte> SpaceVault => Read("SpaceVault");

    /// <summary>The factory of vaults; without arguments.</summary>
    public static ReadOnlyMemory<byte> VaultFactory => Read("VaultFactory");

    /// <summary>What stands on a chain where the factory was created.</summary>
    public static ReadOnlyMemory<byte> DeployedVaultFactory => Read("VaultFactory", "deployedBytecode");

    /// <summary>Super-roots of many spaces; without arguments.</summary>
    public static ReadOnlyMemory<byte> Anchorage => Read("Anchorage");

    /// <summary>A space's own token; see <see cref="Erc20.RewardTokenCode"/> for its arguments.</summary>
    public static ReadOnlyMemory<byte> RewardToken => Read("RewardToken");

    /// <summary>Money for test networks, which anybody may make; its arguments are name and symbol.</summary>
    public static ReadOnlyMemory<byte> TestToken => Read("TestToken");

    /// <exception cref="InvalidOperationException">The assembly was built without contracts/abi.</exception>
    private static byte[] Read(string name, string member = "bytecode")
    {
        using Stream stream = typeof(ContractCode).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"This build does not hold the contract {name}.");
        using JsonDocument document = JsonDocument.Parse(stream);
        return Convert.FromHexString(document.RootElement.GetProperty(member).GetString()!.AsSpan(2));
    }
}
