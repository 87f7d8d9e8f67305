namespace ChainSpace.Node.Settlement;

/// <summary>A chain does not do what somebody who waits for it wants; the message is one sentence for him.</summary>
public sealed class ChainException(string sentence) : Exception(sentence);
