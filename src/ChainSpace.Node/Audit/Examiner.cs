using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Audit;

/// <summary>
/// Everything about an entry that can be told without the entries before it: its spelling, leaf hash, id and signature.
/// Any number of threads.
/// </summary>
/// <param name="domain">Of the space, in which ids are made.</param>
/// <param name="hasSignatures">Whether signatures are verified.</param>
internal sealed class Examiner(Domain domain, bool hasSignatures)
{
    private readonly P256Verifier verifier = new(new KeyDirectory(), new P256KeyCache());

    public Examined[] Examine(EntryBatch batch)
    {
        Examined[] found = new Examined[batch.Count];
        byte[] buffer = new byte[2 * Envelope.SizeLimit];
        for (int place = 0; place < found.Length; place++)
        {
            ReadOnlySpan<byte> bytes = batch[place];
            Bytes32 leaf = MerkleHash.Leaf(bytes);
            bool isInTile = place >= batch.Hashes.Count || batch.Hashes[place] == leaf;
            found[place] = Examine(bytes, buffer) with { Leaf = leaf, IsInTile = isInTile };
        }

        return found;
    }

    /// <summary>Asks again about a signature whose key may have become known since.</summary>
    public SignatureAnswer Verify(Examined entry) => SignatureCheck.Verify(
        entry.Entry!.Signed.Signer, entry.Entry.Signed.Signature.AsSpan(), entry.Id.Value, verifier);

    // Written back and compared, so that no second spelling passes even if the reader were too kind.
    private Examined Examine(ReadOnlySpan<byte> bytes, byte[] buffer)
    {
        if (!Entry.TryRead(bytes, out Entry? entry, out _)) return default;
        if (!bytes.SequenceEqual(buffer.AsSpan(0, entry.Write(buffer)))) return default;
        Examined examined = new(entry, TypedData.Digest(domain, entry.Message), SignatureAnswer.Valid);
        if (!hasSignatures) return examined;
        Learn(entry.Message);
        return examined with { Answer = Verify(examined) };
    }

    // A key is its own proof, for accounts are hashes of keys; so it does not matter when it becomes known.
    private void Learn(Message message)
    {
        ImmutableArray<byte> key = message switch
        {
            Register register => register.Key,
            Protocol.Messages.Delegate delegation => delegation.Key,
            CreateSpace create => create.Key,
            _ => [],
        };
        if (!key.IsEmpty && P256PublicKey.TryRead(key.AsSpan(), out P256PublicKey read)) verifier.Directory.Add(read);
    }
}

/// <summary>What was found about one entry.</summary>
/// <param name="Entry">Null where the bytes are no canonical entry.</param>
/// <param name="Id">The signed digest.</param>
/// <param name="Answer">What became of the signature; Valid where none was asked for.</param>
internal readonly record struct Examined(Entry? Entry, MessageId Id, SignatureAnswer Answer)
{
    public Bytes32 Leaf { get; init; }

    /// <summary>False where the source's own tile has another hash.</summary>
    public bool IsInTile { get; init; }
}
