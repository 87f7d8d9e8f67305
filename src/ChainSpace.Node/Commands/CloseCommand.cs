using System.CommandLine;
using ChainSpace.Node.Commands.Terminal;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace close</c>: voting ends by hand.</summary>
internal static class CloseCommand
{
    public static Command Create() => PollAct.Create(
        "close",
        "End voting on your poll by hand. Example: chainspace close 0x3fa91c",
        "Voting has ended",
        static (session, poll, cancellationToken) => session.CloseAsync(poll, cancellationToken));
}
