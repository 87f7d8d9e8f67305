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
        Option<int> options = new("--options") { Description = "How many options.", DefaultValueFactory = _ => 2 };
        Option<double> confidence = new("--confidence") { Description = "In percent.", DefaultValueFactory = _ => 95 };
        Option<int> maximum = new("--maximum") { Description = "Most votes.", DefaultValueFactory = _ => 20 };
        Option<string?> requester = new("--requester") { Description = "Whose gold items count: an account." };
        Option<bool> isGold = new("--gold") { Description = "Close when the answer is probably true, as gold items have shown." };
        Option<string?> reward = new("--reward") { Description = "What would be locked; says what of it would be spent." };
        Option<string> pricing = new("--pricing")
        {
            Description = "The whole reward (fixed), or a part for each vote (response).", DefaultValueFactory = _ => "fixed",
        };
        pricing.AcceptOnlyFromAmong("fixed", "response");
        Command command = new(
            "quote",
            "Say what votes and time a confidence would take. Example: chainspace quote --category birds --confidence 95")
        {
            category, options, confidence, maximum, requester, isGold, reward, pricing,
        };
        command.AddReading();
        command.Does(async (parsed, cancellationToken) =>
        {
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            QuoteRequest wanted = new(parsed.GetValue(category)!, (int)Math.Round(parsed.GetValue(confidence) * 100))
            {
                Options = parsed.GetValue(options),
                Maximum = parsed.GetValue(maximum),
                Requester = parsed.GetValue(requester),
                IsGold = parsed.GetValue(isGold),
                Reward = parsed.GetValue(reward) is { } asked ? Wording.ReadAmount(asked, visit.Space).ToString() : null,
                Pricing = parsed.GetValue(pricing)!,
            };
            QuoteView? quote = await visit.Client.QuoteAsync(visit.Space.Id, wanted, cancellationToken);
            if (quote is null) throw new Complaint("This node gives no quotes.");
            if (parsed.GetValue<bool>(NodeOption.Json)) Screen.Json(quote, ClientJson.Default.QuoteView);
            else Draw(quote, visit.Space);
        });
        return command;
    }

    private static void Draw(QuoteView quote, SpaceView space)
    {
        string mean = quote.Votes.ToString("0.0", CultureInfo.InvariantCulture);
        Screen.Fact("votes", $"{mean} expected, {quote.Low} to {quote.High} in eight polls of ten");
        Screen.Fact("inconclusive", $"{Wording.Percent(quote.Inconclusive)} of polls");
        if (quote.Cost is { } cost) Screen.Fact("cost", $"{Wording.Amount(cost, space)} expected");
        Screen.Fact("accounts", $"{quote.Accounts} in this space");
        Screen.Fact("rests on", quote.Voters == 0 ? "newcomers: nobody has a record here" : $"{quote.Voters} voters' records");
        Screen.Fact("gold", quote.GoldItems == 0 ? "none: confidence is the crowd's agreement" : $"{quote.GoldItems} items");
        if (quote.Milliseconds is not { } milliseconds) return;
        TimeSpan time = TimeSpan.FromMilliseconds(long.Parse(milliseconds, CultureInfo.InvariantCulture));
        Screen.Fact("time", time.ToString("g", CultureInfo.InvariantCulture));
    }
}
