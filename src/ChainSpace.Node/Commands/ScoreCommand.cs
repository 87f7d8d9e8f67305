using System.CommandLine;
using System.Globalization;
using ChainSpace.Chains;
using ChainSpace.Chains.Rpc;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Anchoring;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Node.Settlement;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Settlement;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace score</c>: an account's reputation as contracts on the networks can check it.</summary>
internal static class ScoreCommand
{
    public static Command Create()
    {
        Argument<string> account = NodeOption.Account("ID");
        Option<Uri?> rpc = NodeOption.Rpc("JSON-RPC endpoint of a network whose endpoint the node does not name.");
        Option<bool> isChecking = new("--check") { Description = "Have the contract on each network check the proofs." };
        Command command = new(
            "score",
            "Show an account's reputation on each network that has it, with proofs. "
                + "Example: chainspace score alice --space demo --check")
        {
            account, isChecking, rpc,
        };
        command.AddReading();
        command.Does(async (parsed, cancellationToken) =>
        {
            AccountId id = RevokeCommand.AccountOf(parsed.GetValue(account)!);
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            Page<ScoresView> page = await visit.Client.ScoresAsync(visit.Space.Id, id.ToString(), cancellationToken);
            bool isWell = true;
            if (parsed.GetValue<bool>(NodeOption.Json)) Screen.Json(page, ClientJson.Default.PageScoresView);
            else if (page.Data.Count == 0) Screen.Aside("No network has a reputation of this account in this space (yet).");
            foreach (ScoresView view in page.Data)
            {
                if (!parsed.GetValue<bool>(NodeOption.Json)) Draw(view);
                if (parsed.GetValue(isChecking))
                    isWell &= await CheckAsync(view, (visit.Space, id), parsed.GetValue(rpc), cancellationToken);
            }

            return isWell ? 0 : 1;
        });
        return command;
    }

    private static void Draw(ScoresView view)
    {
        SharedAnchorView anchor = view.Anchor;
        Screen.Line($"[bold]{anchor.Network}[/] (chain {anchor.ChainId}), as of entry {anchor.Size}, block {anchor.Height}");
        foreach (ScoreView score in view.Scores)
        {
            string bound = Share(score.Bound), weight = Number(score.Count, 1);
            Screen.Fact(score.Category, $"{Share(score.Score)}, surely above {bound}, from answers that weigh {weight}");
        }
    }

    private static async Task<bool> CheckAsync(
        ScoresView view, (SpaceView Space, AccountId Account) whose, Uri? rpc, CancellationToken cancellationToken)
    {
        using HttpClient http = RpcEndpoint.CreateClient();
        RpcEndpoint endpoint = new(VaultPlace.EndpointOf(view.Anchor.Rpc, rpc), http, new RpcLimits(), TimeProvider.System);
        ChainId chain = new(ulong.Parse(view.Anchor.ChainId, CultureInfo.InvariantCulture));
        RpcPool pool = new(chain, [endpoint], 1, TimeProvider.System, new Random());
        var (anchorage, head, proof) = SharedProofs.Read(view.Anchor, new SpaceId(Bytes32.Parse(whose.Space.Id)));
        foreach (ScoreView score in view.Scores)
        {
            var (leaf, path) = SharedProofs.Read(score, whose.Account);
            Answer<bool> answer = await pool.AskAsync(anchorage.VerifyScore(head, proof, leaf, path), cancellationToken);
            if (answer is { IsGood: true, Value: true })
            {
                Screen.Aside($"{view.Anchor.Network} has checked it: {score.Category}, by contract {view.Anchor.Anchorage}.");
                continue;
            }

            Screen.Aside(answer.IsGood
                ? $"{view.Anchor.Network} does not hold this score for {score.Category}; a newer one may be there in a moment."
                : $"{view.Anchor.Network} does not answer: {answer.Fault}");
            return false;
        }

        return true;
    }

    private static string Share(string partsPerMillion) => $"{Number(partsPerMillion, 100)} %";

    private static string Number(string partsPerMillion, double times)
    {
        double number = double.Parse(partsPerMillion, CultureInfo.InvariantCulture) / ScoreLeaf.One * times;
        return number.ToString("0.#", CultureInfo.InvariantCulture);
    }
}
