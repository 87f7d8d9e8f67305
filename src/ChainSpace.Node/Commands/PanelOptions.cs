using System.CommandLine;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;

namespace ChainSpace.Node.Commands;

/// <summary>
/// Who answers a whole batch: with <c>--panel</c> the options that choose voters choose them once for all items.
/// </summary>
internal sealed class PanelOptions
{
    private static readonly string[] OfItems = ["--sample", "--lease", "--named", "--filter"];

    public Option<uint> Option { get; } = NodeOption.Count(
        "--panel",
        0,
        "Draw so many accounts once, by --voters and --quotas, who alone answer all items; else each item takes whom it may.");

    /// <summary>The terms of an item, and what all have in common.</summary>
    public (PollDraft Item, BatchDraft Batch) Read(
        ParseResult parsed, PollDraft item, Func<ParseResult, string, bool> isSaid)
    {
        BatchDraft batch = new()
        {
            Title = item.Title,
            Description = item.Description,
            Options = item.Options,
            Deadline = item.Deadline,
            Category = item.Category,
            Format = item.Format,
        };
        if (parsed.GetValue(Option) is not (> 0 and var panel)) return (item, batch);
        Check(parsed, isSaid);
        batch = batch with { Sample = panel, Voters = item.Voters, Quotas = item.Quotas };
        return (item with { Voters = "open", Quotas = "", Sample = 0 }, batch);
    }

    /// <summary>Complains of what an item may not say where a panel answers all.</summary>
    public static void Check(ParseResult parsed, Func<ParseResult, string, bool> isSaid)
    {
        if (OfItems.FirstOrDefault(name => isSaid(parsed, name)) is { } wrong)
            throw new Complaint($"{wrong} is for items that choose voters of their own; here one panel answers all of them.");
    }

    public static string Words(BatchView batch)
    {
        string among = batch.Quotas.Length > 0 ? $"{batch.Voters}, by {batch.Quotas}" : batch.Voters;
        return batch.Drawn is { } drawn
            ? $"{drawn} drawn of {batch.Sample} among {among}; chainspace draw show {Wording.Short(batch.Id)}"
            : $"{batch.Sample} to be drawn among {among}, by the next block";
    }
}
