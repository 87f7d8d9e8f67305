using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Sequencing;

/// <summary>A message whose signature holds. Nothing less can be put into order.</summary>
/// <param name="Envelope">Message, signer and signature.</param>
/// <param name="Id">The digest that was signed.</param>
/// <param name="Opening">What a sealed vote hides, as only this node can read it; null for every other message.</param>
public sealed record Authentic(Envelope Envelope, MessageId Id, Opening? Opening = null);
