using ChainSpace.Node.Sandbox;
using ChainSpace.Node.Sandbox.Suites;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Checking;

/// <summary>Runs hidden tests on a submission and reports what came of it. One at a time.</summary>
internal sealed class WorkCheck(SubmissionCheck check, IReadOnlyList<Language> languages)
{
    /// <summary>Null where the node has said something, or another submission has taken its place; else why it has not.</summary>
    public async Task<string?> RunAsync(WaitingWork waiting, TestSuite suite, CancellationToken cancellationToken)
    {
        if (waiting.Space.Contents.Find(waiting.Work) is not { } bytes) return "The work is not here.";
        CheckOutcome outcome = await OutcomeAsync(suite, bytes, cancellationToken);
        KeptCheck? said = outcome switch
        {
            CheckOutcome.Checked(var verdict) => new(waiting.Work, verdict.Passed, verdict.Failed) { Verdict = verdict.Hash },
            CheckOutcome.Unfit(var sentence) => new(waiting.Work, 0, suite.Tests.Count) { Fault = sentence },
            CheckOutcome.Unable or CheckOutcome.Busy => null,
        };
        if (said is null) return outcome is CheckOutcome.Unable unable ? unable.Sentence : "Too many are checked at once.";
        await ReportAsync(waiting, said);
        return null;
    }

    private async Task<CheckOutcome> OutcomeAsync(TestSuite suite, byte[] work, CancellationToken cancellationToken)
    {
        try
        {
            Submission submission = SubmissionReader.FromBytes(work[SaltedContent.SaltSize..], SingleFile(suite));
            return SuiteDesk.Fault(suite) is { } fault
                ? new CheckOutcome.Unable(fault)
                : await check.RunAsync(suite, submission, cancellationToken);
        }
        catch (SubmissionException exception)
        {
            return new CheckOutcome.Unfit(exception.Message);
        }
    }

    // Work has no name. A bare source can be told apart from others only where the suite allows a single language.
    private string SingleFile(TestSuite suite) => suite.Languages is [var only]
        ? languages.FirstOrDefault(each => each.Name == only)?.File ?? "work"
        : "work";

    // Kept first: whoever sees that it was checked sees what came of it. A crash in between has it checked again.
    private static async Task ReportAsync(WaitingWork waiting, KeptCheck check)
    {
        waiting.Space.Suites.Put(waiting.Job, waiting.Worker, check);
        uint passed = check.Failed == 0 ? 1u : 0;
        await waiting.Space.Sequencer.ReportIfAsync(
            waiting.IsStillSo, header => new ReportCheck(header, waiting.Job, waiting.Worker, passed));
    }
}
