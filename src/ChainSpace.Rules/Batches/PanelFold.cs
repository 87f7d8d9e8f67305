using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Selection;
using ChainSpace.Rules.State;

namespace ChainSpace.Rules.Batches;

/// <summary>Draws the panels of batches and lets go of them. Nothing here can refuse.</summary>
internal sealed class PanelFold(SpaceState state, List<Fact> facts)
{
    /// <summary>
    /// A block: batches that waited for it are drawn, oldest first. Who may be drawn was fixed by the batch's entry, the
    /// beacon came later: neither side could choose one by the other. Before anything else that follows from the block, so
    /// that who repeats a draw finds the accounts as they stood before it.
    /// </summary>
    public void Report(ReportBlock block, Moment now)
    {
        long looks = 0;
        foreach (EntryIndex posted in state.PanelsAwaiting.ToArray())
        {
            if ((ulong)posted.Value >= block.Size || looks >= Limits.PanelLooksPerBlock) return;
            Draw(state.BatchPostedBy(posted), block.Root, now);
            looks += state.Accounts.Count;
        }
    }

    /// <summary>Where nothing of a batch is voted on any more, nobody need know who might have.</summary>
    public static void LetGo(SpaceState state, Batch batch)
    {
        if (!batch.IsOver) return;
        state.PanelsAwaiting.Remove(batch.Terms.Posted);
        if (batch.Panel is { } panel) batch.Panel = panel with { Seats = [] };
    }

    private void Draw(Batch batch, Bytes32 beacon, Moment now)
    {
        BatchTerms terms = batch.Terms;
        Seating seating = Seating.Draw(
            (beacon, terms.Id),
            PanelRules.Eligible(state.Accounts, terms, now),
            terms.Quotas.SeatsOf((int)terms.Message.Sample),
            hasReserve: false);
        batch.Panel = Panel.Of(seating.Seats);
        state.PanelsAwaiting.Remove(terms.Posted);
        state.ChangedBatches.Add(terms.Id);
        facts.Add(new Fact.PanelDrawn(terms.Id, seating.Seats));
    }
}
