using System.CommandLine;
using System.Globalization;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace extend</c>: a poll that takes votes gets more time, more votes or more reward.</summary>
internal static class ExtendCommand
{
    private static readonly Argument<string> _poll = new("POLL")
    {
        Description = "Id of the poll, or at least its first 6 digits.",
    };

    private static readonly Option<string?> _deadline = new("--deadline")
    {
        Description = "When voting ends now: 12h (from now), 7d, or 2027-01-31T18:00. Not earlier than before.",
    };

    private static readonly Option<uint?> _maximum = new("--max")
    {
        Description = "Votes at which the poll closes now; each vote's part of the reward stays what it was.",
    };

    private static readonly Option<string?> _reward = new("--reward")
    {
        Description = "All of the reward from now on; else it grows with --max, and the difference is locked.",
    };

    public static Command Create()
    {
        Command command = new("extend", "Give your poll more time, votes or reward. Example: chainspace extend 0x3fa91c --max 9")
        {
            _poll, _deadline, _maximum, _reward,
        };
        command.AddSigning();
        command.Does(ExtendAsync);
        return command;
    }

    private static async Task ExtendAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
        PollView poll = await visit.Visit.PollAsync(parsed.GetValue(_poll)!, cancellationToken);
        (Moment deadline, uint maximum, Amount reward) = Read(parsed, poll, visit.Visit.Space);
        TaskId id = new(Bytes32.Parse(poll.Id));
        Envelope message = visit.Session.Author.Extend(id, deadline, maximum, reward);
        Sent.Accepted answer = await visit.SendAsync(session => session.SendAsync(message, cancellationToken));
        string end = Wording.Moment(deadline.Milliseconds.ToString(CultureInfo.InvariantCulture));
        string price = Wording.Amount(reward, visit.Visit.Space);
        visit.Print(answer, parsed, $"Voting goes on until {end} or vote {maximum}, for {price} in all");
    }

    private static (Moment Deadline, uint Maximum, Amount Reward) Read(ParseResult parsed, PollView poll, SpaceView space)
    {
        Moment deadline = parsed.GetValue(_deadline) is { } text
            ? Wording.ReadMoment(text, TimeProvider.System.GetUtcNow())
            : new Moment(long.Parse(poll.Deadline, CultureInfo.InvariantCulture));
        uint before = (uint)poll.Maximum, maximum = parsed.GetValue(_maximum) ?? before;
        Amount reward = parsed.GetValue(_reward) is { } said
            ? Wording.ReadAmount(said, space)
            : Grown(Wording.Units(poll.Reward), before, maximum);
        return (deadline, maximum, reward);
    }

    // Each vote's part rounded up, so that none shrinks; exactly what it was where it divides evenly.
    private static Amount Grown(Amount reward, uint before, uint after) =>
        after <= before ? reward : new Amount((reward.Units * after + before - 1) / before);
}
