using ChainSpace.Client.Writing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Replay;

/// <summary>Posts one poll for each task.</summary>
internal sealed class Posting(CrowdData data, ReplayTerms terms, Cast cast, TimeProvider time)
{
    private const int TitleLimit = 200;

    private static readonly TimeSpan Runtime = TimeSpan.FromDays(1);

    /// <summary>The polls in the order of the tasks.</summary>
    public async Task<TaskId[]> PostAsync(Dispatch dispatch, ReplayWatch watch, CancellationToken cancellationToken)
    {
        TaskId[] polls = new TaskId[data.Tasks.Count];
        Moment deadline = new(time.GetUtcNow().Add(Runtime).ToUnixTimeMilliseconds());
        await dispatch.SendAsync(polls.Length, Sign, Note, cancellationToken);
        return polls;

        Envelope Sign(int task) =>
            cast.Requesters[cast.RequesterOf[task]].Write(author => author.Post(Draft(task, deadline)));

        void Note(int task, Sent sent)
        {
            polls[task] = new TaskId(Cast.Demand(sent, $"post task {data.Tasks[task]}").Id.Value);
            watch(ReplayPhase.Post, task + 1, polls.Length);
        }
    }

    private PollDraft Draft(int task, Moment deadline) => new()
    {
        Title = TitleOf(data.Tasks[task]),
        Description = "Replayed from recorded votes.",
        // A poll has at least two options, though everybody may have given the same answer.
        Options = data.Labels.Count > 1 ? [.. data.Labels] : [.. data.Labels, "something else"],
        Reward = Cast.RewardOf(data.Voters[task]),
        Deadline = deadline,
        Category = data.Category,
        Maximum = (uint)data.Voters[task],
        Aggregation = terms.Confidence > 0 ? "weighted" : "majority",
        Confidence = terms.Confidence,
        Payout = terms.Payout,
        Voting = terms.Voting,
    };

    private string TitleOf(string task) =>
        data.Category.Length + 1 + task.Length <= TitleLimit ? $"{data.Category} {task}" : task;
}
