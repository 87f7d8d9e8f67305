using ChainSpace.Client.Reading;

namespace ChainSpace.Web.Wording;

/// <summary>How far the proof of an entry has come, in a sentence.</summary>
internal static class ReceiptWords
{
    public static string State(ReceiptDocument receipt) => receipt switch
    {
        { State: "final", Anchor: { Shared: { } shared } anchor } =>
            $"Final: block {anchor.Height} of chain {shared.ChainId} holds it, under a root that many spaces share.",
        { State: "final", Anchor: { } anchor } => $"Final: block {anchor.Height} of the space’s chain holds it for good.",
        { State: "anchored", Anchor: { } anchor } => $"Anchored: block {anchor.Height} holds it, but may still be replaced.",
        { State: "witnessed" } => "Witnessed: as many of the space’s witnesses as it wants vouch for it.",
        _ => "Checkpointed: the space’s key has signed a journal with it. No chain holds it (yet).",
    };
}
