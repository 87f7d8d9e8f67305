using ChainSpace.Node.Sequencing;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;

namespace ChainSpace.Node.Intake;

/// <summary>Why a line got no place in the journal, before or by the rules.</summary>
public abstract record Rejection
{
    private Rejection() { }

    /// <summary>It is no canonical message.</summary>
    public sealed record Wire(WireFault Fault) : Rejection;

    /// <summary>The signature does not hold.</summary>
    public sealed record Signature(SignatureAnswer Answer) : Rejection;

    /// <summary>The attachment is missing, superfluous, has another hash, or is no poll content.</summary>
    public sealed record WrongContent(string Because) : Rejection;

    /// <summary>The work pays less an hour than the operator of this node asks, or does not state its time.</summary>
    public sealed record LowPay(string Because) : Rejection;

    /// <summary>The encrypted opening of a sealed vote cannot be read, so the vote would be lost.</summary>
    public sealed record UnreadableOpening : Rejection;

    /// <summary>The account has sent more than its share lately.</summary>
    public sealed record TooMany : Rejection;

    /// <summary>The node has more to do than it takes on.</summary>
    public sealed record Busy : Rejection;

    /// <summary>The rules of the space.</summary>
    public sealed record Ruled(Refusal Refusal) : Rejection;
}

/// <summary>What the sender of a line is told.</summary>
public abstract record Reply
{
    private Reply() { }

    public sealed record Entered(Verdict.Entered Verdict) : Reply;

    public sealed record Rejected(Rejection Rejection) : Reply;
}
