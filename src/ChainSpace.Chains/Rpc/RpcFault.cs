using System.Collections.Immutable;

namespace ChainSpace.Chains.Rpc;

/// <summary>Why a question to a network has no answer. A value, never an exception: strangers' machines fail every day.</summary>
public abstract record RpcFault
{
    private RpcFault()
    {
    }

    /// <summary>Nothing came within the time allowed.</summary>
    public sealed record Timeout(TimeSpan After) : RpcFault;

    /// <summary>No connection: refused, no such host, cut off midway. The kind is the platform's word for it.</summary>
    public sealed record Unreachable(string Kind) : RpcFault;

    /// <summary>An HTTP status that is neither success nor a rate limit.</summary>
    public sealed record HttpStatus(int Code) : RpcFault;

    /// <summary>Asked too often; the endpoint may say how long to wait.</summary>
    public sealed record RateLimited(TimeSpan? RetryAfter) : RpcFault;

    /// <summary>The response is longer than the limit, in bytes.</summary>
    public sealed record TooLarge(long Limit) : RpcFault;

    /// <summary>Not JSON-RPC, or not what the method answers.</summary>
    public sealed record Malformed(string What) : RpcFault;

    /// <summary>The node answered with an error of its own; its text is a stranger's.</summary>
    public sealed record NodeError(long Code, string Message) : RpcFault;

    /// <summary>The call ran and the contract refused it.</summary>
    public sealed record Reverted(RevertReason Reason) : RpcFault;

    /// <summary>The endpoint serves another network.</summary>
    public sealed record WrongChain(ChainId Expected, ChainId Found) : RpcFault;

    /// <summary>The endpoint has not yet seen a block that others have.</summary>
    public sealed record Behind(BlockNumber Head, BlockNumber Needed) : RpcFault;

    /// <summary>Fewer endpoints than demanded gave the same answer.</summary>
    /// <param name="Needed">How many had to agree.</param>
    /// <param name="Answers">How many answered at all.</param>
    /// <param name="Last">Why the last silent one was silent; null if all answered.</param>
    public sealed record Disagreement(int Needed, int Answers, RpcFault? Last) : RpcFault;

    /// <summary>Every endpoint is being left alone for a while after failing; the first may be asked again then.</summary>
    public sealed record Resting(TimeSpan For, RpcFault? Last) : RpcFault;

    /// <summary>Every endpoint failed, each for its own reason.</summary>
    public sealed record AllFailed(ImmutableArray<RpcFault> Faults) : RpcFault
    {
        public bool Equals(AllFailed? other) => other is not null && Faults.SequenceEqual(other.Faults);

        public override int GetHashCode() => Faults.Length;

        public override string ToString() => $"AllFailed {{ {string.Join(", ", Faults)} }}";
    }

    /// <summary>
    /// True where a smaller question may succeed: too many results, too many bytes, too long. Nodes word this in many ways,
    /// so every error of a node counts.
    /// </summary>
    public bool MayBeTooMuch() => this switch
    {
        Timeout or TooLarge or NodeError or HttpStatus => true,
        Unreachable or RateLimited or Malformed or Reverted or WrongChain or Behind or Resting => false,
        Disagreement disagreement => disagreement.Last?.MayBeTooMuch() ?? false,
        AllFailed failed => failed.Faults.Any(each => each.MayBeTooMuch()),
    };
}

/// <summary>What a contract said when it refused.</summary>
public abstract record RevertReason
{
    private RevertReason()
    {
    }

    /// <summary>Nothing, or nothing that can be read.</summary>
    public sealed record Silent : RevertReason;

    /// <summary><c>Error(string)</c>: a sentence. A stranger's text.</summary>
    public sealed record Sentence(string Text) : RevertReason;

    /// <summary><c>Panic(uint256)</c>: the compiler's own checks; 0x11 is an overflow, 0x12 a division by zero.</summary>
    public sealed record Panic(ulong Code) : RevertReason;

    /// <summary>A custom error: its selector and arguments.</summary>
    public sealed record Custom(ReadOnlyMemory<byte> Data) : RevertReason
    {
        public bool Equals(Custom? other) => other is not null && Data.Span.SequenceEqual(other.Data.Span);

        public override int GetHashCode() => Data.Length;

        public override string ToString() => $"Custom {{ {Hex.Encode(Data.Span)} }}";
    }
}
