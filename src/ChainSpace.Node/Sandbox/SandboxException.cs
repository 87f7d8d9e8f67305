namespace ChainSpace.Node.Sandbox;

/// <summary>The machine cannot confine a program, or its settings are unusable. Nothing was run unconfined.</summary>
public sealed class SandboxException(string sentence) : Exception(sentence);
