using System.Collections.Immutable;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Transactions;

namespace ChainSpace.Chains.Sending;

/// <summary>A signed transaction of an intent, and when it was made.</summary>
internal sealed record Attempt(SignedTransaction Signed, DateTimeOffset Made);

/// <summary>An intent with all that has happened to it.</summary>
/// <param name="Id">Order of submission.</param>
/// <param name="Nonce">Null until the first attempt is signed; never changes afterwards.</param>
/// <param name="Mined">The block it was last seen in, if any.</param>
internal sealed record OutboxEntry(
    long Id, Intent Intent, Nonce? Nonce, Outcome Outcome, MinedAt? Mined, ImmutableArray<Attempt> Attempts)
{
    public IntentState State => (Outcome, Nonce, Mined) switch
    {
        (Outcome.Displaced, { } nonce, _) => new IntentState.Displaced(nonce),
        (Outcome.Final, { } nonce, { } mined) =>
            new IntentState.Final(nonce, mined.Transaction, mined.Block, mined.Succeeded),
        (_, { } nonce, { } mined) => new IntentState.Mined(nonce, mined.Transaction, mined.Block),
        (_, { } nonce, null) => new IntentState.Sent(nonce, Attempts[^1].Signed.Hash, Attempts.Length),
        _ => new IntentState.Waiting(),
    };
}

/// <summary>Where a transaction was seen.</summary>
internal sealed record MinedAt(TransactionHash Transaction, BlockNumber Block, BlockHash BlockHash, bool Succeeded)
{
    public static MinedAt Of(Receipt.Mined receipt) =>
        new(receipt.Transaction, receipt.Block, receipt.BlockHash, receipt.Succeeded);
}

/// <summary>How an intent ended; the numbers stand in the file.</summary>
internal enum Outcome
{
    Open = 0,
    Final = 1,
    Displaced = 2,
}
