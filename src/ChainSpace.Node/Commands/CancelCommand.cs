using System.CommandLine;
using ChainSpace.Node.Commands.Terminal;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace cancel</c>: a poll that nobody has answered is taken back.</summary>
internal static class CancelCommand
{
    public static Command Create() => PollAct.Create(
        "cancel",
        "Take back your poll while nobody has voted; the reward returns. Example: chainspace cancel 0x3fa91c",
        "Cancelled; the reward has returned",
        static (session, poll, cancellationToken) => session.CancelAsync(poll, cancellationToken));
}
