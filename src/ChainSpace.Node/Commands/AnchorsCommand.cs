using System.CommandLine;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace anchors</c>: how far a space's chain has come.</summary>
internal static class AnchorsCommand
{
    public static Command Create()
    {
        Command command = new("anchors", "Show what chains hold of a space. Example: chainspace anchors --space town");
        command.AddReading();
        command.Does(async (parsed, cancellationToken) =>
        {
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            VaultView? vault = await visit.Client.VaultAsync(visit.Space.Id, cancellationToken);
            Page<SharedAnchorView> shared = await visit.Client.SharedAnchorsAsync(visit.Space.Id, cancellationToken);
            if (vault is null && shared.Data.Count == 0)
                throw new Complaint($"The space {visit.Space.Name} has no vault and no anchor yet; play money has no vault.");
            if (parsed.GetValue<bool>(NodeOption.Json))
            {
                Screen.Json(new AnchorsLine(vault, shared.Data), CommandJson.Default.AnchorsLine);
                return;
            }

            if (vault is not null) Draw(vault, visit.Space);
            foreach (SharedAnchorView anchor in shared.Data) Draw(anchor);
        });
        return command;
    }

    private static void Draw(VaultView view, SpaceView space)
    {
        Screen.Line($"[bold]{space.Name}[/] settles on {view.Network} (chain {view.ChainId})");
        Screen.Fact("vault", view.Vault);
        Screen.Fact("money", view.Asset);
        Screen.Fact("endpoint", view.Rpc ?? "the node names none; bring your own");
        Screen.Fact("claimable", view.Good is { } good ? $"what was withdrawn before entry {good.Size}" : "nothing yet");
        foreach (AnchorView anchor in view.Anchors)
            Screen.Fact("anchor", $"{anchor.Size} entries, {anchor.State}{(anchor.Height is { } at ? $", block {at}" : "")}");
    }

    private static void Draw(SharedAnchorView anchor)
    {
        Screen.Line($"[bold]{anchor.Network}[/] (chain {anchor.ChainId}) has {anchor.Size} entries under a super-root");
        Screen.Fact("anchorage", anchor.Anchorage);
        Screen.Fact("block", anchor.Height);
        Screen.Fact("transaction", anchor.Transaction);
    }
}
