namespace ChainSpace.Web.Wording;

/// <summary>What an entry's account did, by the type of its message. The list is open.</summary>
internal static class EntryWords
{
    public static string Did(string type) => type switch
    {
        "CreateSpace" => "Created the space",
        "Register" => "Registered",
        "Delegate" => "Let a session key speak for it",
        "Revoke" => "Ended a session key",
        "PostPoll" => "Posted a poll",
        "CancelPoll" => "Cancelled a poll",
        "ClosePoll" => "Closed a poll by hand",
        "EraseContent" => "Had the text of a poll erased",
        "Vote" => "Voted",
        "SealedVote" => "Cast a sealed vote",
        "RevealGold" => "Showed a known answer",
        "OpenVote" => "Opened a sealed vote",
        "Conclude" => "Said that a poll is certain enough",
        "Openings" => "Opened the sealed votes of a poll",
        "ReportBlock" => "Reported a block",
        "Tick" => "Let time pass",
        "Credit" => "Gave play money",
        "Withdraw" => "Took money out",
        "Expedite" => "Paid for an early anchor",
        "ReportDeposit" => "Reported a deposit",
        "ReportAnchor" => "Reported an anchor",
        _ => type,
    };
}
