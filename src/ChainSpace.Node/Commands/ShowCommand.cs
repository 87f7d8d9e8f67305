using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace show</c>: what stands in a space, for people or programs.</summary>
internal static class ShowCommand
{
    private const int PollsShown = 20;
    private const int EntriesShown = 10;

    public static Command Create()
    {
        Command command = new("show", "Show a space and its newest polls. Example: chainspace show")
        {
            Space(), Poll(), Account(), Receipt(),
        };
        command.AddReading();
        command.Does(async (parsed, cancellationToken) =>
        {
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            PollQuery query = new() { Limit = PollsShown };
            Page<PollView> polls = await visit.Client.PollsAsync(visit.Space.Id, query, cancellationToken);
            KeyLine? key = KeyFolder.All().FirstOrDefault(each => each.Name == NodeOption.DefaultKey);
            AccountView? own = key is null
                ? null
                : await visit.Client.AccountAsync(visit.Space.Id, key.Account, cancellationToken);
            Print(parsed, new Overview(visit.Space, polls.Data, own), CommandJson.Default.Overview, Pictures.Draw);
        });
        return command;
    }

    private static Command Space()
    {
        Command command = new("space", "Show the space's terms and keys. Example: chainspace show space");
        command.AddReading();
        command.Does(async (parsed, cancellationToken) =>
        {
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            Print(parsed, visit.Space, ClientJson.Default.SpaceView, Pictures.Draw);
        });
        return command;
    }

    private static Command Poll()
    {
        Argument<string> poll = new("ID") { Description = "Id of the poll, or at least its first 6 digits." };
        Command command = new("poll", "Show a poll. Example: chainspace show poll 0x3fa91c") { poll };
        command.AddReading();
        command.Does(async (parsed, cancellationToken) =>
        {
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            PollView found = await visit.PollAsync(parsed.GetValue(poll)!, cancellationToken);
            PageQuery query = new(Limit: PollsShown);
            Page<VoteView> votes = await visit.Client.VotesAsync(visit.Space.Id, found.Id, query, cancellationToken);
            Print(parsed, found, ClientJson.Default.PollView, view => Pictures.Draw(view, votes, visit.Space));
        });
        return command;
    }

    private static Command Account()
    {
        Argument<string> account = NodeOption.Account("ID");
        Command command = new("account", "Show an account. Example: chainspace show account alice") { account };
        command.AddReading();
        command.Does(async (parsed, cancellationToken) =>
        {
            string id = RevokeCommand.AccountOf(parsed.GetValue(account)!).ToString();
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            AccountView found = await visit.Client.AccountAsync(visit.Space.Id, id, cancellationToken)
                ?? throw new Complaint($"{id} has not registered in the space {visit.Space.Name}.");
            if (visit.Space.ChainId != "0")
                found = found with { Money = await visit.Client.MoneyAsync(visit.Space.Id, id, cancellationToken) };
            PageQuery query = new(Limit: EntriesShown);
            Page<HistoryItem> history = await visit.Client.HistoryAsync(visit.Space.Id, id, query, cancellationToken);
            Print(parsed, found, ClientJson.Default.AccountView, view => Pictures.Draw(view, history, visit.Space));
        });
        return command;
    }

    private static Command Receipt()
    {
        Argument<string> index = new("INDEX") { Description = "Entry whose proof to show." };
        Command command = new("receipt", "Show the proof of an entry. Example: chainspace show receipt 12") { index };
        command.AddReading();
        command.Does(async (parsed, cancellationToken) =>
        {
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            ReceiptDocument found = await ReceiptCommand.FetchAsync(visit, parsed.GetValue(index)!, cancellationToken);
            Screen.Json(found, ClientJson.Default.ReceiptDocument);
        });
        return command;
    }

    private static void Print<T>(ParseResult parsed, T value, JsonTypeInfo<T> type, Action<T> draw)
    {
        if (parsed.GetValue<bool>(NodeOption.Json)) Screen.Json(value, type);
        else draw(value);
    }
}
