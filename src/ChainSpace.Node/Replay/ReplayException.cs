namespace ChainSpace.Node.Replay;

/// <summary>What stops a replay, as the one sentence its user reads; caught where the verb ends.</summary>
internal sealed class ReplayException(string sentence) : Exception(sentence);
