namespace ChainSpace.Node.Commands.Terminal;

/// <summary>Why a verb cannot do what it was asked, in one sentence. <see cref="Edge"/> prints it, and the status is 1.</summary>
internal sealed class Complaint(string sentence) : Exception(sentence);
