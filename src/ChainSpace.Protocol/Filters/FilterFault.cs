namespace ChainSpace.Protocol.Filters;

/// <summary>What is wrong with a filter.</summary>
/// <param name="Path">The bad member (RFC 6901), such as <c>/all/1/age/ge</c>; empty for the whole.</param>
/// <param name="Because">What it must be.</param>
public sealed record FilterFault(string Path, string Because);
