using System.Collections.Immutable;
using System.Security.Cryptography;
using ChainSpace.Protocol;

namespace ChainSpace.Rules.Batches;

/// <summary>The accounts drawn to answer all items of a batch.</summary>
/// <param name="Digest">SHA-256 of their ids end to end, sorted: so the hash of the state costs the same for any panel.</param>
/// <param name="Seats">Sorted; let go, and so empty, once nothing of the batch is voted on any more.</param>
public sealed record Panel(Bytes32 Digest, ImmutableArray<AccountId> Seats)
{
    /// <param name="seats">Sorted.</param>
    public static Panel Of(ImmutableArray<AccountId> seats)
    {
        using IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> bytes = stackalloc byte[Bytes32.Size];
        foreach (AccountId seat in seats)
        {
            seat.Value.CopyTo(bytes);
            digest.AppendData(bytes);
        }

        digest.GetHashAndReset(bytes);
        return new Panel(Bytes32.Read(bytes), seats);
    }

    public bool Has(AccountId account) => Seats.BinarySearch(account) >= 0;
}
