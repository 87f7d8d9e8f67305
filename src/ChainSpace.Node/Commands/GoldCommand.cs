using System.CommandLine;
using System.Globalization;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace gold</c>: shows the known answers that polls were posted with.</summary>
internal static class GoldCommand
{
    public static Command Create() => new(
        "gold",
        "Show the known answers of your gold items. Example: chainspace gold reveal 0x3fa91c")
    {
        Reveal(), GoldList.Create(),
    };

    /// <summary>What is known of a poll's gold; null where the poll has none. The user's own file may tell more.</summary>
    public static string? Of(PollView poll)
    {
        if (poll.GoldAnswer is { } known) return $"the requester knew {AnswerWords.OfConsensus(poll, known)}, and has shown it";
        if (poll.Gold is null) return null;
        if (OpeningFolder.Gold.Find(poll.Id) is not { } opening) return "the requester may know the answer";
        string answer = AnswerWords.Of(poll, (int)opening.Choice);
        return $"you know {answer}; not shown yet (chainspace gold reveal {Wording.Short(poll.Id)})";
    }

    private static Command Reveal()
    {
        Argument<string> task = new("TASK") { Description = "Id of a poll or of a batch, or at least its first 6 digits." };
        Command command = new(
            "reveal",
            "Show the known answer of a poll whose voting has ended, or of those items of a batch. It weighs five outcomes for "
            + "each voter and corrects the confidence of your polls. Example: chainspace gold reveal 0x3fa91c")
        {
            task,
        };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            string text = parsed.GetValue(task)!;
            IReadOnlyList<PollView> items = await visit.Visit.ItemsAsync(text, cancellationToken);
            (PollView Poll, Opening Opening)[] known =
            [
                .. items.Select(static item => (item, OpeningFolder.Gold.Find(item.Id)))
                    .Where(static each => each.Item2 is not null).Select(static each => (each.item, each.Item2!.Value)),
            ];
            if (known.Length == 0)
                throw new Complaint($"This machine keeps no known answer of {text}: it was posted without one, or elsewhere.");
            await RevealAsync(visit, parsed, known, cancellationToken);
        });
        return command;
    }

    private static async Task RevealAsync(
        SignedVisit visit, ParseResult parsed, (PollView Poll, Opening Opening)[] known, CancellationToken cancellationToken)
    {
        List<GoldLine> lines = [];
        int shown = 0;
        foreach ((PollView poll, Opening opening) in known)
        {
            string answer = AnswerWords.Of(poll, (int)opening.Choice);
            string? obstacle = ObstacleOf(poll, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
            string? index = null;
            if (obstacle is null)
            {
                Envelope message = visit.Session.Author.RevealGold(new TaskId(Bytes32.Parse(poll.Id)), opening);
                Sent.Accepted sent = await visit.SendAsync(session => session.SendAsync(message, cancellationToken));
                index = sent.Index.ToString();
                shown++;
            }

            lines.Add(new GoldLine(poll.Id, answer, index, obstacle));
        }

        bool isDone = shown > 0 || known.Any(static each => each.Poll.GoldAnswer is not null);
        if (!isDone) throw new Complaint(Summary(known[0].Poll, lines));
        if (parsed.GetValue<bool>(NodeOption.Json)) Screen.Json(lines, CommandJson.Default.IReadOnlyListGoldLine);
        else foreach (GoldLine line in lines) Screen.Line($"{Say(line, known)}");
    }

    private static string Summary(PollView first, List<GoldLine> lines) => lines is [GoldLine only]
        ? $"The known answer of poll {Wording.Short(first.Id)} cannot be shown: {only.Obstacle}."
        : $"None of the {lines.Count} known answers can be shown now; of poll {Wording.Short(first.Id)}: {lines[0].Obstacle}.";

    private static string Say(GoldLine line, (PollView Poll, Opening Opening)[] known)
    {
        string about = known.First(each => each.Poll.Id == line.Poll).Poll.Content?.Title ?? Wording.Short(line.Poll);
        return line.Obstacle is null
            ? $"Shown: {line.Answer} is the answer to \"{about}\" (entry {line.Index})."
            : $"Not shown: \"{about}\", {line.Obstacle}.";
    }

    // What the rules would say, with the time when they will not any more. The rules have the last word.
    private static string? ObstacleOf(PollView poll, long now)
    {
        if (poll.GoldAnswer is not null) return "it has been shown already";
        string deadline = Wording.Moment(poll.Deadline);
        switch (poll.State)
        {
            case "gathering" or "drawing" or "voting": return $"it is too early, for voting ends by {deadline} at the latest";
            case "opening": return "it is too early, for its votes are being opened; it takes seconds, rarely a day";
            case "raffle": return "it is too early, for the next block draws who is paid";
        }

        if (poll.Votes == 0) return "nobody has voted, so it would say nothing";
        // While an item waits for its group, its known answer teaches how the group is counted.
        if (poll.State == "waiting") return null;
        long until = long.Parse(poll.Outcome!.Moment, CultureInfo.InvariantCulture) + Limits.RetentionMilliseconds;
        return now < until
            ? null
            : $"it is too late, for polls are forgotten a week after their end, {Wording.Moment($"{until}")}";
    }
}

/// <summary>A known answer, the entry that has shown it, or why it was not shown now.</summary>
internal sealed record GoldLine(string Poll, string Answer, string? Index, string? Obstacle);
