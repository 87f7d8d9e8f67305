namespace ChainSpace.Tests.Settlement;

/// <summary>What a story plays with, drawn before it begins.</summary>
internal sealed record StoryPlan
{
    /// <summary>Seconds that are long enough for who is awake, and short enough to be waited for where nobody is.</summary>
    public const uint LongWindow = 60, ShortWindow = 2;

    /// <summary>Whether the money is the chain's own coin; else it is a token.</summary>
    public bool IsCoin { get; init; }

    /// <summary>Whether somebody has stolen the operator's key. Somebody else is awake then, in a window long enough.</summary>
    public bool HasThief { get; init; }

    /// <summary>Which of three endpoints lies; null: there is one, which does not.</summary>
    public int? Liar { get; init; }

    /// <summary>How many endpoints must say the same.</summary>
    public int Agreement { get; init; } = 1;

    /// <summary>Blocks that must stand on another before the node takes it for final.</summary>
    public ulong Confirmations { get; init; } = MoneyChain.Depth;

    /// <summary>Seconds that a proposal waits. A long one is not slept through: the chain's clock is put forward.</summary>
    public uint Window { get; init; } = ShortWindow;

    public static StoryPlan Draw(Random chance)
    {
        (bool isCoin, bool hasThief) = (chance.Next(2) == 0, chance.Next(2) == 0);
        StoryPlan plan = new() { IsCoin = isCoin, HasThief = hasThief, Window = hasThief ? LongWindow : ShortWindow };
        return chance.Next(2) == 0 ? plan : plan with { Liar = chance.Next(3), Agreement = 2 };
    }
}
