using System.Collections.Immutable;
using System.Globalization;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Reputation;

namespace ChainSpace.Rules.Eligibility;

/// <summary>
/// Who may vote, by what accounts published and earned: clauses joined by commas that must all hold.
/// <c>country=DE|AT</c>: an attribute has one of the values. <c>reputation&gt;=0.8</c>: the 5 % lower bound of the
/// poll's category is at least that. <c>person&gt;=1</c>: the operator has attested that level of personhood.
/// </summary>
public sealed record VoterFilter(ImmutableArray<VoterFilter.Clause> Clauses)
{
    private const string ReputationPrefix = "reputation>=";

    private const string PersonPrefix = "person>=";

    /// <summary>One condition.</summary>
    public abstract record Clause
    {
        private Clause() { }

        public sealed record Attribute(string Name, string Wanted) : Clause;

        public sealed record Reputation(double LowerBound) : Clause;

        public sealed record Person(int Level) : Clause;
    }

    /// <summary>The condition a poll sets; null where it is open, or names its voters.</summary>
    public static VoterFilter? Of(PostPoll message) => message.Voters is "open" or "named" ? null : TryRead(message.Voters);

    /// <summary>Null for text that is no filter.</summary>
    public static VoterFilter? TryRead(string text)
    {
        ImmutableArray<Clause>.Builder clauses = ImmutableArray.CreateBuilder<Clause>();
        foreach (string part in text.Split(','))
        {
            if (ReadClause(part) is not { } clause) return null;
            clauses.Add(clause);
        }

        return new VoterFilter(clauses.ToImmutable());
    }

    /// <summary>The first clause the account does not meet, as it was written; null where it meets all.</summary>
    public string? Unmet(Account account, string category, Moment now)
    {
        foreach (Clause clause in Clauses)
        {
            if (!IsMet(clause, account, category, now)) return Write(clause);
        }

        return null;
    }

    /// <summary>Whether somebody of whom only this is known meets all clauses.</summary>
    /// <param name="attributes">Public attributes.</param>
    /// <param name="personLevel">Attested level of personhood.</param>
    /// <param name="evidence">In the poll's category, faded to now.</param>
    public bool IsMetBy(string attributes, int personLevel, Evidence evidence) => Clauses.All(clause => clause switch
    {
        Clause.Attribute wanted => Attributes.Has(attributes, wanted.Name, wanted.Wanted),
        Clause.Reputation wanted => evidence.LowerBound >= wanted.LowerBound,
        Clause.Person wanted => personLevel >= wanted.Level,
    });

    private static bool IsMet(Clause clause, Account account, string category, Moment now) => clause switch
    {
        Clause.Attribute wanted => Attributes.Has(account.Attributes, wanted.Name, wanted.Wanted),
        Clause.Reputation wanted => account.EvidenceIn(category).DecayedTo(now).LowerBound >= wanted.LowerBound,
        Clause.Person wanted => account.PersonLevel >= wanted.Level,
    };

    private static string Write(Clause clause) => clause switch
    {
        Clause.Attribute wanted => $"{wanted.Name}={wanted.Wanted}",
        Clause.Reputation wanted => ReputationPrefix + wanted.LowerBound.ToString(CultureInfo.InvariantCulture),
        Clause.Person wanted => PersonPrefix + wanted.Level.ToString(CultureInfo.InvariantCulture),
    };

    private static Clause? ReadClause(string part)
    {
        if (part.StartsWith(ReputationPrefix, StringComparison.Ordinal)) return ReadBound(part[ReputationPrefix.Length..]);
        if (part.StartsWith(PersonPrefix, StringComparison.Ordinal))
            return part[PersonPrefix.Length..] is ['1' or '2' or '3'] digit ? new Clause.Person(digit[0] - '0') : null;
        int at = part.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0 || !Attributes.IsName(part[..at]) || !part[(at + 1)..].Split('|').All(Attributes.IsValue)) return null;
        return new Clause.Attribute(part[..at], part[(at + 1)..]);
    }

    // At most four digits after the point: a decimal of that length reads to the same double everywhere.
    private static Clause.Reputation? ReadBound(string text)
    {
        bool isShort = text.Length is >= 3 and <= 6 && text.StartsWith("0.", StringComparison.Ordinal);
        if (!isShort || !int.TryParse(text[2..], NumberStyles.None, CultureInfo.InvariantCulture, out int digits)) return null;
        int scale = text.Length switch { 3 => 10, 4 => 100, 5 => 1_000, _ => 10_000 };
        return new Clause.Reputation(digits / (double)scale);
    }
}
