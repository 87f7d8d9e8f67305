using System.CommandLine;
using System.Text.Json;
using ChainSpace.Client;
using ChainSpace.Node.Settlement;

namespace ChainSpace.Node.Commands.Terminal;

/// <summary>Where a verb ends: every no is one sentence on the error stream and an exit status, never a stack trace.</summary>
internal static class Edge
{
    private const int Failed = 1;
    private const int Interrupted = 130;

    public static void Does(this Command command, Func<ParseResult, CancellationToken, Task<int>> act) =>
        command.SetAction((parsed, cancellationToken) => RunAsync(() => act(parsed, cancellationToken)));

    public static void Does(this Command command, Func<ParseResult, CancellationToken, Task> act) =>
        command.Does(async (parsed, cancellationToken) =>
        {
            await act(parsed, cancellationToken);
            return 0;
        });

    private static async Task<int> RunAsync(Func<Task<int>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception exception) when (SentenceOf(exception) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return Failed;
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
    }

    // Null for what is a bug, or the person's own Ctrl+C.
    private static string? SentenceOf(Exception exception) => exception switch
    {
        Complaint complaint => complaint.Message,
        ChainException chain => chain.Message,
        NodeRefusalException { Refused.Detail: { Length: > 0 } detail } => detail,
        HttpRequestException { StatusCode: { } status } => $"The node answered with status {(int)status}; is it one?",
        HttpRequestException lost => $"The connection to the node was lost: {lost.Message}",
        TaskCanceledException { InnerException: TimeoutException } => "The node did not answer in time.",
        JsonException => "What answered is no ChainSpace node, or one of another version.",
        IOException or UnauthorizedAccessException => exception.Message,
        _ => null,
    };
}
