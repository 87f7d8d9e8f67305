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
/// <c>receipts&gt;=20</c>: so many tasks of the category paid the account. A category other than the poll's is named behind a
/// colon, <c>receipts:translation&gt;=20</c>; what jobs prove stands in <c>work/translation</c>.
/// </summary>
public sealed record VoterFilter(ImmutableArray<VoterFilter.Clause> Clauses)
{
    private const string AtLeast = ">=";
    private const string ReputationName = "reputation";
    private const string ReceiptsName = "receipts";
    private const string PersonName = "person";
    private const string WorkPrefix = "work/";
    private const int MostReceipts = 1_000_000;

    /// <summary>One condition.</summary>
    public abstract record Clause
    {
        private Clause() { }

        public sealed record Attribute(string Name, string Wanted) : Clause;

        public sealed record Person(int Level) : Clause;

        /// <summary>Of a category; null: of the poll's.</summary>
        public sealed record Reputation(double LowerBound, string? Category = null) : Clause;

        /// <inheritdoc cref="Reputation"/>
        public sealed record Receipts(int Count, string? Category = null) : Clause;
    }

    /// <summary>The condition a poll sets; null where it is open, or names its voters.</summary>
    public static VoterFilter? Of(PostPoll message) =>
        message.Voters is "open" or "named" or AdmissionRules.Voters ? null : TryRead(message.Voters);

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
        Candidacy standing = new(
            account.Attributes, account.PersonLevel, each => account.EvidenceIn(each).DecayedTo(now), account.ReceiptsIn);
        foreach (Clause clause in Clauses)
        {
            if (!IsMet(clause, standing, category)) return Write(clause);
        }

        return null;
    }

    /// <summary>Whether somebody of whom only this is known meets all clauses.</summary>
    public bool IsMetBy(Candidacy standing, string category) => Clauses.All(clause => IsMet(clause, standing, category));

    private static bool IsMet(Clause clause, in Candidacy standing, string category) => clause switch
    {
        Clause.Attribute wanted => Attributes.Has(standing.Attributes, wanted.Name, wanted.Wanted),
        Clause.Person wanted => standing.PersonLevel >= wanted.Level,
        Clause.Reputation wanted => standing.EvidenceIn(wanted.Category ?? category).LowerBound >= wanted.LowerBound,
        Clause.Receipts wanted => standing.ReceiptsIn(wanted.Category ?? category) >= wanted.Count,
    };

    private static string Write(Clause clause) => clause switch
    {
        Clause.Attribute wanted => $"{wanted.Name}={wanted.Wanted}",
        Clause.Person wanted => Write(PersonName, null, wanted.Level),
        Clause.Reputation wanted => Write(ReputationName, wanted.Category, wanted.LowerBound),
        Clause.Receipts wanted => Write(ReceiptsName, wanted.Category, wanted.Count),
    };

    private static string Write(string name, string? category, double bound) =>
        $"{name}{(category is null ? "" : ":")}{category}{AtLeast}{bound.ToString(CultureInfo.InvariantCulture)}";

    private static Clause? ReadClause(string part)
    {
        if (part.IndexOf(AtLeast, StringComparison.Ordinal) is > 0 and var end) return ReadEarned(part[..end], part[(end + 2)..]);
        int at = part.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0 || !Attributes.IsName(part[..at]) || !part[(at + 1)..].Split('|').All(Attributes.IsValue)) return null;
        return new Clause.Attribute(part[..at], part[(at + 1)..]);
    }

    private static Clause? ReadEarned(string subject, string bound)
    {
        if (subject == PersonName) return bound is ['1' or '2' or '3'] level ? new Clause.Person(level[0] - '0') : null;
        int colon = subject.IndexOf(':', StringComparison.Ordinal);
        string name = colon < 0 ? subject : subject[..colon];
        string? category = colon < 0 ? null : subject[(colon + 1)..];
        if (category is not null && !IsCategory(category)) return null;
        if (name == ReputationName) return ReadBound(bound) is { } read ? read with { Category = category } : null;
        if (name != ReceiptsName || bound.Length > 7 || bound.StartsWith('0')) return null;
        bool isCount = int.TryParse(bound, NumberStyles.None, CultureInfo.InvariantCulture, out int count);
        return isCount && count <= MostReceipts ? new Clause.Receipts(count, category) : null;
    }

    // Of polls, or of jobs.
    private static bool IsCategory(string text) =>
        Slug.IsSlug(text.StartsWith(WorkPrefix, StringComparison.Ordinal) ? text[WorkPrefix.Length..] : text);

    // At most four digits after the point: a decimal of that length reads to the same double everywhere.
    private static Clause.Reputation? ReadBound(string text)
    {
        bool isShort = text.Length is >= 3 and <= 6 && text.StartsWith("0.", StringComparison.Ordinal);
        if (!isShort || !int.TryParse(text[2..], NumberStyles.None, CultureInfo.InvariantCulture, out int digits)) return null;
        int scale = text.Length switch { 3 => 10, 4 => 100, 5 => 1_000, _ => 10_000 };
        return new Clause.Reputation(digits / (double)scale);
    }
}

/// <summary>What is known of somebody that filters may ask for.</summary>
/// <param name="Attributes">Public attributes.</param>
/// <param name="PersonLevel">Attested level of personhood, 0 to 3.</param>
/// <param name="EvidenceIn">Of a category, faded to the moment in question.</param>
/// <param name="ReceiptsIn">Tasks of a category that paid.</param>
public readonly record struct Candidacy(
    string Attributes, int PersonLevel, Func<string, Evidence> EvidenceIn, Func<string, int> ReceiptsIn);
