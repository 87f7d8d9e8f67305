using System.CommandLine;
using System.Globalization;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace quote</c>: what a confidence would take, before anything is posted.</summary>
internal static class QuoteCommand
{
    public static Command Create()
    {
        Option<string> category = new("--category") { Description = "Field of knowledge.", DefaultValueFactory = _ => "general" };
        Option<uint> options = NodeOption.Count("--options", 2, "How many options.");
        Option<string> confidence = new("--confidence")
        {
            Description = "How certain the answer shall be, such as 0.95 or 95.",
            DefaultValueFactory = _ => "0.95",
        };
        Option<uint> maximum = NodeOption.Count("--max", 20, "Most votes.");
        maximum.Aliases.Add("--maximum");
        Option<uint> minimum = NodeOption.Count("--min", 1, "Fewest votes.");
        Option<string> voters = new("--voters")
        {
            Description = "Who may vote: open, or a filter such as country=DE|AT,reputation>=0.8.",
            DefaultValueFactory = _ => "open",
        };
        Option<string?> requester = new("--requester")
        {
            Description = "Whose gold items count: an account, or one of your keys.",
        };
        Option<bool> isGold = new("--gold") { Description = "Close when the answer is probably true, as gold items have shown." };
        Option<string?> reward = new("--reward") { Description = "What would be locked; says what of it would be spent." };
        Option<string> pricing = new("--pricing")
        {
            Description = "The whole reward (fixed), or a part for each vote (response).",
            DefaultValueFactory = _ => "fixed",
        };
        pricing.AcceptOnlyFromAmong("fixed", "response");
        Command command = new(
            "quote",
            "Say what votes and time a confidence would take. Example: chainspace quote --category birds --confidence 0.95")
        {
            category, options, confidence, minimum, maximum, voters, requester, isGold, reward, pricing,
        };
        command.AddReading();
        command.Does(async (parsed, cancellationToken) =>
        {
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            QuoteRequest wanted = new(parsed.GetValue(category)!, (int)Wording.ReadConfidence(parsed.GetValue(confidence)!))
            {
                Options = (int)Math.Min(parsed.GetValue(options), int.MaxValue),
                Maximum = (int)Math.Min(parsed.GetValue(maximum), int.MaxValue),
                Minimum = (int)Math.Min(parsed.GetValue(minimum), int.MaxValue),
                Voters = parsed.GetValue(voters)!,
                Requester = parsed.GetValue(requester) is { } who ? RevokeCommand.AccountOf(who).ToString() : null,
                IsGold = parsed.GetValue(isGold),
                Reward = parsed.GetValue(reward) is { } asked ? Minor(asked, visit.Space) : null,
                Pricing = parsed.GetValue(pricing)!,
            };
            QuoteView? quote = await visit.Client.QuoteAsync(visit.Space.Id, wanted, cancellationToken);
            if (quote is null) throw new Complaint("This node gives no quotes.");
            if (parsed.GetValue<bool>(NodeOption.Json)) Screen.Json(quote, ClientJson.Default.QuoteView);
            else Draw(quote, visit.Space, wanted);
        });
        return command;
    }

    private static string Gold(QuoteView quote, bool isGold) => (isGold, quote.GoldItems) switch
    {
        (false, _) => "not asked for: confidence is the crowd's agreement",
        (true, 0) => "none shown by that requester: before there is, hardly any poll closes",
        (true, _) => $"{quote.GoldItems} items",
    };

    private static string Minor(string amount, SpaceView space) =>
        Wording.ReadAmount(amount, space).Units.ToString(CultureInfo.InvariantCulture);

    private static void Draw(QuoteView quote, SpaceView space, QuoteRequest wanted)
    {
        string mean = quote.Votes.ToString("0.0", CultureInfo.InvariantCulture);
        Screen.Fact("votes", $"{mean} expected, {quote.Low} to {quote.High} in eight polls of ten");
        Screen.Fact("inconclusive", $"{Wording.Percent(quote.Inconclusive)} of polls");
        if (quote.Cost is { } cost) Screen.Fact("cost", $"{Wording.Amount(cost, space)} expected");
        bool isOpen = wanted.Voters == "open";
        string meet = isOpen ? "that" : $"that meet {wanted.Voters} and";
        Screen.Fact("accounts", $"{quote.Accounts} {meet} may vote");
        string nobody = isOpen ? "nobody" : "nobody of them";
        Screen.Fact("rests on", quote.Voters == 0 ? $"newcomers: {nobody} has a record here" : $"{quote.Voters} voters' records");
        Screen.Fact("gold", Gold(quote, wanted.IsGold));
        if (quote.Milliseconds is { } milliseconds) Screen.Fact("time", Spans.OfMilliseconds(milliseconds));
    }
}
