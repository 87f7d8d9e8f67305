using System.CommandLine;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Rules.Selection;

namespace ChainSpace.Node.Commands;

/// <summary>How many seats to draw for a wanted number of votes.</summary>
internal sealed class InvitationOptions(bool isRequired)
{
    private const double Certainty = 0.95;

    // Seats of past draws before what they show is believed.
    private const int SeatsBelieved = 20;

    private const int PollsRead = 200;

    private readonly Option<uint> quorum = Required(NodeOption.Count(
        "--quorum", 0, "Votes that are needed; draws so many seats that they come with a chance of 95 %."), isRequired);

    private readonly Option<string?> rate = new("--rate")
    {
        Description = "Share of the drawn who vote, such as 0.5 or 50%; else what past draws of the category show.",
    };

    private readonly Option<string> category = new("--category")
    {
        Description = "Field whose past draws show the rate.",
        DefaultValueFactory = _ => "general",
    };

    /// <summary>A post has a category of its own.</summary>
    public IReadOnlyList<Option> All => isRequired ? [quorum, rate, category] : [quorum, rate];

    public bool IsSaid(ParseResult parsed) => parsed.GetValue(quorum) > 0;

    /// <summary>The draft with as many seats as its quorum needs; as it was where none is asked for.</summary>
    public async Task<PollDraft> ApplyAsync(
        ParseResult parsed, NodeVisit visit, PollDraft draft, CancellationToken cancellationToken)
    {
        if (!IsSaid(parsed)) return draft;
        Sizing sizing = await ReadAsync(parsed, (visit, draft.Category), cancellationToken);
        uint seats = (uint)Math.Max(sizing.Seats, sizing.Quorum);
        Screen.Aside($"Drawing {seats} seats for {sizing.Quorum} votes, {sizing.Because}.");
        return draft with { Minimum = (uint)sizing.Quorum, Maximum = (uint)sizing.Quorum, Sample = seats };
    }

    public async Task<Sizing> ReadAsync(
        ParseResult parsed, (NodeVisit Visit, string Category)? known, CancellationToken cancellationToken)
    {
        uint wanted = parsed.GetValue(quorum);
        if (wanted is < 1 or > Invitations.MaximumQuorum) throw new Complaint("--quorum takes 1 to 10000.");
        (double share, string because) = parsed.GetValue(rate) is { } said
            ? (ReadRate(said), $"if {said} of the drawn vote")
            : await ObservedAsync(parsed, known, cancellationToken);
        return new Sizing((int)wanted, share, Invitations.Needed((int)wanted, share, Certainty), because);
    }

    private async Task<(double Rate, string Because)> ObservedAsync(
        ParseResult parsed, (NodeVisit Visit, string Category)? known, CancellationToken cancellationToken)
    {
        if (known is { } here) return await ObservedAsync(here.Visit, here.Category, cancellationToken);
        using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
        return await ObservedAsync(visit, parsed.GetValue(category)!, cancellationToken);
    }

    // Only draws that ran to their deadline tell who answers: a poll that is full stops those who would have.
    private static async Task<(double Rate, string Because)> ObservedAsync(
        NodeVisit visit, string category, CancellationToken cancellationToken)
    {
        PollQuery query = new() { Category = category, Limit = PollsRead };
        Page<PollView> page = await visit.Client.PollsAsync(visit.Space.Id, query, cancellationToken);
        PollView[] past = [.. page.Data.Where(static one => one is { Sample: > 0, Outcome.Reason: "deadline" or "height" })];
        long seats = past.Sum(static one => (long)one.Sample);
        long votes = past.Sum(static one => (long)Math.Min(one.Votes, one.Sample));
        return seats < SeatsBelieved
            ? (0.5, $"if half of the drawn vote; {category} has too few past draws to know better")
            : (Invitations.ObservedRate(votes, seats), $"as {votes} of {seats} did in past draws of {category}");
    }

    private static double ReadRate(string text) =>
        Wording.TryReadShare(text) is { } share && (double)share >= Invitations.MinimumRate && share <= 1
            ? (double)share
            : throw new Complaint($"'{text}' is no rate; take 0.01 to 1.");

    private static Option<uint> Required(Option<uint> option, bool isRequired)
    {
        if (isRequired) option.DefaultValueFactory = null;
        option.Required = isRequired;
        return option;
    }
}
