using System.Buffers.Binary;
using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Aggregation;
using static ChainSpace.Rules.Refusal;

namespace ChainSpace.Rules.Polls;

/// <summary>What may be said about a poll. Guards only decide; <see cref="Rulebook"/> does what they allow.</summary>
public static class PollRules
{
    /// <summary>An account takes part now; <paramref name="Weights"/> of a vote it would cast.</summary>
    public readonly record struct Candidate(Account Account, Moment Now, EntryIndex Index, Weights Weights)
    {
        /// <summary>The operator has let the account into this poll.</summary>
        public bool IsAdmitted { get; init; }
    }

    /// <summary>An open vote.</summary>
    public static Ruling<Ballot, Refusal> Cast(Poll poll, Candidate voter, Vote vote)
    {
        if (Admission(poll, voter) is { } refusal) return refusal;
        if (poll.Terms.IsSealed) return new WrongVoting("sealed");
        if (!poll.Terms.Format.Accepts(vote.Choice)) return new NoSuchAnswer(poll.Terms.Message.Format, poll.Terms.Options);
        if (Unaffordable(poll, voter) is { } over) return over;
        return new Ballot(voter.Account, voter.Index, (int)vote.Choice, default, voter.Weights);
    }

    /// <summary>A sealed vote.</summary>
    public static Ruling<Ballot, Refusal> Cast(Poll poll, Candidate voter, SealedVote vote)
    {
        if (Admission(poll, voter) is { } refusal) return refusal;
        if (!poll.Terms.IsSealed) return new WrongVoting("open");
        if (Unaffordable(poll, voter) is { } over) return over;
        return new Ballot(voter.Account, voter.Index, Ballot.Hidden, vote.Commitment, voter.Weights);
    }

    /// <summary>Whether the requester may take the poll back.</summary>
    public static Refusal? Cancel(Poll poll, AccountId account)
    {
        if (poll.Terms.Requester.Id != account) return new RequesterOnly();
        if (poll.Stage is not (Stage.Voting or Stage.Drawing or Stage.Gathering)) return new PollClosed(poll.Terms.Id);
        return poll.Ballots.Count > 0 ? new HasVotes(poll.Ballots.Count) : null;
    }

    /// <summary>Whether the requester may end voting by hand.</summary>
    public static Refusal? Close(Poll poll, AccountId account)
    {
        if (poll.Terms.Requester.Id != account) return new RequesterOnly();
        return poll.Stage is Stage.Voting or Stage.Drawing or Stage.Gathering ? null : new PollClosed(poll.Terms.Id);
    }

    /// <summary>Whether the operator may end voting because sealed votes have reached the target.</summary>
    public static Refusal? Conclude(Poll poll, Conclude message)
    {
        if (poll.Stage is not Stage.Voting) return new PollClosed(poll.Terms.Id);
        if (!poll.Terms.IsSealed || poll.Terms.Message.Confidence == 0) return new WrongVoting("sealed with a confidence");
        int least = Counting.MinimumVotes(poll.Terms);
        if (message.Votes < least) return new InvalidTerm("votes", $"at least {least}");
        return message.Votes == poll.Ballots.Count ? null : new InvalidTerm("votes", $"{poll.Ballots.Count}");
    }

    /// <summary>The choice a voter opens himself, and the vote's number.</summary>
    public static Ruling<OpenedVote, Refusal> Open(Poll poll, Account voter, (OpenVote Message, Domain Domain) said)
    {
        if (poll.Stage is not Stage.Opening) return new NotOpening(poll.Terms.Id);
        if (poll.Ballots.NumberOf(voter) is not { } number) return new NotEligible("voted");
        Ballot ballot = poll.Ballots.Ballots[number];
        Opening opening = new(said.Message.Choice, said.Message.Salt);
        if (ballot.Choice != Ballot.Hidden) return new WrongOpening(number);
        if (said.Domain.Commitment(poll.Terms.Id, voter.Id, opening) != ballot.Commitment) return new WrongOpening(number);
        return new OpenedVote(number, ChoiceOf(poll.Terms, opening));
    }

    /// <summary>The choices the operator opens, from the vote after the last one on; hidden where it could not.</summary>
    public static Ruling<OpenedVotes, Refusal> Open(Poll poll, Openings message, Domain domain)
    {
        if (poll.Stage is not Stage.Opening stage) return new NotOpening(poll.Terms.Id);
        int count = message.Packed.Length / Openings.OpeningSize;
        if (message.From != stage.Next || message.Packed.Length % Openings.OpeningSize != 0) return new WrongOpening(stage.Next);
        if (count == 0 || stage.Next + count > poll.Ballots.Count) return new WrongOpening(stage.Next);
        Ballot[] votes = poll.Ballots.Ballots.Slice(stage.Next, count).ToArray();
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> packed = message.Packed.AsSpan(i * Openings.OpeningSize, Openings.OpeningSize);
            if (ReadOpening(poll, stage.Next + i, new Said(packed, domain)) is not { } choice)
                return new WrongOpening(stage.Next + i);
            votes[i] = votes[i] with { Choice = choice };
        }

        if (stage.Proof is null) return new OpenedVotes(votes, null);
        bool areLast = stage.Next + count == poll.Ballots.Count;
        if (Counting.Prove(poll, stage.Proof, (votes, areLast)) is not { } proof) return new ConfidenceNotProven();
        return new OpenedVotes(votes, proof);
    }

    private static Refusal? Admission(Poll poll, Candidate voter)
    {
        if (poll.Stage is Stage.Drawing or Stage.Gathering) return new NotDrawnYet();
        if (poll.Stage is not Stage.Voting voting) return new PollClosed(poll.Terms.Id);
        if (poll.Ballots.NumberOf(voter.Account) is { } number) return new AlreadyVoted(poll.Ballots.Ballots[number].Index);
        if (voter.Account.IsOfSamePerson(poll.Terms.Requester)) return new NotEligible("own");
        if (voter.Account.IsOperator) return new NotEligible("operator");
        if (poll.Terms is { IsByAdmission: true, IsDrawn: false } && !voter.IsAdmitted) return new NotEligible("admitted");
        if (VoteOfPerson(poll, voter.Account) is { } cast) return new PersonVoted(cast);
        if (poll.Terms.IsDrawn) return WhyNotSeated(voting, voter.Account.Id) is { } unseated ? new NotEligible(unseated) : null;
        return WhyNot(poll.Terms, voter.Account, voter.Now) is { } because ? new NotEligible(because) : null;
    }

    // Asked of the persons as they are known now, so that a vote under another account's name counts once.
    private static EntryIndex? VoteOfPerson(Poll poll, Account account)
    {
        foreach (Account other in account.Person?.Accounts ?? [])
        {
            if (poll.Ballots.NumberOf(other) is { } number) return poll.Ballots.Ballots[number].Index;
        }

        return null;
    }

    private static string? WhyNotSeated(Stage.Voting voting, AccountId account)
    {
        if (voting.Seats.BinarySearch(account) >= 0) return null;
        return voting.Places.Any(place => place.IsCalled && place.Account == account) ? "lapsed" : "drawn";
    }

    private static OverBalance? Unaffordable(Poll poll, Candidate voter)
    {
        Amount available = voter.Account.Balance.Available;
        return poll.Terms.Message.Deposit > available ? new OverBalance(available) : null;
    }

    /// <summary>The condition on voters that the account does not meet; null where it meets all.</summary>
    public static string? WhyNot(PollTerms terms, Account account, Moment now)
    {
        if (account.IsOfSamePerson(terms.Requester)) return "own";
        if (account.IsOperator) return "operator";
        if (terms.Message.Voters == "named") return terms.Message.Named.BinarySearch(account.Id) < 0 ? "named" : null;
        if (IsParty(terms, account)) return "party";
        return terms.Filter?.Unmet(account, terms.Message.Category, now);
    }

    private static bool IsParty(PollTerms terms, Account account) => !terms.Message.Named.IsEmpty
        && account.OfSamePerson.Any(one => terms.Message.Named.BinarySearch(one.Id) >= 0);

    private static int? ReadOpening(Poll poll, int number, Said said)
    {
        Opening opening = new(BinaryPrimitives.ReadUInt32BigEndian(said.Packed), Bytes32.Read(said.Packed[4..]));
        Ballot ballot = poll.Ballots.Ballots[number];
        if (opening.Choice == Openings.Unreadable) return Ballot.Hidden;
        bool isTrue = said.Domain.Commitment(poll.Terms.Id, ballot.Voter.Id, opening) == ballot.Commitment;
        return isTrue ? ChoiceOf(poll.Terms, opening) : null;
    }

    private readonly ref struct Said(ReadOnlySpan<byte> packed, Domain domain)
    {
        public ReadOnlySpan<byte> Packed { get; } = packed;

        public Domain Domain { get; } = domain;
    }

    private static int ChoiceOf(PollTerms terms, Opening opening) =>
        terms.Format.Accepts(opening.Choice) ? (int)opening.Choice : Ballot.Spoiled;
}

/// <summary>Votes the operator has dealt with, in order; hidden where it could not open one.</summary>
/// <param name="Votes">With the choices the operator found.</param>
/// <param name="Proof">Everything the operator has opened, where that must show the confidence; else null.</param>
public sealed record OpenedVotes(Ballot[] Votes, Tally? Proof);

/// <summary>A sealed vote that has been opened.</summary>
public readonly record struct OpenedVote(int Number, int Choice);
