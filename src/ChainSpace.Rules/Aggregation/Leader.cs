namespace ChainSpace.Rules.Aggregation;

/// <summary>The option most likely to be the answer, and how likely the votes so far make it.</summary>
public readonly record struct Leader(int Option, double Probability);
