using ChainSpace.Protocol;

namespace ChainSpace.Rules;

/// <summary>Where and when an entry stands; all that rules know of the world.</summary>
public readonly record struct Occasion(EntryIndex Index, Moment Now);
