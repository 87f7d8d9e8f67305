using System.CommandLine;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;

namespace ChainSpace.Node.Commands;

/// <summary>A census: all who may vote are asked, and a share of them has to answer.</summary>
internal sealed class TurnoutOption
{
    public Option<string?> Option { get; } = new("--turnout")
    {
        Description = "Ask all who may vote; the poll expires unless this share of them answers, such as 40%.",
    };

    /// <summary>The draft with least and most votes by the accounts that may vote now; as it was where none is asked.</summary>
    public async Task<PollDraft> ApplyAsync(
        ParseResult parsed, SignedVisit visit, PollDraft draft, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Option) is not { } text) return draft;
        decimal share = Read(text);
        if (draft.Sample > 0) throw new Complaint("--turnout asks all who may vote; a sample has --quorum instead.");
        int accounts = await AccountsAsync(visit, draft, cancellationToken);
        if (accounts == 0) throw new Complaint("Nobody may vote on that.");
        uint least = (uint)Math.Max(1, Math.Ceiling(share * accounts));
        Screen.Aside($"At least {least} of the {accounts} accounts that may vote now have to.");
        return draft with { Minimum = least, Maximum = (uint)accounts };
    }

    // Who is admitted by attributes that only their holders know cannot be counted before they have come.
    private static async Task<int> AccountsAsync(SignedVisit visit, PollDraft draft, CancellationToken cancellationToken)
    {
        if (!draft.Named.IsEmpty) return draft.Named.Length;
        if (draft.Filter is not null) throw new Complaint("Nobody knows how many accounts a --filter admits; say --min.");
        return await CountAsync(visit, (draft.Category, draft.Voters), cancellationToken)
            ?? throw new Complaint("This node does not count who may vote; say --min.");
    }

    /// <summary>Accounts, but for the visitor's own, that may vote on such a poll now; null: the node does not say.</summary>
    public static async Task<int?> CountAsync(
        SignedVisit visit, (string Category, string Voters) poll, CancellationToken cancellationToken)
    {
        QuoteRequest wanted = new(poll.Category, 9_500)
        {
            Voters = poll.Voters,
            Requester = visit.Session.Author.Account.ToString(),
        };
        return (await visit.Visit.Client.QuoteAsync(visit.Visit.Space.Id, wanted, cancellationToken))?.Accounts;
    }

    private static decimal Read(string text) => Wording.TryReadShare(text) is { } share and > 0 and <= 1
        ? share
        : throw new Complaint($"'{text}' is no turnout; write a share such as 40% or 0.4.");
}
