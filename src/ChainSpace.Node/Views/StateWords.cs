using ChainSpace.Rules.Polls;

namespace ChainSpace.Node.Views;

// A poll's stage as the interface spells it.
internal static class StateWords
{
    public static string Of(Stage stage) => stage switch
    {
        Stage.Gathering => "gathering",
        Stage.Drawing => "drawing",
        Stage.Voting => "voting",
        Stage.Opening => "opening",
        Stage.Raffle => "raffle",
        Stage.Waiting => "waiting",
        Stage.Ended ended => Of(ended.Outcome.Kind),
        _ => throw new ArgumentOutOfRangeException(nameof(stage)),
    };

    public static string Of(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Closed => "closed",
        OutcomeKind.Inconclusive => "inconclusive",
        OutcomeKind.Expired => "expired",
        OutcomeKind.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static string Of(EndReason reason) => reason switch
    {
        EndReason.Maximum => "maximum",
        EndReason.Confidence => "confidence",
        EndReason.Deadline => "deadline",
        EndReason.Height => "height",
        EndReason.Hand => "hand",
        EndReason.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
