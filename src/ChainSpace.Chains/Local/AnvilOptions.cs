namespace ChainSpace.Chains.Local;

/// <summary>What kind of network the local chain pretends to be.</summary>
public sealed record AnvilOptions
{
    /// <summary>Id that signatures are bound to.</summary>
    public ChainId Chain { get; init; } = new(31337);

    /// <summary>Time between blocks; null: a block only when <c>evm_mine</c> asks for one, so that tests repeat.</summary>
    public TimeSpan? BlockTime { get; init; }

    /// <summary>Base fee of the first block, in wei per gas.</summary>
    public Wei BaseFee { get; init; } = Wei.FromGwei(1);

    /// <summary>Most gas in one block.</summary>
    public Gas BlockGas { get; init; } = new(60_000_000);

    /// <summary>Wallets that own coins from the start, made from anvil's well-known words. Never use them elsewhere.</summary>
    public int Wallets { get; init; } = 10;

    /// <summary>Slots of an epoch: <c>safe</c> is one epoch behind, <c>finalized</c> two.</summary>
    public int SlotsInEpoch { get; init; } = 4;

    /// <summary>File that keeps the chain across restarts; null: the chain is forgotten.</summary>
    public string? StateFile { get; init; }

    /// <summary>The program; null: the one in contracts/node_modules above the program or the working folder.</summary>
    public string? ProgramPath { get; init; }
}
