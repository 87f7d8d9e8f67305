using System.Collections.Immutable;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Node.Settlement;

/// <summary>
/// What the witnesses of a space have signed of its last anchor, in a file of its folder. Only the newest anchor can be
/// endorsed, so nothing is kept of others. Losing the file costs time: witnesses sign again what they have signed.
/// Any number of threads.
/// </summary>
internal sealed class Endorsements
{
    private readonly Lock gate = new();
    private readonly string folder;
    private readonly VaultDomain domain;
    private EndorsementMemory memory;

    /// <param name="folder">The space's.</param>
    /// <param name="domain">In which its witnesses sign.</param>
    /// <param name="witnesses">In the order of the vault: ascending.</param>
    /// <param name="threshold">At least 1.</param>
    public Endorsements(string folder, VaultDomain domain, ImmutableArray<Address> witnesses, byte threshold)
    {
        (this.folder, this.domain, Witnesses, Threshold) = (folder, domain, witnesses, threshold);
        memory = EndorsementMemory.Load(folder);
    }

    /// <summary>All who may sign, ascending.</summary>
    public ImmutableArray<Address> Witnesses { get; }

    /// <summary>So many of them make a root good.</summary>
    public byte Threshold { get; }

    /// <summary>Keeps a signature, durably when this returns; null, or why not. One twice counts once.</summary>
    public EndorsementRefusal? Take(AnchorMemory anchor, string? witness, ReadOnlySpan<byte> signature)
    {
        if (!Address.TryParse(witness, out Address address) || !Witnesses.Contains(address))
            return new EndorsementRefusal.NotAWitness();
        Bytes32 digest = domain.Anchor((ulong)anchor.Size, Bytes32.Parse(anchor.Root), Bytes32.Parse(anchor.PayoutRoot));
        bool isSigned = Secp256k1.TryRecover(signature, digest, out AccountId signer) && signer == address.Account;
        if (!isSigned) return new EndorsementRefusal.Forged(address, anchor.Size);
        lock (gate)
        {
            EndorsementMemory next = memory.IsOf(anchor) ? memory : EndorsementMemory.Begin(anchor);
            string text = Convert.ToHexStringLower(signature);
            next = next with { Signatures = next.Signatures.SetItem(address.ToString(), text) };
            next.Save(folder);
            memory = next;
        }

        return null;
    }

    /// <summary>Who has signed this anchor, and how.</summary>
    public IReadOnlyList<(Address Witness, byte[] Signature)> Of(AnchorMemory anchor)
    {
        EndorsementMemory now;
        lock (gate) now = memory;
        return now.IsOf(anchor)
            ? [.. now.Signatures.Select(static each => (Address.Parse(each.Key), Convert.FromHexString(each.Value)))]
            : [];
    }

    /// <summary>The same in the words of <see cref="WitnessSignature"/>.</summary>
    public IReadOnlyList<WitnessSignature> Signatures(AnchorMemory anchor) =>
    [
        .. Of(anchor).Select(static each =>
            new WitnessSignature(each.Witness.ToString(), "0x" + Convert.ToHexStringLower(each.Signature))),
    ];

    /// <summary>What the vault wants to see; null while there are too few.</summary>
    public Endorsement? Complete(AnchorMemory anchor)
    {
        Dictionary<Address, byte[]> signed =
            Of(anchor).ToDictionary(static each => each.Witness, static each => each.Signature);
        return signed.Count >= Threshold
            ? new Endorsement(Witnesses, [.. Witnesses.Select(each => signed.GetValueOrDefault(each) ?? [])])
            : null;
    }
}

/// <summary>Why a signature is not kept.</summary>
internal abstract record EndorsementRefusal
{
    private EndorsementRefusal() { }

    /// <summary>It is in nobody's name who may sign here.</summary>
    public sealed record NotAWitness : EndorsementRefusal;

    /// <summary>The witness did not make it over this anchor.</summary>
    public sealed record Forged(Address Witness, long Size) : EndorsementRefusal;
}
