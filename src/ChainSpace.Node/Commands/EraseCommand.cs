using System.CommandLine;
using ChainSpace.Node.Commands.Terminal;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace erase</c>: the words of a poll are forgotten, its outcome is not.</summary>
internal static class EraseCommand
{
    public static Command Create() => PollAct.Create(
        "erase",
        "Erase title, description and options of your poll; votes and outcome stay. Example: chainspace erase 0x3fa91c",
        "Erased",
        static (session, poll, cancellationToken) => session.EraseAsync(poll, cancellationToken));
}
