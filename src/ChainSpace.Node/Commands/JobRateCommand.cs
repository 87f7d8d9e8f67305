using System.CommandLine;
using System.Globalization;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace job rate</c>: the two sides of a job rate each other, sealed until both have.</summary>
internal static class JobRateCommand
{
    private const uint Most = 5;

    public static Command Create()
    {
        Argument<string> id = JobCommand.Id();
        Option<uint> stars = NodeOption.Count("--stars", 0, "1 to 5; leave it out to open what you have given.");
        Option<string?> worker = new("--worker") { Description = JobCommand.WorkerText };
        Command command = new(
            "rate",
            "Rate the other side of a job that is over, within three days. Sealed until both have rated or the days are over; "
            + "then say it without --stars to open yours. Example: chainspace job rate 0x3fa91c --stars 5")
        {
            id, stars, worker,
        };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            JobView job = await visit.Visit.JobAsync(parsed.GetValue(id)!, cancellationToken);
            Seat seat = SeatOf(job, visit.Session.Author.Account, parsed.GetValue(worker));
            if (parsed.GetResult(stars) is not { Implicit: false }) await OpenAsync(visit, parsed, seat, cancellationToken);
            else await GiveAsync(visit, parsed, (seat, parsed.GetValue(stars)), cancellationToken);
        });
        return command;
    }

    private static async Task GiveAsync(
        SignedVisit visit, ParseResult parsed, (Seat Seat, uint Stars) given, CancellationToken cancellationToken)
    {
        (Seat seat, uint stars) = given;
        if (stars is 0 or > Most) throw new Complaint($"A rating has 1 to {Most} stars.");
        Opening? kept = OpeningFolder.Ratings.Find(seat.Name);
        if (kept is { } before && (seat.HasRated || before.Choice != stars))
            throw new Complaint($"You have rated this with {before.Choice} already; open it without --stars.");
        Opening opening = kept ?? new Opening(stars, JobAuthor.Salt());
        OpeningFolder.Ratings.Keep(
            seat.Name, new OpeningLine(seat.Title, $"{stars} of {Most}", stars, opening.Salt.ToString()));
        Author author = visit.Session.Author;
        Bytes32 commitment = author.Domain.RatingCommitment(seat.Job, (seat.Worker, author.Account), opening);
        Sent sent = await visit.Session.SendAsync(
            author.Sign(header => new RateJob(header, seat.Job, seat.Worker, commitment)), cancellationToken);
        // What the node did not take binds to nothing; an answer that was lost leaves it open, and then it is kept.
        if (sent is Sent.Refused && kept is null) OpeningFolder.Ratings.Forget(seat.Name);
        Sent.Accepted answer = SignedVisit.Accept(sent);
        if (seat.OtherHasRated)
        {
            answer = await visit.SendAsync(session => session.SendAsync(Opened(session, seat, opening), cancellationToken));
            visit.Print(answer, parsed, $"Rated with {stars} of {Most} and opened, for the other side has rated too");
            return;
        }

        visit.Print(
            answer, parsed, $"Rated with {stars} of {Most}, sealed",
            $"opens when the other side has rated, or after {Wording.Moment(seat.Until)}: chainspace job rate {seat.Short}");
    }

    private static async Task OpenAsync(SignedVisit visit, ParseResult parsed, Seat seat, CancellationToken cancellationToken)
    {
        Opening opening = OpeningFolder.Ratings.Find(seat.Name)
            ?? throw new Complaint("This machine keeps no rating of yours for this job; rate with --stars.");
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        if (!seat.OtherHasRated && now <= long.Parse(seat.Until, CultureInfo.InvariantCulture))
        {
            string until = Wording.Moment(seat.Until);
            throw new Complaint($"The other side has not rated yet; yours can be opened then, or after {until}.");
        }

        Sent.Accepted answer = await visit.SendAsync(
            session => session.SendAsync(Opened(session, seat, opening), cancellationToken));
        visit.Print(answer, parsed, $"Opened: {opening.Choice} of {Most}");
    }

    private static Envelope Opened(SpaceSession session, Seat seat, Opening opening) =>
        session.Sign(header => new OpenRating(header, seat.Job, seat.Worker, opening.Choice) { Salt = opening.Salt });

    // Who rates: a worker his requester, the requester a worker whose part is over.
    private static Seat SeatOf(JobView job, AccountId who, string? named)
    {
        string self = who.ToString();
        bool isRequester = job.Requester == self;
        IEnumerable<AssignmentView> parts = job.Assignments.Where(
            part => isRequester ? named is not null || part.Phase == "done" : part.Worker == self);
        AccountId worker = JobCommand.WorkerOf(parts, isRequester ? named : null);
        AssignmentView found = job.Assignments.Single(part => part.Worker == worker.ToString());
        if (found.RateUntil is not { } until)
            throw new Complaint($"This part of the job is not over ({found.Phase}); both sides rate when it is.");
        return new Seat(new TaskId(Bytes32.Parse(job.Id)), worker, until)
        {
            Title = job.Content?.Title ?? "(erased)",
            Name = $"{job.Id}-{worker}-{self}",
            HasRated = isRequester ? found.RequesterHasRated : found.WorkerHasRated,
            OtherHasRated = isRequester ? found.WorkerHasRated : found.RequesterHasRated,
        };
    }

    /// <summary>Who rates in a part of a job that is over, seen from there.</summary>
    private sealed record Seat(TaskId Job, AccountId Worker, string Until)
    {
        public required string Title { get; init; }

        /// <summary>Of the opening's file.</summary>
        public required string Name { get; init; }

        public required bool HasRated { get; init; }

        public required bool OtherHasRated { get; init; }

        public string Short => Wording.Short(Job.ToString());
    }
}
