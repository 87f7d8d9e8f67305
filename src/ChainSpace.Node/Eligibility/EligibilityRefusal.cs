using ChainSpace.Rules;

namespace ChainSpace.Node.Eligibility;

/// <summary>Why the node admits nobody, or does not say how many there are.</summary>
public abstract record EligibilityRefusal
{
    private EligibilityRefusal() { }

    public sealed record UnknownPoll : EligibilityRefusal;

    public sealed record UnknownAccount : EligibilityRefusal;

    /// <summary>The poll has no filter that the node decides, or its content was erased.</summary>
    public sealed record NothingToDecide : EligibilityRefusal;

    /// <summary>A part of the filter, in words. Only the account itself is told.</summary>
    public sealed record NotMet(string Condition) : EligibilityRefusal;

    /// <summary>Fewer people than are counted, or all but fewer.</summary>
    public sealed record TooFew(int Smallest) : EligibilityRefusal;

    /// <summary>The requester has asked often enough today.</summary>
    public sealed record NoQuestionsLeft(int PerDay) : EligibilityRefusal;

    /// <summary>Nobody is found by something sensitive.</summary>
    public sealed record Sensitive : EligibilityRefusal;

    /// <summary>The rules of the space refuse it.</summary>
    public sealed record Ruled(Refusal Refusal) : EligibilityRefusal;
}
