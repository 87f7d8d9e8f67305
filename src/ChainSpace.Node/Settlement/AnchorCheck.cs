using System.Globalization;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Rpc;
using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Settlement;

/// <summary>
/// Asks a chain whether it holds the root of a receipt's checkpoint. Everything but the endpoint follows from the receipt:
/// the genesis names chain, factory and terms, and these the vault.
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
        if (FoundedVault.Of(genesis) is not { } founded) return (false, "The space has no vault.");
        if (!ulong.TryParse(anchor.Height, NumberStyles.None, CultureInfo.InvariantCulture, out ulong height))
            return (false, "The anchor's height is no number.");

        Address vault = founded.Address;
        using HttpClient http = RpcEndpoint.CreateClient();
        RpcEndpoint[] endpoints = [new RpcEndpoint(endpoint, http, new RpcLimits(), TimeProvider.System)];
        RpcPool pool = new(new ChainId(genesis.ChainId), endpoints, 1, TimeProvider.System, new Random());
        BlockNumber block = new(height);
        LogFilter filter = new(vault, AnchoredTopic, block, block);
        Answer<LogList> logs = await pool.AskAsync(Chain.Logs(filter), cancellationToken);
        if (!logs.IsGood) return (false, $"The chain does not answer: {logs.Fault}.");
        return logs.Value.Entries.Any(entry => Holds(entry, vault, (checkpoint, anchor)))
            ? (true, $"Block {height} of chain {genesis.ChainId} has this journal's {checkpoint.Size} entries, in vault {vault}.")
            : (false, $"Block {height} of chain {genesis.ChainId} holds no such anchor in vault {vault}.");
    }

    private static readonly Bytes32 AnchoredTopic =
        Chains.Abi.AbiEvent.Parse("Anchored(uint256 indexed,bytes32,bytes32)").Topic;

    private static bool Holds(LogEntry entry, Address vault, (Checkpoint Checkpoint, AnchorProof Anchor) claimed) =>
        entry.Transaction.ToString() == claimed.Anchor.Transaction
        && VaultEvent.TryRead(vault, entry) is VaultEvent.Anchored anchored
        && anchored.Size == (ulong)claimed.Checkpoint.Size
        && anchored.Root == claimed.Checkpoint.Root;

    private static CreateSpace? GenesisOf(ReceiptDocument receipt) =>
        Entry.TryRead(System.Text.Encoding.UTF8.GetBytes(receipt.Genesis.Entry), out Entry? entry, out _)
            ? entry.Message as CreateSpace
            : null;

    private static Checkpoint? CheckpointOf(ReceiptDocument receipt) =>
        SignedNote.TryRead(System.Text.Encoding.UTF8.GetBytes(receipt.Checkpoint), out SignedNote? note)
        && Checkpoint.TryParse(note.Text, out Checkpoint? checkpoint)
            ? checkpoint
            : null;
}
