using ChainSpace.Chains.Networks;

namespace ChainSpace.Chains.Sending;

/// <summary>How a sender behaves on its network.</summary>
public sealed record SenderOptions
{
    /// <summary>The most to offer for gas, base fee included, in wei per gas.</summary>
    public required Wei FeeCeiling { get; init; }

    /// <summary>When a block counts as final.</summary>
    public required FinalityRule Finality { get; init; }

    /// <summary>After how long without being mined a transaction is replaced by one with higher fees.</summary>
    public TimeSpan StuckAfter { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Most transactions under way at once; nodes keep few of one account.</summary>
    public int UnderWayMax { get; init; } = 16;
}

/// <summary>What one step of a sender found.</summary>
/// <param name="Waiting">Intents without a nonce.</param>
/// <param name="UnderWay">Intents sent and not final.</param>
/// <param name="TooDear">Set where fees above the ceiling held something back.</param>
/// <param name="Fault">The last question without an answer; the next step asks again.</param>
/// <param name="Objection">What a node said against the oldest transaction under way, such as a lack of funds.</param>
public sealed record SenderReport(
    int Waiting, int UnderWay, Fees.FeeDecision.TooDear? TooDear, Rpc.RpcFault? Fault, Rpc.RpcFault? Objection);
