using System.CommandLine;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace anchors</c>: how far a space's chain has come.</summary>
internal static class AnchorsCommand
{
    public static Command Create()
    {
        Command command = new("anchors", "Show a space's vault and its anchors. Example: chainspace anchors --space town");
        command.AddReading();
        command.Does(async (parsed, cancellationToken) =>
        {
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            VaultView view = await visit.Client.VaultAsync(visit.Space.Id, cancellationToken)
                ?? throw new Complaint($"The space {visit.Space.Name} has no vault: its money is play money, or not there yet.");
            if (parsed.GetValue<bool>(NodeOption.Json)) Screen.Json(view, ClientJson.Default.VaultView);
            else Draw(view, visit.Space);
        });
        return command;
    }

    private static void Draw(VaultView view, SpaceView space)
    {
        Screen.Line($"[bold]{space.Name}[/] settles on {view.Network} (chain {view.ChainId})");
        Screen.Fact("vault", view.Vault);
        Screen.Fact("money", view.Asset);
        Screen.Fact("endpoint", view.Rpc);
        Screen.Fact("claimable", view.Good is { } good ? $"what was withdrawn before entry {good.Size}" : "nothing yet");
        foreach (AnchorView anchor in view.Anchors)
            Screen.Fact("anchor", $"{anchor.Size} entries, {anchor.State}{(anchor.Height is { } at ? $", block {at}" : "")}");
    }
}
