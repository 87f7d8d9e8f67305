using System.Buffers.Binary;
using System.Text;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Protocol.Messages;

/// <summary>
/// The EIP-712 domain of a space: a signature made for one space is worth nothing in another. Name <c>ChainSpace</c>,
/// version <c>1</c>, chain id and vault factory of the settlement network (both zero on Sovereign), salt = space id.
/// </summary>
public sealed class Domain
{
    private static readonly Bytes32 DomainType = Hash(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract,bytes32 salt)");

    private static readonly Bytes32 OpeningType = Hash(
        "Opening(uint32 choice,bytes32 poll,uint32 round,bytes32 salt,bytes32 voter)");

    private readonly Bytes32 separator;

    /// <summary>The domain of a space on a settlement network.</summary>
    /// <param name="space">The space.</param>
    /// <param name="chainId">Chain id (EIP-155); 0 on Sovereign.</param>
    /// <param name="factory">The vault factory's address as a wallet account; zero on Sovereign.</param>
    public Domain(SpaceId space, ulong chainId = 0, Bytes32 factory = default)
    {
        Space = space;
        Span<byte> words = stackalloc byte[6 * Bytes32.Size];
        words.Clear();
        DomainType.CopyTo(words);
        Hash("ChainSpace").CopyTo(words[32..]);
        Hash("1").CopyTo(words[64..]);
        BinaryPrimitives.WriteUInt64BigEndian(words[(128 - 8)..], chainId);
        factory.CopyTo(words[128..]);
        space.Value.CopyTo(words[160..]);
        separator = Keccak256.Hash(words);
    }

    /// <summary>The domain of the space that a first message creates.</summary>
    public static Domain Of(CreateSpace genesis)
    {
        ArgumentNullException.ThrowIfNull(genesis);
        return new Domain(TypedData.SpaceOf(genesis), genesis.ChainId, genesis.Factory);
    }

    public SpaceId Space { get; }

    /// <summary>The digest of a struct in this domain (EIP-712, "Specification").</summary>
    internal Bytes32 Seal(Bytes32 structHash)
    {
        Span<byte> bytes = stackalloc byte[2 + 2 * Bytes32.Size];
        bytes[0] = 0x19;
        bytes[1] = 0x01;
        separator.CopyTo(bytes[2..]);
        structHash.CopyTo(bytes[34..]);
        return Keccak256.Hash(bytes);
    }

    /// <summary>
    /// What a sealed vote commits to. It binds space, poll, round, voter, choice and a secret salt, so a copied
    /// commitment is useless to anyone but its voter.
    /// </summary>
    public Bytes32 Commitment(TaskId poll, AccountId voter, Opening opening)
    {
        Span<byte> words = stackalloc byte[6 * Bytes32.Size];
        words.Clear();
        OpeningType.CopyTo(words);
        BinaryPrimitives.WriteUInt32BigEndian(words[(64 - 4)..], opening.Choice);
        poll.Value.CopyTo(words[64..]);
        opening.Salt.CopyTo(words[128..]);
        voter.Value.CopyTo(words[160..]);
        return Seal(Keccak256.Hash(words));
    }

    /// <summary>What a contest's work binds to: space, job, worker and the work's salted hash, which hides it.</summary>
    public Bytes32 WorkCommitment(TaskId job, AccountId worker, Bytes32 content)
    {
        Span<byte> words = stackalloc byte[4 * Bytes32.Size];
        Hash("WorkCommitment(bytes32 content,bytes32 job,bytes32 worker)").CopyTo(words);
        content.CopyTo(words[32..]);
        job.Value.CopyTo(words[64..]);
        worker.Value.CopyTo(words[96..]);
        return Seal(Keccak256.Hash(words));
    }

    /// <summary>What a rating binds to: space, job, the assignment's worker, who rates, a secret salt, and the score.</summary>
    public Bytes32 RatingCommitment(TaskId job, (AccountId Worker, AccountId By) who, Opening rating)
    {
        Span<byte> words = stackalloc byte[6 * Bytes32.Size];
        words.Clear();
        Hash("RatingCommitment(bytes32 by,bytes32 job,bytes32 salt,uint32 score,bytes32 worker)").CopyTo(words);
        who.By.Value.CopyTo(words[32..]);
        job.Value.CopyTo(words[64..]);
        rating.Salt.CopyTo(words[96..]);
        BinaryPrimitives.WriteUInt32BigEndian(words[(160 - 4)..], rating.Choice);
        who.Worker.Value.CopyTo(words[160..]);
        return Seal(Keccak256.Hash(words));
    }

    private static Bytes32 Hash(string text) => Keccak256.Hash(Encoding.ASCII.GetBytes(text));
}

/// <summary>What a sealed vote hides.</summary>
/// <param name="Choice">The option, counted from zero.</param>
/// <param name="Salt">32 secret random bytes.</param>
public readonly record struct Opening(uint Choice, Bytes32 Salt);
