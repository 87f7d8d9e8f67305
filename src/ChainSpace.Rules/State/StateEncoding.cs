using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Aggregation;
using ChainSpace.Rules.Batches;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.Reputation;
using ChainSpace.Rules.Selection;
using ChainSpace.Rules.Settlement;

namespace ChainSpace.Rules.State;

/// <summary>
/// The one listing of what each record of the state consists of. State hash and snapshot both write by it, so what a
/// node restarts from is what it has vouched for. <see cref="StateDecoding"/> is its mirror image.
/// </summary>
internal static class StateEncoding
{
    /// <summary>Stands for an option or a moment where there is none; neither is ever negative.</summary>
    public const int None = -1;

    public static void WriteHeader(FieldWriter fields, SpaceState state)
    {
        fields.Bytes(state.Genesis is { } genesis ? CanonicalMessage.Write(genesis) : []);
        fields.Number(state.Size);
        fields.Number(state.Now.Milliseconds);
        fields.Money(state.Supply);
        fields.Money(state.Fund);
        fields.Number(state.Height);
        fields.Number(state.BlockSize);
        fields.Number(state.AnchoredSize);
        fields.Id(state.AnchoredPayouts);
        WriteEvidence(fields, state.Pools);
    }

    /// <summary>The account's number is left out: it counts accounts by the entry that registered them.</summary>
    public static void WriteAccount(FieldWriter fields, Account account)
    {
        fields.Id(account.Id.Value);
        fields.Number(account.Registered.Value);
        fields.Text(account.Attributes);
        fields.Tag((byte)account.PersonLevel);
        if (account.Person is { } person) fields.Id(person.Cluster);
        fields.Money(account.Balance.Available);
        fields.Money(account.Balance.Escrowed);
        fields.Money(account.Balance.Withdrawn);
        fields.Money(account.Balance.Earned);
        fields.Money(account.Balance.Received);
        fields.Number(account.Sessions.Count);
        if (account.Sessions.Count > 0) WriteSessions(fields, account);
        WriteEvidence(fields, account.Reputation);
        WriteReceipts(fields, account);
    }

    /// <summary>Open requests for early anchors, oldest first.</summary>
    public static void WritePriorities(FieldWriter fields, PriorityRequests requests)
    {
        fields.Number(requests.Count);
        foreach (PriorityRequest request in requests.Oldest)
        {
            fields.Number(request.Index.Value);
            fields.Id(request.Payer.Id.Value);
            fields.Money(request.Amount);
            fields.Number(request.Before.Milliseconds);
        }
    }

    /// <summary>
    /// A poll as it is hashed. Its id is the digest of its terms and the chain the digest of its votes, so neither is
    /// listed and a vote costs the same in a poll of ten as in one of a million.
    /// </summary>
    public static void WritePoll(FieldWriter fields, Poll poll)
    {
        fields.Id(poll.Terms.Id.Value);
        fields.Number(poll.Terms.Posted.Value);
        fields.Number(poll.Due?.Milliseconds ?? None);
        WriteStage(fields, poll.Stage);
        WriteExtension(fields, poll);
        fields.Number(poll.Ballots.Count);
        VoteChain chain = poll.Ballots.Chain;
        fields.Id(chain.Full);
        fields.Id(chain.Tail);
        fields.Id(chain.Opened);
        CalibrationEncoding.Write(fields, poll.Calibration);
        fields.Number(poll.Truth ?? None);
    }

    // Terms other than those whose digest is the poll's id.
    private static void WriteExtension(FieldWriter fields, Poll poll)
    {
        fields.Tag(poll.IsExtended ? (byte)1 : (byte)0);
        if (!poll.IsExtended) return;
        PostPoll message = poll.Terms.Message;
        fields.Number(message.Deadline.Milliseconds);
        fields.Number((int)message.Maximum);
        fields.Money(message.Reward);
        fields.Text(message.Inconclusive);
    }

    /// <summary>What <see cref="WritePoll"/> only has the digests of.</summary>
    public static void WritePollContent(FieldWriter fields, Poll poll)
    {
        fields.Bytes(CanonicalMessage.Write(poll.Terms.Message));
        foreach (Ballot ballot in poll.Ballots.Ballots)
        {
            fields.Number(ballot.Voter.Number);
            fields.Number(ballot.Index.Value);
            fields.Number(ballot.Choice);
            fields.Score(ballot.Weights.Skilled);
            fields.Score(ballot.Weights.Plain);
            if (poll.Terms.IsSealed) fields.Id(ballot.Commitment);
        }
    }

    /// <summary>A batch as it is hashed: its id is the digest of its terms, the chain that of its items.</summary>
    public static void WriteBatch(FieldWriter fields, Batch batch)
    {
        fields.Id(batch.Terms.Id.Value);
        fields.Number(batch.Terms.Posted.Value);
        fields.Number(batch.Due.Milliseconds);
        fields.Tag(batch.IsClosed ? (byte)1 : (byte)0);
        fields.Number(batch.Items);
        fields.Id(batch.Chain);
        fields.Number(batch.Groups.Count);
        foreach (int group in batch.Groups.Keys) fields.Number(group);
        fields.Tag(batch.Panel is null ? (byte)0 : (byte)1);
        if (batch.Panel is { } panel) fields.Id(panel.Digest);
    }

    /// <summary>What <see cref="WriteBatch"/> only has the digests of.</summary>
    public static void WriteBatchContent(FieldWriter fields, Batch batch)
    {
        fields.Bytes(CanonicalMessage.Write(batch.Terms.Message));
        WriteIds(fields, batch.Training);
        foreach (BatchGroup group in batch.Groups.Values) WriteIds(fields, group.Items);
        if (batch.Panel is not { } panel) return;
        fields.Number(panel.Seats.Length);
        foreach (AccountId seat in panel.Seats) fields.Id(seat.Value);
    }

    private static void WriteIds(FieldWriter fields, IReadOnlyList<TaskId> ids)
    {
        fields.Number(ids.Count);
        foreach (TaskId id in ids) fields.Id(id.Value);
    }

    /// <summary>The tables by period. Nothing is ever taken out of a table, so it lists its nonces by entry.</summary>
    public static void WriteNonces(FieldWriter fields, NonceMemory nonces)
    {
        fields.Number(nonces.Periods.Count());
        foreach ((long period, Dictionary<NonceMemory.Key, NonceMemory.Seen> table) in nonces.Periods)
        {
            fields.Number(period);
            fields.Number(table.Count);
            foreach ((NonceMemory.Key key, NonceMemory.Seen seen) in table)
            {
                fields.Number(key.Account);
                fields.Number(key.Nonce);
                fields.Number(seen.Index.Value);
                fields.Number(seen.Fingerprint);
            }
        }
    }

    private static void WriteSessions(FieldWriter fields, Account account)
    {
        foreach ((AccountId id, Session session) in account.Sessions)
        {
            fields.Id(id.Value);
            fields.Text(session.Scopes);
            fields.Money(session.SpendLeft);
            fields.Number(session.Until.Milliseconds);
        }
    }

    private static void WriteEvidence(FieldWriter fields, IReadOnlyDictionary<string, Evidence> categories)
    {
        fields.Number(categories.Count);
        if (categories.Count == 0) return;
        foreach ((string category, Evidence evidence) in categories)
        {
            fields.Text(category);
            fields.Score(evidence.For);
            fields.Score(evidence.Against);
            fields.Number(evidence.At.Milliseconds);
        }
    }

    private static void WriteReceipts(FieldWriter fields, Account account)
    {
        fields.Number(account.Receipts.Count);
        if (account.Receipts.Count == 0) return;
        foreach ((string category, int count) in account.Receipts)
        {
            fields.Text(category);
            fields.Number(count);
        }
    }

    private static void WriteStage(FieldWriter fields, Stage stage)
    {
        fields.Tag(TagOf(stage));
        if (stage is Stage.Drawing drawing) fields.Number(drawing.After.Value);
        if (stage is Stage.Voting voting) WriteSeats(fields, voting);
        if (stage is Stage.Waiting waiting) WriteWaiting(fields, waiting);
        if (stage is Stage.Raffle raffle) WriteRaffle(fields, raffle);
        if (stage is Stage.Ended ended) WriteOutcome(fields, ended.Outcome);
        if (stage is not Stage.Opening opening) return;
        fields.Tag((byte)opening.Reason);
        fields.Number(opening.Next);
        fields.Number(opening.Unread);
        WriteProof(fields, opening.Proof);
    }

    private static void WriteRaffle(FieldWriter fields, Stage.Raffle raffle)
    {
        WriteOutcome(fields, raffle.Outcome);
        fields.Number(raffle.Chances.Length);
        foreach (uint chance in raffle.Chances) fields.Number((int)chance);
    }

    private static void WriteWaiting(FieldWriter fields, Stage.Waiting waiting)
    {
        fields.Tag((byte)waiting.Reason);
        fields.Number(waiting.At.Value);
        fields.Number(waiting.Now.Milliseconds);
        fields.Tag(waiting.IsLeftClosed ? (byte)1 : (byte)0);
    }

    private static void WriteProof(FieldWriter fields, Tally? proof)
    {
        fields.Number(proof?.Options ?? 0);
        for (int option = 0; option < proof?.Options; option++)
        {
            fields.Score(proof.Skilled[option]);
            fields.Score(proof.Plain[option]);
            fields.Number(proof.Counts[option]);
        }
    }

    private static byte TagOf(Stage stage) => stage switch
    {
        Stage.Drawing => 1,
        Stage.Voting => 2,
        Stage.Opening => 3,
        Stage.Raffle => 4,
        Stage.Ended => 5,
        Stage.Waiting => 6,
        Stage.Gathering => 7,
    };

    private static void WriteSeats(FieldWriter fields, Stage.Voting voting)
    {
        fields.Number(voting.Seats.Length);
        foreach (AccountId seat in voting.Seats) fields.Id(seat.Value);
        fields.Number(voting.Places.Length);
        foreach (Place place in voting.Places)
        {
            fields.Id(place.Account.Value);
            fields.Tag((byte)place.Group);
            fields.Tag(place.IsCalled ? (byte)1 : (byte)0);
        }
    }

    private static void WriteOutcome(FieldWriter fields, Outcome outcome)
    {
        fields.Tag((byte)outcome.Kind);
        fields.Tag((byte)outcome.Reason);
        fields.Number(outcome.At.Value);
        fields.Number(outcome.Now.Milliseconds);
        fields.Number(outcome.Count.Answer ?? None);
        fields.Score(outcome.Count.Confidence);
        fields.Number(outcome.Count.Plurality ?? None);
        fields.Number(outcome.Count.PerOption.Length);
        foreach (int votes in outcome.Count.PerOption) fields.Number(votes);
        fields.Number(outcome.Count.Votes);
        fields.Score(outcome.Count.Margin);
        fields.Score(outcome.Count.Belief);
        fields.Number(outcome.Count.GoldItems);
    }
}
