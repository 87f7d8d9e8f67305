using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Rules;
using ChainSpace.Rules.Jobs;

namespace ChainSpace.Node.Commands;

/// <summary>Says before a reward is locked where too few accounts could judge declined work: then it would be paid.</summary>
internal static class JuryNotice
{
    public static async Task GiveAsync(SignedVisit visit, JobDraft draft, CancellationToken cancellationToken)
    {
        if (draft.Jury == 0) return;
        string jurors = JobTerms.JurorsOf(draft.Jury);
        int? able = await TurnoutOption.CountAsync(visit, (draft.Category, jurors), cancellationToken);
        if (able is not { } accounts || accounts >= Limits.JurySample) return;
        string can = accounts == 1 ? "1 account has" : $"{accounts} accounts have";
        Screen.Aside($"Only {can} the reputation that jurors need in {draft.Category} now; work that no jury judges is paid.");
    }
}
