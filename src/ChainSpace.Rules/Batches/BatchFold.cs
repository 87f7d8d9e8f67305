using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.State;

namespace ChainSpace.Rules.Batches;

/// <summary>Does to the state what the rules of batches have allowed. Nothing here can refuse.</summary>
internal sealed class BatchFold(SpaceState state, PollFold polls)
{
    private readonly PanelFold panels = new(state, polls.Facts);

    public void Post(BatchTerms terms)
    {
        state.AddBatch(new Batch(terms));
        polls.Facts.Add(new Fact.BatchPosted(terms));
    }

    /// <summary>A poll that names a batch becomes its next item.</summary>
    public void Enter(Poll poll)
    {
        if (poll.Terms.Message.Batch == default) return;
        Batch batch = state.FindBatch(new TaskId(poll.Terms.Message.Batch))!;
        poll.Place = batch.Enter(poll.Terms.Id);
        state.ChangedBatches.Add(batch.Terms.Id);
        polls.Facts.Add(new Fact.BatchJoined(batch.Terms.Id, poll.Terms.Id, poll.Place.Number));
    }

    /// <summary>A block: panels first, among accounts as they stood before it; then all that it means for polls.</summary>
    public void Report(ReportBlock block, Occasion at)
    {
        panels.Report(block, at.Now);
        polls.Report(block, at);
    }

    public void Close(Batch batch)
    {
        batch.IsClosed = true;
        PanelFold.LetGo(state, batch);
        state.ChangedBatches.Add(batch.Terms.Id);
        foreach (int group in batch.Groups.Keys) state.Touched.Add((batch.Terms.Posted, group));
        polls.Facts.Add(new Fact.BatchEnded(batch.Terms.Id));
    }

    /// <summary>Every batch whose moment has come: it closes, and when all is settled and kept for a while, it goes.</summary>
    public void FallDue(Occasion at)
    {
        while (state.NextBatchDue <= at.Now)
        {
            Batch batch = state.FirstDueBatch;
            bool isOver = batch.Due > batch.Terms.Message.Deadline;
            if (isOver && batch.Groups.Count == 0)
            {
                state.RemoveBatch(batch);
                continue;
            }

            if (!batch.IsClosed) Close(batch);
            state.Reschedule(batch, new Moment(batch.Due.Milliseconds + Limits.RetentionMilliseconds));
        }
    }

    /// <summary>Settles the groups that the last entry has made complete, oldest batch first.</summary>
    public void Settle(Occasion at)
    {
        while (state.Touched.Count > 0)
        {
            (EntryIndex posted, int number) = state.Touched.Min;
            state.Touched.Remove((posted, number));
            Batch batch = state.BatchPostedBy(posted);
            if (batch.Groups.TryGetValue(number, out BatchGroup? group) && IsComplete(batch, group)) Settle(batch, group, at);
        }
    }

    private bool IsComplete(Batch batch, BatchGroup group) =>
        batch.IsFull(group) && group.Items.All(id => state.FindPoll(id) is null or { Stage: Stage.Waiting or Stage.Ended });

    private void Settle(Batch batch, BatchGroup group, Occasion at)
    {
        batch.Forget(group);
        PanelFold.LetGo(state, batch);
        state.ChangedBatches.Add(batch.Terms.Id);
        Poll[] items = [.. group.Items.Select(state.FindPoll).OfType<Poll>()];
        foreach (Poll item in items) item.Place = null;
        Poll[] waiting = [.. items.Where(static item => item.Stage is Stage.Waiting)];
        if (waiting.Length > 0) polls.Settle(GroupCount.Of(batch.Terms.Message, waiting), at);
    }
}
