using ChainSpace.Node.Sequencing;
using ChainSpace.Node.Simulation.World;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using static ChainSpace.Node.Simulation.BrokenInvariantException;
using static ChainSpace.Node.Simulation.Invariant;

namespace ChainSpace.Node.Simulation;

/// <summary>Faults have stopped and time goes on: all that was begun comes to its end, and something new can begin.</summary>
internal static class Ending
{
    public static void Play(Scene scene)
    {
        ComeToEnd(scene);
        BeginAnew(scene);
        ComeToEnd(scene);
        scene.RunAudit();
    }

    private static void ComeToEnd(Scene scene)
    {
        // Each round passes a deadline or a block, and a poll waits for few of either.
        int rounds = 1_000 + 8 * scene.Book.Live.Count;
        while (scene.Book.Live.Count > 0 && rounds-- > 0)
        {
            Moment next = scene.Machine.State.NextDue ?? scene.Machine.State.Now;
            scene.Clock.Move(Math.Max(0, next.Milliseconds - scene.Clock.Now.Milliseconds) + 1);
            scene.Beat();
            scene.Checkpoint();
            scene.Block();
        }

        Unless(scene.Book.Live.Count == 0, Progress, $"{scene.Book.Live.Count} polls do not end.");
    }

    private static void BeginAnew(Scene scene)
    {
        Actor requester = Enter(scene, scene.Town.Arrive());
        Credit credit = new(scene.Scribe.OperatorHeader(), requester.Account, new Amount(1_000));
        Enter(scene, scene.Scribe.SignAsOperator(credit));
        Letter poll = scene.Town.Post(requester, static draft => draft with
        {
            Format = "single",
            Options = ["yes", "no"],
            Deposit = Amount.Zero,
            Payout = "majority",
            Maximum = 1,
            Minimum = 1,
            Sample = 0,
            Named = [],
            Voters = "open",
            Height = 0,
            Reward = new Amount(100),
        });
        Enter(scene, poll);
        KnownPoll known = scene.Book.Live[^1];
        Actor voter = scene.Town.Citizens.First(each => each != requester);
        Enter(scene, scene.Scribe.Vote(voter, known, new Opening(0, scene.Chance.Bytes()), isOpaque: false));
    }

    private static Actor Enter(Scene scene, Letter letter)
    {
        IReadOnlyList<Verdict> verdicts = scene.Send(scene.Post(letter));
        bool isEntered = verdicts is [Verdict.Entered];
        Unless(isEntered, Progress, $"A new {letter.Message.Type} got {(verdicts.Count > 0 ? verdicts[0] : "no answer")}.");
        return scene.Crowd.Find(letter.Message.Header.Account) ?? scene.Town.Citizens[0];
    }
}
