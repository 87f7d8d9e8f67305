using ChainSpace.Node.Audit;

namespace ChainSpace.Node.Witnessing;

/// <summary>What an audit comes to about an anchor.</summary>
internal abstract record Finding
{
    private Finding() { }

    /// <summary>The journal says the same at that size, and its deposits lie in the vault.</summary>
    public sealed record Right(AuditMark Mark) : Finding;

    /// <summary>It does not, or is none that holds; one sentence says what is wrong.</summary>
    public sealed record Wrong(string Sentence) : Finding;

    /// <summary>Nobody can tell, for somebody did not answer; one sentence says who.</summary>
    public sealed record Unknown(string Sentence) : Finding;
}
