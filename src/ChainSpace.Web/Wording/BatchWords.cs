using System.Globalization;
using ChainSpace.Client.Reading;

namespace ChainSpace.Web.Wording;

/// <summary>A batch in words. The lists are open: an unknown code is shown as it is.</summary>
internal static class BatchWords
{
    private static readonly string[] _ended = ["closed", "inconclusive", "expired", "cancelled"];

    private static readonly string[] _states = [.. _ended, "raffle", "waiting", "opening", "voting", "drawing", "gathering"];

    public static string Title(BatchView batch) => batch.Content?.Title ?? "The text has been erased";

    public static string State(BatchView batch) => batch.State == "open" ? "Open for items"
        : Ended(batch) == batch.Items ? "Settled"
        : "All items posted";

    /// <summary>Items whose voting, counting and paying is over.</summary>
    public static int Ended(BatchView batch) => _ended.Sum(state => batch.States.GetValueOrDefault(state));

    public static string Progress(BatchView batch) => string.Create(
        CultureInfo.InvariantCulture, $"{Ended(batch):N0} of {batch.Items:N0} {(batch.Items == 1 ? "item" : "items")} settled");

    /// <summary>How many known answers its requester has shown; null where none was.</summary>
    /// <param name="item">One of its items, for the way they are counted.</param>
    public static string? Gold(BatchView batch, PollView? item)
    {
        if (batch.GoldShown == 0) return null;
        string answers = Numbers.Count(batch.GoldShown, "known answer", "known answers");
        string teaching = item?.Aggregation == "batch"
            ? " One that is shown while its item waits for the rest of its group teaches how the votes of the group are weighed."
            : "";
        return $"The requester has shown {answers} of this batch.{teaching}";
    }

    /// <summary>States that have items, in the order of an item's life.</summary>
    public static IEnumerable<(string State, int Count)> States(BatchView batch) =>
        _states.Concat(batch.States.Keys.Except(_states).Order(StringComparer.Ordinal))
            .Where(state => batch.States.GetValueOrDefault(state) > 0).Select(state => (state, batch.States[state]));

    /// <summary>Over what the price of an item is shared.</summary>
    public static string Payout(BatchView batch) => batch.Payout switch
    {
        "each" => "each item by itself",
        "correlated" => "the items of a group together, by how far a voter agrees with others across them",
        "determinant" => "the items of a group together, by how much a voter's answers tell of the others' (determinants)",
        "lottery" or "exact-lottery" =>
            "the items of a group together, by lot: the better a voter agrees with others across them, the better the chance",
        _ => batch.Payout,
    };

    /// <summary>Who counts an item, as its own terms say.</summary>
    public static string Counting(PollView item) => item.Aggregation == "batch"
        ? "the votes of a group together, by who agrees with whom"
        : PollWords.Aggregation(item);
}
