using System.CommandLine;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace job work</c>: what was handed in, into a file.</summary>
internal static class JobWorkCommand
{
    public static Command Create()
    {
        Argument<string> id = JobCommand.Id();
        Option<string?> worker = new("--worker") { Description = JobCommand.WorkerText };
        Option<string?> earlier = new("--hash")
        {
            Description = "Another submission than the last: its hash, or the first digits, as 'job show' lists it.",
        };
        Option<FileInfo> target = new("--out") { Description = "File to write.", Required = true };
        Option<bool> isForced = new("--force") { Description = "Write over a file that is there." };
        Command command = new(
            "work",
            "Write the last submission of a worker into a file, as it was handed in. It is a stranger's: look before you run it. "
            + "Example: chainspace job work 0x3fa91c --out page.txt")
        {
            id, worker, earlier, target, isForced,
        };
        command.AddReading();
        command.Does(async (parsed, cancellationToken) =>
        {
            FileInfo file = parsed.GetValue(target)!;
            if (file.Exists && !parsed.GetValue(isForced))
                throw new Complaint($"There is a file {file.Name} already; choose another, or say --force.");
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            JobView job = await visit.JobAsync(parsed.GetValue(id)!, cancellationToken);
            (string by, string hash) = parsed.GetValue(earlier) is { } begin
                ? WorkOf(job, begin)
                : LastOf(PartOf(job, parsed.GetValue(worker)));
            byte[] found = await visit.Client.SubmissionAsync(visit.Space.Id, hash, cancellationToken)
                ?? throw new Complaint($"The node has not kept the work {Wording.Short(hash)}, or it was erased.");
            SaltedWork work = SaltedWork.Read(found, Bytes32.Parse(hash))
                ?? throw new Complaint($"The node answers with other work than {Wording.Short(hash)}: another hash.");
            await File.WriteAllBytesAsync(file.FullName, [.. work.Content], cancellationToken);
            WorkLine line = new(job.Id, by, hash, work.Content.Length, file.FullName);
            if (parsed.GetValue<bool>(NodeOption.Json)) Screen.Json(line, CommandJson.Default.WorkLine);
            else Screen.Line($"{file.Name} has {line.Bytes} bytes by {Wording.ShortAccount(by)}; the hash is right.");
        });
        return command;
    }

    private static (string Worker, string Hash) LastOf(AssignmentView part) => (part.Worker, part.Work!);

    private static (string Worker, string Hash) WorkOf(JobView job, string begin)
    {
        (string, string)[] found =
        [
            .. job.Assignments.SelectMany(static part => part.Submissions.Select(each => (part.Worker, each.Work))).Distinct()
                .Where(each => each.Work.StartsWith(begin, StringComparison.OrdinalIgnoreCase)),
        ];
        return found.Length == 1
            ? found[0]
            : throw new Complaint($"The job shows {found.Length} submissions whose hash begins with {begin}.");
    }

    // Of a contest there is a commitment until the work is shown.
    private static AssignmentView PartOf(JobView job, string? named)
    {
        AssignmentView[] parts = [.. job.Assignments.Where(static part => part.Work is not null)];
        AssignmentView[] shown = [.. parts.Where(static part => part.Phase != "committed")];
        if (parts.Length == 0) throw new Complaint("Nothing has been handed in for this job yet.");
        if (shown.Length == 0)
            throw new Complaint($"The work of this contest is sealed until {Wording.Moment(job.Deadline)}, and then shown.");
        string worker = JobCommand.WorkerOf(shown, named).ToString();
        return shown.Single(part => part.Worker == worker);
    }
}

/// <summary>Work that was written into a file.</summary>
internal sealed record WorkLine(string Job, string Worker, string Hash, int Bytes, string File);
