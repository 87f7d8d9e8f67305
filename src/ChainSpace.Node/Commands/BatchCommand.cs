using System.CommandLine;
using System.Globalization;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace batch</c>: many items on the same terms, from a file, and what became of them.</summary>
internal static class BatchCommand
{
    private const int ItemsAtOnce = 200;
    private const int BatchesShown = 20;

    public static Command Create() => new(
        "batch", "Post many items on the same terms and see what became of them. Example: chainspace batch list")
    {
        Post(), Add(), Close(), Show(), List(), BatchResults.Create(),
    };

    private static Command Post()
    {
        Argument<FileInfo> file = FileOfItems();
        PostOptions options = new(areItems: true);
        Option<uint> group = NodeOption.Count("--group", 100, "Items that are counted and paid together.");
        Option<uint> training = NodeOption.Count(
            "--training", 0, "The first so many items teach: who has not answered them may not answer the others.");
        Option<bool> together = new("--together")
        {
            Description = "Count the items of a group together, by who agrees with whom.",
        };
        Option<string> groupPay = new("--group-pay")
        {
            Description = "Pay each item by --payout (each), or the items of a group together by how voters agree across them "
                + "(correlated, determinant, lottery, exact-lottery; docs/payouts.md).",
            DefaultValueFactory = static _ => "each",
        };
        groupPay.AcceptOnlyFromAmong("each", "correlated", "determinant", "lottery", "exact-lottery");
        PanelOptions panel = new();
        ApplyOption apply = new();
        Option<bool> isOpen = new("--keep-open") { Description = "More items may be added later; else the batch is closed." };
        Command command = new(
            "post",
            "Announce a batch and post its items; --title and --description say what it is about, --reward is for each item. "
            + "Example: chainspace batch post items.csv --title \"Is it spam?\" --format yes-no --reward 0.30 --max 3")
        {
            file, group, training, together, groupPay, isOpen, panel.Option, apply.Option,
        };
        foreach (Option option in options.All) command.Options.Add(option);
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            IReadOnlyList<BatchLine> items = BatchFile.Read(parsed.GetValue(file)!);
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            PollDraft item = options.Read(parsed, visit.Visit.Space);
            KnownAnswer.Check(item, items);
            (item, BatchDraft batch) = panel.Read(parsed, item, options.IsSaid);
            item = apply.Apply(parsed, item, hasPanel: batch.Sample > 0);
            if (parsed.GetValue(together)) item = item with { Aggregation = "batch" };
            string pay = parsed.GetValue(groupPay)!;
            if (pay != "each") item = item with { Payout = "batch" };
            batch = batch with { Group = parsed.GetValue(group), Training = parsed.GetValue(training), Payout = pay };
            Sent.Accepted answer = await visit.SendAsMemberAsync(
                session => session.PostBatchAsync(batch, cancellationToken), cancellationToken);
            TaskId id = new(answer.Id.Value);
            await AddAsync(visit, item with { Batch = id }, items, cancellationToken);
            if (!parsed.GetValue(isOpen)) await visit.SendAsync(session => session.CloseBatchAsync(id, cancellationToken));
            string locked = Wording.Amount((item.Reward.Units * (uint)items.Count).ToString(CultureInfo.InvariantCulture),
                visit.Visit.Space);
            visit.Print(answer, parsed, $"Posted {items.Count} items of \"{batch.Title}\", {locked} locked", $"batch {id}");
        });
        return command;
    }

    private static Command Add()
    {
        Argument<string> batch = IdOfBatch();
        Argument<FileInfo> file = FileOfItems();
        Option<int> from = new("--from-line") { Description = "First line of the file to post; say it to go on after a break." };
        PostOptions options = new(areItems: true);
        ApplyOption apply = new();
        Command command = new(
            "add", "Add the items of a file to a batch that was kept open. "
            + "Example: chainspace batch add 0x51… more.csv --title Spam --format yes-no --reward 0.30 --max 3")
        {
            batch, file, from, apply.Option,
        };
        foreach (Option option in options.All) command.Options.Add(option);
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            int first = parsed.GetValue(from);
            BatchLine[] items = [.. BatchFile.Read(parsed.GetValue(file)!).Where(item => item.Line >= first)];
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            BatchView found = await visit.Visit.BatchAsync(parsed.GetValue(batch)!, cancellationToken);
            PollDraft item = options.Read(parsed, visit.Visit.Space) with { Batch = new TaskId(Bytes32.Parse(found.Id)) };
            if (found.Sample > 0) PanelOptions.Check(parsed, options.IsSaid);
            item = apply.Apply(parsed, item, hasPanel: found.Sample > 0);
            KnownAnswer.Check(item, items);
            await AddAsync(visit, item, items, cancellationToken);
            Screen.Line($"Added {items.Length} items; there are {found.Items + items.Length} now.");
        });
        return command;
    }

    private static Command Close()
    {
        Argument<string> batch = IdOfBatch();
        Command command = new("close", "Say that no more items come. Example: chainspace batch close 0x51…") { batch };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using SignedVisit visit = await SignedVisit.OpenAsync(parsed, cancellationToken);
            BatchView found = await visit.Visit.BatchAsync(parsed.GetValue(batch)!, cancellationToken);
            TaskId id = new(Bytes32.Parse(found.Id));
            Sent.Accepted answer = await visit.SendAsync(session => session.CloseBatchAsync(id, cancellationToken));
            visit.Print(answer, parsed, "Closed; its last items are settled when their voting has ended");
        });
        return command;
    }

    private static Command Show()
    {
        Argument<string> batch = IdOfBatch();
        Command command = new("show", "Show how far a batch is. Example: chainspace batch show 0x51…") { batch };
        command.AddReading();
        command.Does(async (parsed, cancellationToken) =>
        {
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            BatchView found = await visit.BatchAsync(parsed.GetValue(batch)!, cancellationToken);
            if (parsed.GetValue<bool>(NodeOption.Json)) Screen.Json(found, Client.ClientJson.Default.BatchView);
            else Draw(found, visit.Space);
        });
        return command;
    }

    private static Command List()
    {
        PageOptions pages = new(BatchesShown);
        Command command = new("list", "Show batches, newest first. Example: chainspace batch list");
        foreach (Option option in pages.All) command.Options.Add(option);
        command.AddReading();
        command.Does(async (parsed, cancellationToken) =>
        {
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            Page<BatchView> page = await visit.Client.BatchesAsync(visit.Space.Id, pages.Read(parsed), cancellationToken);
            if (parsed.GetValue<bool>(NodeOption.Json))
            {
                Screen.Json(page, Client.ClientJson.Default.PageBatchView);
                return;
            }

            foreach (BatchView batch in page.Data) Draw(batch, visit.Space);
            PageOptions.SayMore(page);
        });
        return command;
    }

    private static void Draw(BatchView batch, SpaceView space)
    {
        string states = string.Join(", ", batch.States.Select(static each => $"{each.Value} {each.Key}"));
        Screen.Line($"[bold]{batch.Content?.Title ?? "(erased)"}[/]");
        Screen.Fact("batch", batch.Id);
        if (batch.Sample > 0) Screen.Fact("panel", PanelOptions.Words(batch));
        Screen.Fact("state", $"{batch.State}, until {Wording.Moment(batch.Deadline)}");
        Screen.Fact("items", $"{batch.Items}: {states}; {Wording.Count(batch.Votes, "vote", "votes")}");
        if (batch.GoldShown > 0) Screen.Fact("gold", $"{batch.GoldShown} of its known answers shown");
        if (batch is not { MedianSeconds: { } seconds, Hourly: { } hourly }) return;
        string pace = $"{Spans.OfSeconds(seconds)} an answer in the median";
        Screen.Fact("pace", $"{pace}, which pays {Wording.Amount(hourly, space)} an hour");
    }

    // In order, so that the file's lines are the items' numbers; what has gone in stays in if a later item is refused.
    private static async Task AddAsync(
        SignedVisit visit, PollDraft item, IReadOnlyList<BatchLine> items, CancellationToken cancellationToken)
    {
        await ProgressLine.ShowAsync("Posting items", async progress =>
        {
            for (int start = 0; start < items.Count; start += ItemsAtOnce)
            {
                BatchLine[] lines = [.. items.Skip(start).Take(ItemsAtOnce)];
                Envelope[] posts = [.. lines.Select(line => KnownAnswer.Post(visit.Session.Author, item, line))];
                IReadOnlyList<Sent> sent = await visit.Visit.Client.SendManyAsync(visit.Visit.Space.Id, posts, cancellationToken);
                for (int i = 0; i < sent.Count; i++)
                {
                    if (sent[i] is not Sent.Refused refused) continue;
                    KnownAnswer.Forget(visit.Session.Author, posts.Where((_, place) => sent[place] is Sent.Refused));
                    throw new Complaint($"{refused.Detail.TrimEnd('.')} (line {lines[i].Line}); the {start + i} items before it "
                        + $"are posted. Go on with: chainspace batch add {item.Batch} FILE --from-line {lines[i].Line}");
                }

                progress?.Report(start + lines.Length);
            }

            return items.Count;
        });
    }

    internal static Argument<string> IdOfBatch() =>
        new("BATCH") { Description = "Id of the batch, or at least its first 6 digits." };

    private static Argument<FileInfo> FileOfItems() =>
        new("FILE")
        {
            Description = "CSV file of the items; its first row names the columns: title and, if wanted, description and gold "
                + "(the known answer, empty where you know none).",
        };
}
