using ChainSpace.Protocol.Credentials;

namespace ChainSpace.Protocol.Filters;

/// <summary>Whether an applicant meets a filter: the meaning of the language, one account at a time.</summary>
public static class FilterEvaluation
{
    public static bool Matches(this Filter filter, Applicant applicant, FilterScene scene)
    {
        ArgumentNullException.ThrowIfNull(applicant);
        return filter switch
        {
            Filter.All all => all.Parts.All(part => part.Matches(applicant, scene)),
            Filter.Any any => any.Parts.Any(part => part.Matches(applicant, scene)),
            Filter.Not not => !not.Part.Matches(applicant, scene),
            Filter.Attribute wanted => Find(applicant, wanted.Name, wanted.Issuer) is { } value
                && Holds(wanted.Comparison, value),
            Filter.Age age => AgeOf(applicant, scene.Posted) is { } years && age.Bound.Holds(years),
            Filter.Reputation wanted => wanted.Bound.Holds(
                applicant.Reputation.GetValueOrDefault(wanted.Category, NewcomerBound)),
            Filter.Receipts wanted => wanted.Bound.Holds(applicant.Receipts.GetValueOrDefault(wanted.Category)),
            Filter.TookPart part => applicant.Tasks.Contains(part.Task),
            Filter.Personhood wanted => wanted.Bound.Holds(LevelOf(applicant, wanted.Issuer ?? scene.Operator)),
        };
    }

    /// <summary>The first part that an applicant does not meet, of a filter that is a list of parts; else all of it.</summary>
    public static Filter? Unmet(this Filter filter, Applicant applicant, FilterScene scene)
    {
        if (filter.Matches(applicant, scene)) return null;
        return filter is Filter.All all ? all.Parts.First(part => !part.Matches(applicant, scene)) : filter;
    }

    /// <summary>Lower bound of a reputation without any evidence: the 5 % quantile of the uniform distribution.</summary>
    public const double NewcomerBound = 0.05;

    /// <summary>Whether a value compares as asked.</summary>
    public static bool Holds(Comparison comparison, AttributeValue value) => comparison switch
    {
        Comparison.Equal equal => IsSame(equal.Value, value),
        Comparison.In among => among.Values.Any(each => IsSame(each, value)),
        Comparison.Has has => value.Texts.Contains(has.Value, StringComparer.Ordinal),
        Comparison.Within within => value is AttributeValue.Number number && within.Bound.Holds(number.Value),
    };

    /// <summary>Whole years from a day to the moment's day in UTC. Who was born on 29 February grows older on 1 March.</summary>
    public static int YearsBetween(DateOnly birth, Moment at)
    {
        DateOnly day = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(at.Milliseconds).UtcDateTime);
        int years = day.Year - birth.Year;
        return (day.Month, day.Day).CompareTo((birth.Month, birth.Day)) < 0 ? years - 1 : years;
    }

    /// <summary>The age that follows from the day of birth; null without one.</summary>
    public static int? AgeOf(Applicant applicant, Moment at)
    {
        ArgumentNullException.ThrowIfNull(applicant);
        return Find(applicant, AttributeNames.DateOfBirth, null) is AttributeValue.Text text
            && AttributeCredential.ReadDay(text.Value) is { } birth ? YearsBetween(birth, at) : null;
    }

    /// <summary>0 for what an account says of itself.</summary>
    public static double LevelOf(Applicant applicant, AccountId issuer)
    {
        ArgumentNullException.ThrowIfNull(applicant);
        return Find(applicant, AttributeNames.Personhood, issuer) is AttributeValue.Number level ? level.Value : 0;
    }

    private static AttributeValue? Find(Applicant applicant, string name, AccountId? issuer) =>
        applicant.Attributes.TryGetValue(name, out Stated stated) && (issuer is null || stated.Issuer == issuer)
            ? stated.Value
            : null;

    // A list of one text is that text: people write either.
    private static bool IsSame(AttributeValue left, AttributeValue right) => left.Equals(right)
        || (left.Texts is [string one] && right.Texts is [string other] && one == other);
}
