using System.Text;
using ChainSpace.Protocol;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Batches;
using ChainSpace.Rules.Eligibility;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.Reputation;
using ChainSpace.Rules.Settlement;
using ChainSpace.Rules.State;

namespace ChainSpace.Tests.Rules;

/// <summary>A state as text, with every bit of every score: two texts are equal where the states are.</summary>
internal static class StateText
{
    public static string Of(SpaceState state)
    {
        StringBuilder text = new();
        text.AppendLine($"{state.Genesis?.Header} {state.Domain?.Space} size {state.Size} now {state.Now} supply {state.Supply}");
        text.AppendLine($"fund {state.Fund} height {state.Height} covers {state.BlockSize}");
        foreach ((string category, Evidence evidence) in state.Pools) text.AppendLine($"pool {category} {Bits(evidence)}");
        foreach ((string key, ChainSpace.Rules.Aggregation.Calibration shown) in state.Calibrations)
            text.AppendLine($"gold {key} {shown.Items} {Join(shown.Reached)} {Join(shown.Right)}");
        foreach (Account account in state.Accounts) Write(text, account);
        foreach (Poll poll in state.Polls.OrderBy(static p => p.Terms.Id)) Write(text, poll);
        foreach (Batch batch in state.Batches) Write(text, batch);
        foreach (PriorityRequest each in state.Priorities.Oldest)
            text.AppendLine($"priority {each.Index} {each.Payer.Number} {each.Amount} {each.Before}");
        text.AppendLine($"expedited {state.ExpeditedAmount} {state.ExpeditedBefore} anchored {state.AnchoredSize}");
        text.AppendLine($"batch due {state.NextBatchDue} touched {Join(state.Touched)} {Join(state.ChangedBatches.Order())}");
        foreach ((TaskId poll, AdmissionList list) in state.Admissions.Lists)
            text.AppendLine($"admitted {poll} {Join(list.Voters)} {list.Chain}");
        foreach (var job in state.Jobs.All) text.AppendLine($"{job} {Join(job.Assignments)}");
        foreach (var (account, record) in state.Jobs.Records) text.AppendLine($"party {account} {record}");
        text.AppendLine($"due {Join(state.Due)} jobs {Join(state.Jobs.Due)}");
        text.AppendLine($"heights {Join(state.DueAtHeight)}");
        text.AppendLine($"waiting {Join(state.AwaitingBlock)} {Join(state.PanelsAwaiting)}");
        text.AppendLine($"changed accounts {Join(state.ChangedAccounts.Select(static a => a.Number).Order())}");
        text.AppendLine($"changed polls {Join(state.ChangedPolls.Order())}");
        foreach ((long period, Dictionary<NonceMemory.Key, NonceMemory.Seen> nonces) in state.Nonces.Periods)
            text.AppendLine($"nonces {period} {Join(nonces.OrderBy(static n => n.Value.Index))}");
        return text.ToString();
    }

    private static void Write(StringBuilder text, Account account)
    {
        text.AppendLine($"account {account.Number} {account.Id} {account.Registered} '{account.Attributes}' {account.Balance}");
        text.AppendLine($"  person {account.PersonLevel} {account.Person?.Cluster}");
        foreach ((AccountId id, Session session) in account.Sessions) text.AppendLine($"  session {id} {session}");
        foreach ((string category, int count) in account.Receipts) text.AppendLine($"  {category} paid {count}");
        foreach ((string category, Evidence evidence) in account.Reputation) text.AppendLine($"  {category} {Bits(evidence)}");
    }

    private static void Write(StringBuilder text, Poll poll)
    {
        text.AppendLine($"poll {poll.Terms} {Text(poll.Stage)} due {poll.Due} chain {poll.Ballots.Chain}");
        if (poll.Place is { } place) text.AppendLine($"  item {place.Number} of {place.Batch.Terms.Id}");
        foreach (Ballot ballot in poll.Ballots.Ballots)
        {
            string weights = $"{Bits(ballot.Weights.Skilled)} {Bits(ballot.Weights.Plain)}";
            int? number = poll.Ballots.NumberOf(ballot.Voter);
            text.AppendLine($"  {number} {ballot.Voter.Number} {ballot.Index} {ballot.Choice} {ballot.Commitment} {weights}");
        }

        if (poll.Running is { } running) text.AppendLine($"  running {Text(running)}");
    }

    private static void Write(StringBuilder text, Batch batch)
    {
        text.AppendLine($"batch {batch.Terms} {batch.Items} {batch.IsClosed} due {batch.Due} {batch.Chain}");
        text.AppendLine($"  training {Join(batch.Training)}");
        if (batch.Panel is { } panel) text.AppendLine($"  panel {panel.Digest} {Join(panel.Seats)}");
        foreach (BatchGroup group in batch.Groups.Values) text.AppendLine($"  group {group.Number} {Join(group.Items)}");
    }

    private static string Text(Stage stage) => stage switch
    {
        Stage.Waiting waiting => $"{waiting}",
        Stage.Voting voting => $"voting {Join(voting.Seats)} places {Join(voting.Places)}",
        Stage.Opening opening => $"{opening} {(opening.Proof is { } proof ? Text(proof) : "")}",
        Stage.Raffle raffle => $"raffle {raffle.Outcome} {Join(raffle.Outcome.Count.PerOption)}",
        Stage.Ended ended => $"{ended.Outcome} {Join(ended.Outcome.Count.PerOption)}",
        _ => $"{stage}",
    };

    private static string Text(ChainSpace.Rules.Aggregation.Tally tally) =>
        $"{Join(tally.Skilled.Select(Bits))} {Join(tally.Plain.Select(Bits))} {Join(tally.Counts)}";

    private static string Bits(Evidence evidence) => $"{Bits(evidence.For)} {Bits(evidence.Against)} {evidence.At}";

    private static string Bits(double value) => BitConverter.DoubleToInt64Bits(value).ToString("x16");

    private static string Join<T>(IEnumerable<T> values) => string.Join(';', values);
}
