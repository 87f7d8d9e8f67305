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
        "Admit" => "Let an account into a poll",
        "Openings" => "Opened the sealed votes of a poll",
        "ReportBlock" => "Reported a block",
        "Tick" => "Let time pass",
        "Attest" => "Attested a person",
        "Credit" => "Gave play money",
        "Withdraw" => "Took money out",
        "Bonus" => "Paid a bonus",
        "Expedite" => "Paid for an early anchor",
        "ReportDeposit" => "Reported a deposit",
        "ReportAnchor" => "Reported an anchor",
        "PostJob" => "Posted a job",
        "CancelJob" => "Took a job back",
        "ApplyForJob" => "Applied for a job",
        "AssignJob" => "Gave a job to an applicant",
        "ClaimJob" => "Took a job",
        "LeaveJob" => "Stepped back from a job",
        "CommitWork" => "Entered a contest with sealed work",
        "SubmitWork" => "Handed in work",
        "AcceptWork" => "Accepted work",
        "DeclineWork" => "Declined work",
        "RequestRevision" => "Sent work back",
        "CounterOffer" => "Offered to settle for a part",
        "ReportCheck" => "Reported a check of work",
        "RateJob" => "Rated the other side, sealed",
        "OpenRating" => "Opened a rating",
        _ => type,
    };
}
