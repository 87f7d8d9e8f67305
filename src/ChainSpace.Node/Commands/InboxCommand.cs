using System.CommandLine;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace inbox</c>: what an account can do now.</summary>
internal static class InboxCommand
{
    public static Command Create()
    {
        Option<string> key = new(NodeOption.Key)
        {
            Description = "Id of the account, or name of one of your keys (or CHAINSPACE_KEY).",
            DefaultValueFactory = _ => NodeOption.DefaultKey,
        };
        Command command = new(
            "inbox", "Show what waits for you: seats you were drawn for first. Example: chainspace inbox --key alice") { key };
        command.AddReading();
        command.Does(async (parsed, cancellationToken) =>
        {
            string account = RevokeCommand.AccountOf(parsed.GetValue(key)!).ToString();
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            Page<InboxItem> inbox = await visit.Client.InboxAsync(visit.Space.Id, account, cancellationToken);
            if (parsed.GetValue<bool>(NodeOption.Json)) Screen.Json(inbox, ClientJson.Default.PageInboxItem);
            else Draw(inbox, visit.Space);
        });
        return command;
    }

    private static void Draw(Page<InboxItem> inbox, SpaceView space)
    {
        if (inbox.Data.Count == 0) Screen.Line($"Nothing waits for you in {space.Name}.");
        foreach (InboxItem item in inbox.Data)
        {
            string title = item.Title ?? "(text erased)";
            Screen.Line($"  {Did(item, space)}  [bold]{title}[/] {Wording.Short(item.Poll)}");
        }
    }

    private static string Did(InboxItem item, SpaceView space) => item.Kind switch
    {
        "paid" => $"paid {Wording.Amount(item.Paid!, space)}",
        "open" => "being opened",
        "seat" => $"drawn, vote until {Wording.Moment(item.Before!)}, {Reward(item, space)}",
        "apply" => $"apply until {Wording.Moment(item.Before!)}, {Reward(item, space)}",
        _ => $"vote until {Wording.Moment(item.Before!)}, {Reward(item, space)}",
    };

    private static string Reward(InboxItem item, SpaceView space) =>
        $"{Wording.Amount(item.Reward, space)} for {Wording.Votes(item.Maximum)}";
}
