using ChainSpace.Client.Reading;
using ChainSpace.Protocol.Filters;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Eligibility;

namespace ChainSpace.Node.Intake;

/// <summary>
/// The filter of a poll that admits its voters. It stands in the content, under the salted hash, so that the journal does
/// not say for good what somebody was asked for.
/// </summary>
public static class PollFilters
{
    private const int ShortestPurpose = 10, LongestPurpose = 500;

    /// <summary>What is wrong with filter and purpose of a content; null where they are as they should be.</summary>
    public static string? Fault(PollContent content, PostPoll post)
    {
        if (post.Voters != AdmissionRules.Voters)
        {
            bool isPlain = content.Filter is null && content.Purpose is null;
            return isPlain ? null : "only a poll whose voters are admitted has a filter";
        }

        if (content.Filter is not { } json) return "a poll whose voters are admitted needs a filter";
        return FilterReader.TryRead(json, out Filter? filter, out FilterFault? fault)
            ? PurposeFault(filter, content.Purpose)
            : $"the filter at '{fault.Path}' must be {fault.Because}";
    }

    /// <summary>What is wrong with a purpose; a sensitive filter needs one.</summary>
    public static string? PurposeFault(Filter filter, string? purpose)
    {
        if (purpose is null && !filter.IsSensitive) return null;
        return purpose?.Trim().Length is >= ShortestPurpose and <= LongestPurpose
            ? null
            : "a filter that asks for something sensitive needs a purpose of 10 to 500 characters";
    }
}
