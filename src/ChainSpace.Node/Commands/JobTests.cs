using System.CommandLine;
using System.Text;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace job tests</c>: hands the node a job's hidden tests, or prints those of a job that has ended.</summary>
internal static class JobTests
{
    public static Command Create()
    {
        Argument<string> id = JobCommand.Id();
        Argument<FileInfo?> file = new("SUITE")
        {
            Description = "File of the suite, where posting could not hand it in.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Command command = new(
            "tests", "Print the hidden tests of a job that has ended. Example: chainspace job tests 0x3fa91c > suite.json")
        {
            id, file,
        };
        command.AddReading();
        command.Does(async (parsed, cancellationToken) =>
        {
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            JobView job = await visit.JobAsync(parsed.GetValue(id)!, cancellationToken);
            if (parsed.GetValue(file) is { } suite)
            {
                await HandInAsync(visit, job.Id, SuiteFile.Read(suite), cancellationToken);
                Screen.Line($"The node has the tests.");
                return;
            }

            byte[] json = await visit.Client.TestsAsync(visit.Space.Id, job.Id, cancellationToken)
                ?? throw new Complaint("The job has no tests that can be read: they are hidden until it ends.");
            Console.Out.WriteLine(Encoding.UTF8.GetString(json));
        });
        return command;
    }

    /// <summary>Hands in a suite for a job that names it.</summary>
    public static async Task HandInAsync(NodeVisit visit, string job, SuiteFile suite, CancellationToken cancellationToken)
    {
        if (await visit.Client.PutTestsAsync(visit.Space.Id, job, suite.Json, cancellationToken) is not { } refused) return;
        throw new Complaint(
            $"{refused.Detail} The job stands: {job}; hand the tests in again with 'chainspace job tests', or cancel it.");
    }
}
