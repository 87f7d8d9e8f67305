using ChainSpace.Chains.Fees;
using ChainSpace.Chains.Transactions;

namespace ChainSpace.Chains.Sending;

/// <summary>Something to be done on a network exactly once.</summary>
/// <param name="Key">Names it for ever: submitted again, it changes nothing and gives the first one's state.</param>
/// <param name="Call">What to do.</param>
/// <param name="GasLimit">The most gas it may take.</param>
/// <param name="Urgency">How soon.</param>
public sealed record Intent(string Key, ChainCall Call, Gas GasLimit, Urgency Urgency = Urgency.Normal);

/// <summary>How far an intent has come.</summary>
public abstract record IntentState
{
    private IntentState()
    {
    }

    /// <summary>Over, without having done what it was for.</summary>
    public bool IsRefused => this is Displaced or Final { Succeeded: false };

    /// <summary>It has no nonce yet: others go first, fees are too high, or no endpoint answers.</summary>
    public sealed record Waiting : IntentState;

    /// <summary>Signed and, unless no endpoint answered, sent; it may be mined at any time.</summary>
    /// <param name="Newest">The attempt sent last; any of them may be the one that is mined.</param>
    /// <param name="Attempts">How many there are, each with higher fees.</param>
    public sealed record Sent(Nonce Nonce, TransactionHash Newest, int Attempts) : IntentState;

    /// <summary>In a block that may still be replaced; then it is sent again.</summary>
    public sealed record Mined(Nonce Nonce, TransactionHash Transaction, BlockNumber Block) : IntentState;

    /// <summary>Over: in a final block.</summary>
    /// <param name="Succeeded">False if the contract refused; it is not tried again.</param>
    public sealed record Final(Nonce Nonce, TransactionHash Transaction, BlockNumber Block, bool Succeeded) : IntentState;

    /// <summary>
    /// Over, and not done: a final block has another transaction of this nonce, made with the same key by somebody else.
    /// Never tried again by itself; submit it under a new key if it is still wanted.
    /// </summary>
    public sealed record Displaced(Nonce Nonce) : IntentState;
}
