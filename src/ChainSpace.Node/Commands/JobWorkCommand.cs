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
        Option<FileInfo> target = new("--out") { Description = "File to write.", Required = true };
        Option<bool> isForced = new("--force") { Description = "Write over a file that is there." };
        Command command = new(
            "work",
            "Write the last submission of a worker into a file, as it was handed in. It is a stranger's: look before you run it. "
            + "Example: chainspace job work 0x3fa91c --out page.txt")
        {
            id, worker, target, isForced,
        };
        command.AddReading();
        command.Does(async (parsed, cancellationToken) =>
        {
            FileInfo file = parsed.GetValue(target)!;
            if (file.Exists && !parsed.GetValue(isForced))
                throw new Complaint($"There is a file {file.Name} already; choose another, or say --force.");
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            JobView job = await visit.JobAsync(parsed.GetValue(id)!, cancellationToken);
            AssignmentView part = PartOf(job, parsed.GetValue(worker));
            Bytes32 hash = Bytes32.Parse(part.Work!);
            byte[] found = await visit.Client.SubmissionAsync(visit.Space.Id, part.Work!, cancellationToken)
                ?? throw new Complaint($"The node has not kept the work {Wording.Short(part.Work!)}, or it was erased.");
            SaltedWork work = SaltedWork.Read(found, hash)
                ?? throw new Complaint($"The node answers with other work than {Wording.Short(part.Work!)}: another hash.");
            await File.WriteAllBytesAsync(file.FullName, [.. work.Content], cancellationToken);
            WorkLine line = new(job.Id, part.Worker, part.Work!, work.Content.Length, file.FullName);
            if (parsed.GetValue<bool>(NodeOption.Json)) Screen.Json(line, CommandJson.Default.WorkLine);
            else Screen.Line($"{file.Name} has {line.Bytes} bytes by {Wording.ShortAccount(part.Worker)}; the hash is right.");
        });
        return command;
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
