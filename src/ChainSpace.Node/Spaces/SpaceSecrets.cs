using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChainSpace.Node.Sequencing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Messages;
using ChainSpace.Protocol.Settlement;

namespace ChainSpace.Node.Spaces;

/// <summary>A space's secret keys in a file that only the node's user can read.</summary>
internal static class SpaceSecrets
{
    private const string FileName = "keys.json";

    /// <summary>Makes keys and the message that founds the space with them, and keeps the keys in the folder.</summary>
    public static (SpaceKeys Keys, CreateSpace Genesis) Create(string directory, SpaceDraft draft, Moment now)
    {
        SecretFile secrets = SecretFile.Random();
        using P256Signer signer = P256Signer.FromPrivateKey(secrets.Operator);
        using SealingKey sealing = SealingKey.FromPrivateKey(secrets.Sealing);
        using NoteSigner probe = new("probe", secrets.Checkpoints);
        CreateSpace genesis = new(new Header(signer.Account, 0, new Moment(now.Milliseconds + 3_600_000)))
        {
            CheckpointKey = Bytes32.Read(probe.Verifier.Key),
            Currency = draft.Currency,
            Decimals = draft.Decimals,
            Grant = draft.Grant,
            Key = [.. signer.PublicKey.Span],
            Name = draft.Name,
            Network = draft.Chain?.Network ?? CreateSpace.Sovereign,
            ChainId = draft.Chain?.ChainId ?? 0,
            Factory = draft.Chain?.Factory ?? default,
            Vault = draft.Chain is { } chain ? [.. chain.Terms.ToBytes()] : [],
            SealingKey = [.. sealing.PublicKey.ToArray()],
        };
        Write(Path.Combine(directory, FileName), secrets);
        return (Use(secrets, Domain.Of(genesis)), genesis);
    }

    /// <summary>Reads the keys of a space that exists.</summary>
    public static SpaceKeys Load(string directory, CreateSpace genesis)
    {
        using FileStream file = File.OpenRead(Path.Combine(directory, FileName));
        SecretFile secrets = JsonSerializer.Deserialize(file, SecretJson.Default.SecretFile)
            ?? throw new InvalidDataException($"{file.Name} holds no keys.");
        return Use(secrets, Domain.Of(genesis));
    }

    private static SpaceKeys Use(SecretFile secrets, Domain domain) => new(
        domain,
        P256Signer.FromPrivateKey(secrets.Operator),
        new NoteSigner(SpaceKeys.OriginOf(domain.Space), secrets.Checkpoints),
        SealingKey.FromPrivateKey(secrets.Sealing));

    private static void Write(string path, SecretFile secrets)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using FileStream file = new(path, options);
        JsonSerializer.Serialize(file, secrets, SecretJson.Default.SecretFile);
        file.Flush(flushToDisk: true);
    }
}

/// <summary>Private keys, 32 bytes each.</summary>
internal sealed record SecretFile(byte[] Operator, byte[] Sealing, byte[] Checkpoints)
{
    public static SecretFile Random()
    {
        using P256Signer signer = P256Signer.Create();
        using SealingKey sealing = SealingKey.Create();
        return new SecretFile(signer.Export(), sealing.Export(), RandomNumberGenerator.GetBytes(32));
    }

    public override string ToString() => "SecretFile";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SecretFile))]
internal sealed partial class SecretJson : JsonSerializerContext;

/// <summary>What an operator decides when founding a space.</summary>
public sealed record SpaceDraft(string Name)
{
    /// <summary>Unit of account.</summary>
    public string Currency { get; init; } = "PLAY";

    /// <summary>Digits after the point.</summary>
    public uint Decimals { get; init; } = 2;

    /// <summary>Play money for every new account, in minor units; none on a chain.</summary>
    public Amount Grant { get; init; } = new(100_000);

    /// <summary>Where the space's money lies; null: it is play money.</summary>
    public ChainDraft? Chain { get; init; }
}

/// <summary>A vault on a chain for a space that is to be founded.</summary>
/// <param name="Network">The settlement network's name.</param>
/// <param name="ChainId">Its chain id (EIP-155).</param>
/// <param name="Factory">The factory that makes the vault, as a wallet account.</param>
/// <param name="Terms">What the vault is made with.</param>
public sealed record ChainDraft(string Network, ulong ChainId, Bytes32 Factory, VaultTerms Terms)
{
    /// <summary>Whose hash stands in the terms.</summary>
    public IReadOnlyList<AccountId> Witnesses { get; init; } = [];
}
