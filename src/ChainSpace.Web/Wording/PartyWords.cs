using System.Globalization;
using ChainSpace.Client.Reading;

namespace ChainSpace.Web.Wording;

/// <summary>How an account behaves as a party to jobs, in sentences.</summary>
internal static class PartyWords
{
    /// <summary>Submissions the account has decided on, by its word or by silence.</summary>
    public static int Decided(PartyView party) => party.Accepted + party.Silent + party.Declined;

    public static string Declines(PartyView party) => Decided(party) == 0
        ? "No submission decided on yet."
        : $"Declined {party.Declined} of {Numbers.Count(Decided(party), "submission", "submissions")} "
            + $"({Numbers.Percent((double)party.Declined / Decided(party))}).";

    /// <summary>What juries made of the declines; empty where there is nothing to tell.</summary>
    public static string Juries(PartyView party) => (party.Upheld, party.Overturned) switch
    {
        (0, 0) => party.Declined == 0 ? "" : "No decline has been judged yet.",
        var (upheld, overturned) =>
            $"Of the declines {upheld} stood and {overturned} {(overturned == 1 ? "was" : "were")} overturned.",
    };

    public static string Rating(PartyView party) =>
        party.Rating is { } mean ? string.Create(CultureInfo.InvariantCulture, $"{mean:0.0} of 5") : "none yet";

    public static string PayTime(PartyView party) => (party.MedianPayHours, party.Accepted + party.Silent) switch
    {
        ({ } hours, _) => $"within {Numbers.Count(hours, "hour", "hours")}",
        (null, 0) => "nothing paid yet",
        _ => "after more than 72 hours",
    };
}
