using System.Collections.Immutable;

namespace ChainSpace.Protocol.Settlement;

/// <summary>
/// Shows many leaves at once under one root, as OpenZeppelin's <c>MerkleProof.multiProofVerify</c> takes it: each step hashes
/// two of what is there already, or one of it with the next hash of the proof.
/// </summary>
/// <param name="Leaves">The leaves in the order in which they must be given.</param>
/// <param name="Proof">The hashes that do not follow from the leaves.</param>
/// <param name="Flags">For each step: true where both halves are there already.</param>
public sealed record MultiProof(
    ImmutableArray<PayoutLeaf> Leaves, ImmutableArray<Bytes32> Proof, ImmutableArray<bool> Flags);
