using System.Text;
using static ChainSpace.Rules.Refusal;

namespace ChainSpace.Rules;

/// <summary>Refusals in words: the stable code for programs, and one sentence that says what to do.</summary>
public static class Explain
{
    /// <summary>The case's name in snake case; never changes once published.</summary>
    public static string Code(Refusal refusal)
    {
        StringBuilder code = new();
        foreach (char letter in refusal.GetType().Name)
        {
            if (char.IsUpper(letter) && code.Length > 0) code.Append('_');
            code.Append(char.ToLowerInvariant(letter));
        }

        return code.ToString();
    }

    /// <summary>One sentence for people.</summary>
    /// <param name="refusal">What is to be said.</param>
    /// <param name="currency">The money of the space that refuses.</param>
    public static string Sentence(Refusal refusal, Currency currency) => refusal switch
    {
        Stale stale => $"The message expired at {stale.Expired}; sign it again with a later expiry.",
        ExpiresTooLate late => $"The message may expire at {late.Latest} at the latest.",
        AlreadyIn already => $"This message is already entry {already.Index}.",
        NonceUsed used => $"The nonce was used by entry {used.Index}; sign again with another.",
        NotRegistered unknown => $"Account {unknown.Account} has not registered in this space; send a Register message first.",
        WrongKey => "The key in the message is not the account's own.",
        NotDelegated stranger => $"Key {stranger.Signer} is no session of this account; delegate to it first.",
        SessionOver over => $"The session ended at {over.Until}; delegate again.",
        OutOfScope { Scope: "none" } => "No session may do this; it needs the account's own key.",
        OutOfScope scope => $"The session may not do this; it needs the scope '{scope.Scope}'.",
        OverSpendingLimit limit => $"The session may lock {currency.Say(limit.Left)} more only.",
        OperatorOnly => "Only the space's operator may say this.",
        RequesterOnly => "Only the requester of the task may do this.",
        InvalidTerm term => $"'{term.Member}' must be: {term.Allowed}.",
        OverBalance over => $"The account has {currency.Say(over.Available)} available.",
        UnknownPoll unknown => $"There is no poll {unknown.Poll} here.",
        UnknownBatch unknown => $"There is no batch {unknown.Batch} here.",
        BatchClosed => "The batch takes no more items.",
        PollClosed => "Voting on this poll has ended.",
        NotOpening => "The votes of this poll are not being opened now.",
        NotDrawnYet => "The voters of this poll are still being drawn; try again after the next block.",
        HasVotes has => $"It is too late to take this back, for votes have been cast ({has.Votes}); a poll can be closed.",
        NotEligible none => WhyNot(none.Because),
        AlreadyVoted already => $"The account has voted on this poll: entry {already.Index}.",
        PersonVoted voted => $"Another account of the same person has voted on this poll: entry {voted.Index}.",
        NoSuchAnswer { Options: 0 } answer => $"That is no answer of the format {answer.Format}.",
        NoSuchAnswer answer => $"That is no answer of the format {answer.Format} with {answer.Options} options, counted from 0.",
        WrongVoting wrong => $"This poll takes {wrong.Expected} votes.",
        WrongOpening wrong => $"Vote {wrong.Vote} is not opened by this.",
        ConfidenceNotProven => "The openings do not show that the confidence was reached with the last vote and not before.",
        TickDue => "A deadline has come and must be entered first.",
        NothingDue => "Nothing is due.",
        WrongBlock wrong => $"The next block is number {wrong.Expected} and must cover more of the journal than the last.",
        NoVault => "This space has no chain: its money is play money and stays here.",
        NothingNew known =>
            $"The vault's total for this account is not above {currency.Say(known.Credited)}, which is credited already.",
        WrongAnchor wrong => $"The next anchor must cover more than {wrong.Last} entries, and no more than there are.",
        AlreadyExpedited already => $"The account pays for an early anchor already: entry {already.Index}; wait for its end.",
        TooManyExpedited many => $"The space has {many.Open} open requests for an early anchor; try again after the next anchor.",
        UnknownJob unknown => $"There is no job {unknown.Job} here.",
        JobClosed => "The job has ended, or its deadline has passed.",
        NotInJob stranger => $"Account {stranger.Worker} has no part in this job.",
        WrongPhase wrong => $"This needs: {wrong.Expected}; but it is: {wrong.Phase}.",
        JobFull full => $"All {full.Places} places of this job are taken.",
        NoRevisionLeft none => $"The job allows {none.Allowed} revisions of a milestone; accept the work or decline it.",
        WrongCommitment => "That is not what this account has committed to.",
        WrongGenesis => "A space is created by its first entry and by no other.",
    };

    private static string WhyNot(string because) => because switch
    {
        "own" => "A requester takes no part in the own task.",
        "operator" => "The operator of a space holds the key to its sealed votes, and does not vote in it.",
        "named" => "This poll is for named accounts, and this is none of them.",
        "drawn" => "This account was not drawn for the poll.",
        "panel" => "This account is not of the panel that was drawn for the batch.",
        "lapsed" => "The seat had a lease, which ended without a vote; it went to the reserve.",
        "admitted" =>
            "The operator has not admitted this account; show the node what the poll asks for (chainspace apply).",
        "late" => "The time to apply is over; voters are drawn among those admitted until then.",
        "judge" => "Who has voted on a case of this job cannot take a part in it.",
        "person" => "Another account of the same person has a part in this job.",
        "party" => "Whoever has a part in the job cannot decide on it.",
        "voted" => "This account has not voted on the poll.",
        "training" => "Items of this batch that teach come first; answer those that are open.",
        _ => $"The account does not meet the task's condition: {because}.",
    };
}
