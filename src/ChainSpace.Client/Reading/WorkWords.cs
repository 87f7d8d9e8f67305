namespace ChainSpace.Client.Reading;

/// <summary>What becomes of work, in words. The lists are open: an unknown code is shown as it is.</summary>
public static class WorkWords
{
    /// <summary>By whose word a submission was settled.</summary>
    public static string By(string by) => by switch
    {
        "accepted" => "accepted by the requester",
        "agreed" => "agreed by both",
        "silence" => "accepted by silence",
        "conceded" => "conceded by the worker",
        "verdict" => "decided by a jury",
        _ => by,
    };

    /// <summary>What became of a submission.</summary>
    public static string Fate(SubmissionView submission)
    {
        ArgumentNullException.ThrowIfNull(submission);
        string check = submission.IsPassed == true ? "passed the check, " : "";
        string declined = submission.Reason is { } reason ? $"declined as {reason}, " : "";
        return check + declined + submission.State switch
        {
            "checking" => "being checked",
            "failed" => "failed the check",
            "review" => "to be decided on",
            "sent-back" => "sent back",
            "declined" => "before a jury",
            "passed-over" => "not chosen",
            var by => By(by) + (submission.Percent is { } percent and not 100 ? $": {percent} %" : ""),
        };
    }
}
