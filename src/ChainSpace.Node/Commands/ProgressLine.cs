using System.Globalization;
using Spectre.Console;

namespace ChainSpace.Node.Commands;

/// <summary>A line on standard error that shows how far long work has come; nothing where that is no terminal.</summary>
internal static class ProgressLine
{
    public static async Task<T> ShowAsync<T>(string what, Func<IProgress<long>?, Task<T>> work)
    {
        if (Console.IsErrorRedirected) return await work(null);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Status().StartAsync(what, status => work(new Line(what, status)));
    }

    private sealed class Line(string what, StatusContext status) : IProgress<long>
    {
        public void Report(long value) =>
            status.Status(string.Create(CultureInfo.InvariantCulture, $"{Markup.Escape(what)}: {value:N0} entries"));
    }
}
