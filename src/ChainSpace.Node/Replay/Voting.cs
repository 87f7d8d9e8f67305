using System.Diagnostics;
using ChainSpace.Client.Writing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Replay;

/// <summary>Casts every vote of the file in its order, and counts what becomes of them.</summary>
internal sealed class Voting(CrowdData data, ReplayTerms terms, Cast cast)
{
    private const string PollClosed = "poll_closed";

    private readonly SortedDictionary<string, long> refused = new(StringComparer.Ordinal);
    private readonly List<long> entries = [];
    private readonly int[] votesOf = new int[data.Tasks.Count];

    /// <summary>Refusals by code; votes that came after their poll had closed are no refusals but saved.</summary>
    public IReadOnlyDictionary<string, long> Refused => refused;

    /// <summary>Entries of the accepted votes, in order.</summary>
    public IReadOnlyList<long> Entries => entries;

    /// <summary>Votes nobody had to be paid for, since their poll was sure enough without them.</summary>
    public long Saved { get; private set; }

    /// <summary>Task of the last accepted vote; null where none was.</summary>
    public int? LastTask { get; private set; }

    public TimeSpan Elapsed { get; private set; }

    /// <summary>Accepted votes of a task.</summary>
    public int VotesOf(int task) => votesOf[task];

    public async Task CastAsync(Dispatch dispatch, TaskId[] polls, ReplayWatch watch, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        await dispatch.SendAsync(data.Votes.Count, i => Sign(data.Votes[i], polls), Note, cancellationToken);
        Elapsed = Stopwatch.GetElapsedTime(start);

        void Note(int number, Sent sent)
        {
            Count(data.Votes[number], sent);
            watch(ReplayPhase.Cast, number + 1, data.Votes.Count);
        }
    }

    private Envelope Sign(CrowdVote vote, TaskId[] polls) => cast.Workers[vote.Worker].Write(author => IsSealed
        ? author.VoteSealed(polls[vote.Task], (uint)vote.Choice).Message
        : author.VoteOpenly(polls[vote.Task], (uint)vote.Choice));

    private bool IsSealed => terms.Voting == "sealed";

    private void Count(CrowdVote vote, Sent sent)
    {
        if (sent is Sent.Accepted accepted)
        {
            entries.Add(accepted.Index.Value);
            votesOf[vote.Task]++;
            LastTask = vote.Task;
            return;
        }

        string code = ((Sent.Refused)sent).Code;
        // Who votes twice is refused in any case; a closed poll has saved nothing by it.
        if (code == PollClosed && !vote.IsRepeat) Saved++;
        else refused[code] = refused.GetValueOrDefault(code) + 1;
    }
}
