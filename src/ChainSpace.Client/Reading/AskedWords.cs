using ChainSpace.Protocol.Filters;

namespace ChainSpace.Client.Reading;

/// <summary>What a poll asks of those it admits, in words.</summary>
public static class AskedWords
{
    /// <summary>The filter of a content; null where there is none, or none that can be read.</summary>
    public static string? Of(PollContent? content) =>
        content?.Filter is { } json && FilterReader.TryRead(json, out Filter? filter, out _) ? FilterWords.Of(filter) : null;
}
