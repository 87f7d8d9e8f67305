using ChainSpace.Client.Reading;
using ChainSpace.Node.Sandbox.Suites;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Jobs;
using ChainSpace.Rules.State;

namespace ChainSpace.Node.Checking;

/// <summary>A submission that waits for its automatic check by this node.</summary>
/// <param name="Space">Where.</param>
/// <param name="Job">For what.</param>
/// <param name="Worker">Whose.</param>
/// <param name="Work">Salted hash of what was handed in.</param>
/// <param name="Content">Salted hash of the job's content.</param>
/// <param name="Due">When it goes on to the review unchecked.</param>
internal sealed record WaitingWork(
    SpaceHost Space, TaskId Job, AccountId Worker, Bytes32 Work, Bytes32 Content, Moment Due)
{
    /// <summary>
    /// What waits in a space now. Only where the operator was named as the checker: whoever named somebody else trusts that
    /// account with it, not us.
    /// </summary>
    public static async Task<IReadOnlyList<WaitingWork>> OfAsync(SpaceHost space)
    {
        List<WaitingWork> found = [];
        AccountId operatorId = space.Genesis.Header.Account;
        await space.Sequencer.RunAsync(engine =>
        {
            foreach (Job job in engine.State.Jobs.Checking)
            {
                PostJob terms = job.Terms.Message;
                if (job.Ended is not null || terms.Checker != operatorId) continue;
                foreach (Assignment each in job.Assignments)
                {
                    if (each.Phase == Phase.Checking)
                        found.Add(new(space, job.Terms.Id, each.Worker, each.Work, terms.Content, each.Due!.Value));
                }
            }
        });
        return found;
    }

    /// <summary>The suite that the job names; null where it names none, or it was not handed in.</summary>
    public TestSuite? FindSuite()
    {
        PollContent? content = PollContentBytes.TryRead(Space.Contents.Find(Content));
        byte[]? json = SuiteDesk.HashOf(content?.Tests) is { } hash ? Space.Suites.Find(hash) : null;
        return json is null ? null : TestSuite.Read(json);
    }

    /// <summary>Whether this very work still waits: meanwhile the worker may have handed in another.</summary>
    public bool IsStillSo(SpaceState state)
    {
        if (state.Jobs.Find(Job) is not { Ended: null } job) return false;
        Assignment? part = job.Assignments.FirstOrDefault(each => each.Worker == Worker);
        return part is { Phase: Phase.Checking } && part.Work == Work;
    }
}
