using System.CommandLine;
using System.Globalization;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace job</c>: work that takes time, from the offer to the payment.</summary>
internal static class JobCommand
{
    internal const string WorkerText =
        "Whose work: an account, its first digits, or one of your keys; not needed where only one worker is in question.";

    public static Command Create()
    {
        Command command = new("job", "Post a job, do one, decide on one. Example: chainspace job list")
        {
            Post(), JobListCommand.Create(), Show(), Submit(), JobTests.Create(),
            Worker("apply", "Ask for a job whose requester picks.", "Applied", static (h, job) => new ApplyForJob(h, job)),
            Worker("claim", "Take an open job, or the offer made to you.", "The job is yours",
                static (h, job) => new ClaimJob(h, job)),
            Worker(
                "leave",
                "Step back: from an application, an offer, an assignment, or a declined submission (which costs half of what the "
                + "bond is above the jury's fee).",
                "Stepped back",
                static (h, job) => new LeaveJob(h, job)),
            Worker("cancel", "Take your job back while nobody is at work.", "Taken back",
                static (h, job) => new CancelJob(h, job)),
            About("assign", "Give the job to an applicant.", "Assigned", static (h, job, who) => new AssignJob(h, job, who)),
            About("accept", "Accept a submission and pay it.", "Accepted and paid",
                static (h, job, who) => new AcceptWork(h, job, who)),
            About("revise", "Send a submission back.", "Sent back", static (h, job, who) => new RequestRevision(h, job, who)),
            Decline(), Counter(), JobWorkCommand.Create(), JobRateCommand.Create(),
        };
        return command;
    }

    private static Command Post()
    {
        JobOptions options = new();
        Command command = new(
            "post", "Post a job and lock its reward. Example: chainspace job post --title \"Translate a page\" --reward 50.00");
        foreach (Option option in options.All) command.Options.Add(option);
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            (JobDraft draft, SuiteFile? suite) = options.Read(parsed, visit.Visit.Space);
            await JuryNotice.GiveAsync(visit, draft, cancellationToken);
            Sent.Accepted answer = await visit.SendAsMemberAsync(
                session => session.SendAsync(session.Author.Post(draft), cancellationToken), cancellationToken);
            if (suite is not null) await JobTests.HandInAsync(visit.Visit, answer.Id.ToString(), suite, cancellationToken);
            string reward = Wording.Amount(draft.Reward.ToString(), visit.Visit.Space);
            visit.Print(answer, parsed, $"Posted \"{draft.Title}\", {reward} locked for each winner", $"job {answer.Id}");
        });
        return command;
    }

    private static Command Show()
    {
        Argument<string> id = Id();
        Command command = new("show", "Show a job, and who may do what next. Example: chainspace job show 0x3fa91c") { id };
        command.AddReading();
        command.Does(async (parsed, cancellationToken) =>
        {
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            JobView job = await visit.JobAsync(parsed.GetValue(id)!, cancellationToken);
            if (parsed.GetValue<bool>(NodeOption.Json)) Screen.Json(job, ClientJson.Default.JobView);
            else foreach (string line in JobPicture.Draw(job, visit.Space)) Screen.Line($"{line}");
        });
        return command;
    }

    private static Command Submit()
    {
        Argument<string> id = Id();
        Argument<FileInfo> file = new("FILE")
        {
            Description = "What you hand in, at most 40 kB. Where a job has hidden tests: a source file, or a folder of them.",
        };
        Command command = new(
            "submit",
            "Hand in work. In a contest: before the deadline binds to it, after it shows it (keep FILE and FILE.salt). "
            + "Example: chainspace job submit 0x3fa91c page.txt") { id, file };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            JobView job = await visit.Visit.JobAsync(parsed.GetValue(id)!, cancellationToken);
            FileInfo what = parsed.GetValue(file)!;
            SaltedWork work = job.Content?.Tests is null ? WorkFile.Read(what) : WorkFile.ReadProgram(what);
            TaskId task = new(Bytes32.Parse(job.Id));
            long deadline = long.Parse(job.Deadline, CultureInfo.InvariantCulture);
            bool isSealed = job.Mode == "contest" && TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() < deadline;
            Sent.Accepted answer = await visit.SendAsync(session => session.SendAsync(
                isSealed ? session.Author.Commit(task, work) : session.Author.Submit(task, work), cancellationToken));
            visit.Print(answer, parsed, isSealed ? "Bound to your work; show it after the deadline" : "Handed in");
        });
        return command;
    }

    private static Command Decline()
    {
        Option<string> reason = new("--reason")
        {
            Description = "incomplete, wrong, copied, unusable or other.",
            DefaultValueFactory = static _ => "other",
        };
        Command command = About(
            "decline", "Decline a submission; a jury decides.", "Declined; the case is open",
            (parsed, who) => header => new DeclineWork(header, who.Job, who.Worker, parsed.GetValue(reason)!));
        command.Options.Add(reason);
        return command;
    }

    private static Command Counter()
    {
        Option<uint> percent = new("--percent")
        {
            Description = "Percent of the milestone you would settle for.",
            Required = true,
        };
        Command command = About(
            "counter", "Offer to settle for a part; settled when both sides have said the same.", "Offered",
            (parsed, who) => header => new CounterOffer(header, who.Job, who.Worker, parsed.GetValue(percent)));
        command.Options.Add(percent);
        return command;
    }

    private static Command Worker(string verb, string description, string done, Func<Header, TaskId, Message> say)
    {
        Argument<string> id = Id();
        Command command = new(verb, $"{description} Example: chainspace job {verb} 0x3fa91c") { id };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            JobView job = await visit.Visit.JobAsync(parsed.GetValue(id)!, cancellationToken);
            TaskId task = new(Bytes32.Parse(job.Id));
            Sent.Accepted answer = await visit.SendAsMemberAsync(
                session => session.SendAsync(session.Sign(header => say(header, task)), cancellationToken), cancellationToken);
            visit.Print(answer, parsed, done);
        });
        return command;
    }

    private static Command About(string verb, string description, string done, Func<Header, TaskId, AccountId, Message> say) =>
        About(verb, description, done, (_, part) => header => say(header, part.Job, part.Worker));

    private static Command About(
        string verb, string description, string done,
        Func<ParseResult, (TaskId Job, AccountId Worker), Func<Header, Message>> say)
    {
        Argument<string> id = Id();
        Option<string?> worker = new("--worker") { Description = WorkerText };
        Command command = new(verb, $"{description} Example: chainspace job {verb} 0x3fa91c") { id, worker };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            JobView job = await visit.Visit.JobAsync(parsed.GetValue(id)!, cancellationToken);
            string? named = parsed.GetValue(worker);
            AccountId who = WorkerOf(named is null ? MeantBy(verb, job) : job.Assignments, named);
            Func<Header, Message> write = say(parsed, (new TaskId(Bytes32.Parse(job.Id)), who));
            Sent.Accepted answer = await visit.SendAsync(session => session.SendAsync(session.Sign(write), cancellationToken));
            visit.Print(answer, parsed, done);
        });
        return command;
    }

    // Those whose turn it is; where it is nobody's, all that go on, so that the node says what is wrong.
    private static AssignmentView[] MeantBy(string verb, JobView job)
    {
        string[] phases = verb switch
        {
            "assign" => ["applied", "reserved"],
            "revise" or "decline" => ["review"],
            _ => ["review", "declined"],
        };
        AssignmentView[] going = [.. job.Assignments.Where(static part => part.Phase != "done")];
        AssignmentView[] meant = [.. going.Where(part => phases.Contains(part.Phase))];
        return meant.Length > 0 ? meant : going;
    }

    /// <summary>The one worker among these parts, or among them the one that is named.</summary>
    internal static AccountId WorkerOf(IEnumerable<AssignmentView> parts, string? named)
    {
        string begin = named is null ? ""
            : named.StartsWith("0x", StringComparison.Ordinal) ? named
            : RevokeCommand.AccountOf(named).ToString();
        string[] found =
            [.. parts.Select(static part => part.Worker).Where(each => each.StartsWith(begin, StringComparison.Ordinal))];
        return found.Length == 1
            ? new AccountId(Bytes32.Parse(found[0]))
            : throw new Complaint($"The job has {found.Length} such workers; name one with --worker.");
    }

    internal static Argument<string> Id() => new("JOB") { Description = "Id of the job, or at least its first 6 digits." };
}
