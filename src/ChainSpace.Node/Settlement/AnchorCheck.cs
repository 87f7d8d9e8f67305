using System.Globalization;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Rpc;
using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Messages;
using SuperLeaf = ChainSpace.Protocol.Settlement.SuperLeaf;
using SuperProof = ChainSpace.Protocol.Settlement.SuperProof;

namespace ChainSpace.Node.Settlement;

/// <summary>
/// Asks a chain whether it holds the root of a receipt's checkpoint, in the space's own vault or under a super-root.
/// Everything but the endpoint follows from the receipt: the genesis names chain, factory and terms, and these the vault.
/// </summary>
public static class AnchorCheck
{
    /// <summary>One sentence for people, and whether it holds. The receipt itself has been verified before.</summary>
    public static async Task<(bool IsGood, string Sentence)> RunAsync(
        ReceiptDocument receipt, Uri endpoint, CancellationToken cancellationToken)
    {
        if (receipt.Anchor is not { } anchor) return (false, "The receipt names no anchor yet; fetch it again later.");
        if (GenesisOf(receipt) is not { } genesis || CheckpointOf(receipt) is not { } checkpoint)
            return (false, "The receipt has no readable genesis and checkpoint.");
        if (!ulong.TryParse(anchor.Height, NumberStyles.None, CultureInfo.InvariantCulture, out ulong height))
            return (false, "The anchor's height is no number.");
        return anchor.Shared is { } shared
            ? await FindSharedAsync((genesis, checkpoint), (anchor, shared, height), endpoint, cancellationToken)
            : await FindOwnAsync((genesis, checkpoint), (anchor, height), endpoint, cancellationToken);
    }

    private static async Task<(bool IsGood, string Sentence)> FindOwnAsync(
        (CreateSpace Genesis, Checkpoint Checkpoint) receipt, (AnchorProof Anchor, ulong Height) claimed,
        Uri endpoint, CancellationToken cancellationToken)
    {
        if (FoundedVault.Of(receipt.Genesis) is not { Address: var vault } founded) return (false, "The space has no vault.");
        Place place = new(founded.Chain, vault, claimed.Height);
        Answer<LogList> logs = await LogsAsync(place, VaultEvent.AnchoredTopic, endpoint, cancellationToken);
        if (!logs.IsGood) return (false, $"The chain does not answer: {logs.Fault}.");
        return logs.Value.Entries.Any(entry => Holds(entry, vault, (receipt.Checkpoint, claimed.Anchor)))
            ? (true, $"{place} has this journal's {receipt.Checkpoint.Size} entries, in vault {vault}.")
            : (false, $"{place} holds no such anchor in vault {vault}.");
    }

    private static async Task<(bool IsGood, string Sentence)> FindSharedAsync(
        (CreateSpace Genesis, Checkpoint Checkpoint) receipt, (AnchorProof Anchor, SharedProof Shared, ulong Height) claimed,
        Uri endpoint, CancellationToken cancellationToken)
    {
        SharedProof shared = claimed.Shared;
        bool isNamed = Address.TryParse(shared.Anchorage, out Address anchorage)
            & ulong.TryParse(shared.ChainId, NumberStyles.None, CultureInfo.InvariantCulture, out ulong chain)
            & Bytes32.TryParse(shared.SuperRoot, out Bytes32 superRoot);
        if (!isNamed || ProofOf(receipt, shared) is not { } proof) return (false, "The proof of the super-root is unreadable.");
        if (!proof.IsUnder(superRoot)) return (false, "The super-root does not cover this journal.");
        Place place = new(new ChainId(chain), anchorage, claimed.Height);
        Answer<LogList> logs = await LogsAsync(place, AnchorageContract.AnchoredTopic, endpoint, cancellationToken);
        if (!logs.IsGood) return (false, $"The chain does not answer: {logs.Fault}.");
        AnchorageContract contract = new(anchorage);
        foreach (LogEntry entry in logs.Value.Entries)
        {
            bool isIt = entry.Transaction.ToString() == claimed.Anchor.Transaction
                && contract.ReadAnchored(entry) is { } anchored && anchored.SuperRoot == superRoot;
            if (isIt) return (true, $"{place} has this journal's {receipt.Checkpoint.Size} entries, under a super-root.");
        }

        return (false, $"{place} holds no such super-root in {anchorage}.");
    }

    private sealed record Place(ChainId Chain, Address Contract, ulong Height)
    {
        public override string ToString() => $"Block {Height} of chain {Chain}";
    }

    private static SuperProof? ProofOf((CreateSpace Genesis, Checkpoint Checkpoint) receipt, SharedProof shared)
    {
        bool isRead = Bytes32.TryParse(shared.PayoutRoot, out Bytes32 payouts)
            & Bytes32.TryParse(shared.ReputationRoot, out Bytes32 reputation);
        if (!isRead || shared.Proof.Any(static hash => !Bytes32.TryParse(hash, out _))) return null;
        SuperLeaf leaf = new(
            TypedData.SpaceOf(receipt.Genesis), (ulong)receipt.Checkpoint.Size, receipt.Checkpoint.Root, payouts, reputation);
        return new SuperProof(leaf, [.. shared.Proof.Select(static hash => Bytes32.Parse(hash))]);
    }

    private static async Task<Answer<LogList>> LogsAsync(
        Place place, Bytes32 topic, Uri endpoint, CancellationToken cancellationToken)
    {
        using HttpClient http = RpcEndpoint.CreateClient();
        RpcEndpoint[] endpoints = [new RpcEndpoint(endpoint, http, new RpcLimits(), TimeProvider.System)];
        RpcPool pool = new(place.Chain, endpoints, 1, TimeProvider.System, new Random());
        BlockNumber block = new(place.Height);
        return await pool.AskAsync(Chain.Logs(new LogFilter(place.Contract, topic, block, block)), cancellationToken);
    }

    private static bool Holds(LogEntry entry, Address vault, (Checkpoint Checkpoint, AnchorProof Anchor) claimed) =>
        entry.Transaction.ToString() == claimed.Anchor.Transaction
        && VaultEvent.TryRead(vault, entry) is VaultEvent.Anchored anchored
        && anchored.Size == (ulong)claimed.Checkpoint.Size
        && anchored.Root == claimed.Checkpoint.Root;

    /// <summary>The receipt's first entry, if it founds a space.</summary>
    public static CreateSpace? GenesisOf(ReceiptDocument receipt) =>
        Entry.TryRead(System.Text.Encoding.UTF8.GetBytes(receipt.Genesis.Entry), out Entry? entry, out _)
            ? entry.Message as CreateSpace
            : null;

    /// <summary>The receipt's checkpoint, whoever signed it.</summary>
    public static Checkpoint? CheckpointOf(ReceiptDocument receipt) =>
        SignedNote.TryRead(System.Text.Encoding.UTF8.GetBytes(receipt.Checkpoint), out SignedNote? note)
        && Checkpoint.TryParse(note.Text, out Checkpoint? checkpoint)
            ? checkpoint
            : null;
}
