namespace ChainSpace.Chains.Rpc;

/// <summary>How much of our time and memory one endpoint may take.</summary>
public sealed record RpcLimits
{
    /// <summary>From sending a request to the last byte of its response.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest response, in bytes.</summary>
    public int ResponseBytesMax { get; init; } = 32 << 20;

    /// <summary>Most requests in one HTTP message; larger calls are split.</summary>
    public int BatchMax { get; init; } = 100;
}
